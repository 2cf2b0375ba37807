import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { expectKey } from "../release/signature.ts";
import type { ExpectedSigner } from "../release/signer.ts";
import { expectIdentity, githubIssuer } from "../sigstore/expect-identity.ts";
import { parseTrustedRoots, publicRoots, type ReadTrustedRoots } from "../sigstore/trusted-roots.ts";

/** Who is expected to have signed. */
export interface SignerOptions {
  key?: string;
  identity?: string;
  issuer?: string;
  trustedRoot?: string;
}

const maxBytes = { key: 64 * 1024, trustedRoot: 4 * 1024 * 1024 };

/** @throws UsageError for options that do not go together, and files that cannot be read */
export async function readSigner(options: SignerOptions, files: Files): Promise<ExpectedSigner | undefined> {
  const { key, identity, issuer = githubIssuer, trustedRoot } = options;
  if (identity !== undefined) {
    if (key !== undefined) throw new UsageError("--key and --identity are two ways to sign. Give the one that was used.");
    if (!URL.canParse(identity) && !identity.includes("@"))
      throw new UsageError(
        `--identity ${identity} is none. Write a workflow's: https://github.com/acme/fraud/.github/workflows/promote.yml@refs/heads/main.`,
      );
    return expectIdentity({ identity, issuer, trustedRoots: await readTrustedRoots(trustedRoot, files) });
  }
  if (options.issuer !== undefined) throw new UsageError("--issuer is about --identity. Add it.");
  if (trustedRoot !== undefined) throw new UsageError("--trusted-root is about --identity. Add it.");
  return key === undefined ? undefined : expectKey(await readKey(key, files));
}

async function readTrustedRoots(path: string | undefined, files: Files): Promise<ReadTrustedRoots> {
  if (path === undefined) return publicRoots;
  const text = await files.readText(path, maxBytes.trustedRoot);
  if (text === undefined) throw new UsageError(`There is no file ${path}. --trusted-root names what a Sigstore is trusted by.`);
  const roots = await parseTrustedRoots(text, path);
  return async () => roots;
}

async function readKey(path: string, files: Files): Promise<string> {
  const key = await files.readText(path, maxBytes.key);
  if (key !== undefined) return key;
  throw new UsageError(`There is no file ${path}. --key names the public key of whoever signed the model.`);
}
