import { basename, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { parseModelStatement, type SignedFile, writeModelStatement } from "../release/model-statement.ts";
import { compareSignedFiles, signablePaths } from "../release/signed-files.ts";
import type { ExpectedSigner, SignStatement } from "../release/signer.ts";

const maxBundleBytes = 64 * 1024 * 1024;

/**
 * Signs all files of a model's folder.
 * @param signature where the bundle is to lie; inside the folder it signs all but itself
 * @throws UsageError when there are no files, or the key cannot be used
 * @throws GitHubError when Sigstore is to sign and does not
 */
export async function signModel(folder: string, signature: string, sign: SignStatement, files: Files): Promise<void> {
  const ignored = inside(folder, signature);
  const signed = await signedFilesIn(folder, ignored, files);
  if (signed.length === 0) throw new UsageError(`${folder} has no files to sign. Name the model's folder.`);
  await files.write(signature, await sign(writeModelStatement(basename(resolve(folder)), signed, ignored)));
}

/**
 * Compares a model's folder with its signature.
 * @param known SHA-256 of files that were read already, in hex, by path
 * @returns what is wrong with the files or the signature, a sentence each; empty when all are as the signer signed them
 * @throws UsageError when there is no signature that can be read
 */
export async function verifyModel(
  folder: string,
  signature: string,
  { signer, repository }: { signer: ExpectedSigner; repository?: string },
  files: Files,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<readonly string[]> {
  const bundle = await files.readText(signature, maxBundleBytes);
  if (bundle === undefined) throw new UsageError(`There is no signature at ${signature}.`);
  const verified = await signer.verify(bundle);
  if ("difference" in verified) return [verified.difference];
  // A workflow that others call has one identity in all their repositories.
  if (repository !== undefined && verified.repository !== undefined && !verified.repository.endsWith(`/${repository}`))
    return [`It was signed in ${verified.repository}, and the files say that they are of ${repository}.`];
  const statement = parseModelStatement(verified.statement);
  const ignored = inside(folder, signature);
  // Whoever signs says what is no part of the model: what lies there is not looked at, and only the signature itself may.
  const unsigned = statement.ignored.filter((path) => !ignored.includes(path) && !path.startsWith(".git"));
  if (unsigned.length > 0) return unsigned.map((path) => `${path} is left out by the signature: what lies there was not signed.`);
  return compareSignedFiles(statement, await signedFilesIn(folder, ignored, files, known));
}

async function signedFilesIn(
  folder: string,
  ignored: readonly string[],
  files: Files,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<readonly SignedFile[]> {
  const paths = signablePaths(await files.list(folder, { links: true }), ignored);
  const found: SignedFile[] = [];
  for (const path of paths) {
    if ((await files.readLink(join(folder, path))) !== undefined)
      throw new UsageError(`${path} is a link; links are not signed. Put the file itself there.`);
    found.push({ path, sha256: known.get(path) ?? (await files.digest(join(folder, path))).digest.slice("sha256:".length) });
  }
  return found;
}

function inside(folder: string, path: string): readonly string[] {
  const at = relative(resolve(folder), resolve(path)).split(sep).join("/");
  return at.startsWith("../") || at === ".." ? [] : [at];
}
