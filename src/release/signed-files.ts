import type { ModelStatement, SignedFile } from "./model-statement.ts";

/** Left out of signatures wherever they lie at the top of a folder, as OpenSSF's client leaves them out. */
const neverSigned = [".git", ".gitattributes", ".github", ".gitignore"];

/** @param paths relative to the model's folder */
export function signablePaths(paths: readonly string[], ignored: readonly string[]): readonly string[] {
  const left = [...neverSigned, ...ignored];
  return paths.filter((path) => !left.some((name) => path === name || path.startsWith(`${name}/`)));
}

/** How files differ from what was signed, a sentence each; empty when they are the very same. */
export function compareSignedFiles(statement: ModelStatement, found: readonly SignedFile[]): readonly string[] {
  const signed = new Map(statement.files.map(({ path, sha256 }) => [path, sha256]));
  const there = new Map(found.map(({ path, sha256 }) => [path, sha256]));
  return [
    ...found.filter(({ path }) => !signed.has(path)).map(({ path }) => `${path} is not among the files that were signed.`),
    ...statement.files.filter(({ path }) => !there.has(path)).map(({ path }) => `${path} was signed and is not there.`),
    ...found
      .filter(({ path, sha256 }) => signed.has(path) && signed.get(path) !== sha256)
      .map(
        ({ path, sha256 }) => `${path} has SHA-256 ${sha256.slice(0, 12)}…, and ${signed.get(path)?.slice(0, 12)}… was signed.`,
      ),
  ];
}
