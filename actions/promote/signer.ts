import { UsageError } from "../../src/errors/errors.ts";
import type { Files } from "../../src/files/files.ts";
import { signWithKey } from "../../src/release/signature.ts";
import type { SignStatement } from "../../src/release/signer.ts";
import { signWithIdentity } from "../../src/sigstore/sign-with-identity.ts";
import { parseSigstoreInstance, publicInstance } from "../../src/sigstore/sigstore-instance.ts";
import { openIdentityToken } from "../runtime/identity-token.ts";
import type { PromoteInputs } from "./inputs.ts";

const maxConfigBytes = 4 * 1024 * 1024;

/**
 * What signs releases: a key, or this workflow's identity.
 * @throws UsageError where the job may not show who it is
 */
export async function createSigner(signing: NonNullable<PromoteInputs["signing"]>, files: Files): Promise<SignStatement> {
  if ("key" in signing) return signWithKey(signing.key);
  const token = openIdentityToken();
  const { sigstoreConfig: path } = signing;
  if (path === undefined) return signWithIdentity({ instance: publicInstance, token });
  const text = await files.readText(path, maxConfigBytes);
  if (text === undefined)
    throw new UsageError(`Input \`sigstore-config\` is ${JSON.stringify(path)}, and there is no such file.`);
  return signWithIdentity({ instance: parseSigstoreInstance(text, path), token });
}
