#!/usr/bin/env bash
# Installs OpenSSF's own client for model signatures into .cache/model-signing. Needs Python.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.1.1
# It imports pyopenssl and does not ask for it.
# Written last, so that what was interrupted is made again.
made=.cache/model-signing/made-with
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/model-signing
  python3 -m venv .cache/model-signing
  .cache/model-signing/bin/pip install --quiet --disable-pip-version-check "model-signing==$version" "pyopenssl==26.4.0"
  echo "$version" > "$made"
fi
