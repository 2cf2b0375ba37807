import { UsageError } from "../errors/errors.ts";
import type { SignedFile } from "./model-statement.ts";

/**
 * `SHA256SUMS` as coreutils writes it, sorted by bytes: `sha256sum -c SHA256SUMS` reads it. A name with a backslash or a line break
 * is escaped, and its line begins with a backslash.
 * @throws UsageError for a name that not every sha256sum reads, and one that is there twice
 */
export function sha256Sums(files: readonly SignedFile[]): string {
  const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  for (const [index, { path }] of sorted.entries()) {
    if (path === "" || path === "-" || /[\0\r]/.test(path) || !path.isWellFormed())
      throw new UsageError(`A file named ${JSON.stringify(path)} cannot be listed in SHA256SUMS. Rename it.`);
    if (sorted[index + 1]?.path === path) throw new UsageError(`${path} is to be listed in SHA256SUMS twice.`);
  }
  return sorted.map(({ path, sha256 }) => `${line(path, sha256)}\n`).join("");
}

function line(path: string, sha256: string): string {
  const escaped = path.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `${escaped === path ? "" : "\\"}${sha256}  ${escaped}`;
}
