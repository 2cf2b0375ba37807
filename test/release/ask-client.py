"""OpenSSF's client over many folders: ask-client.py sign <folder> <signature> <key> | verify <public key> < lines of JSON [folder, signature].
Says which verify, as a JSON list."""

import contextlib
import json
import sys
from pathlib import Path

import model_signing

if sys.argv[1] == "sign":
    folder, signature, key = map(Path, sys.argv[2:])
    hashing = model_signing.hashing.Config().set_ignored_paths(paths=[signature], ignore_git_paths=True)
    model_signing.signing.Config().use_elliptic_key_signer(private_key=key).set_hashing_config(hashing).sign(folder, signature)
else:
    answers = []
    for line in sys.stdin:
        folder, signature = map(Path, json.loads(line))
        hashing = model_signing.hashing.Config().set_ignored_paths(paths=[signature], ignore_git_paths=True)
        config = model_signing.verifying.Config().use_elliptic_key_verifier(public_key=Path(sys.argv[2])).set_hashing_config(hashing)
        try:
            with contextlib.redirect_stdout(sys.stderr):
                config.verify(folder, signature)
            answers.append("verified")
        except Exception as error:  # noqa: BLE001
            answers.append(f"{type(error).__name__}: {error}"[:200])
    print(json.dumps(answers))
