import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Files } from "../files/files.ts";

/** Larger files are not converted as DVC 2 did, only read. */
const maxTextBytes = 64 * 1024 ** 2;

/**
 * Whether what lies at a path is what a content id says.
 * @param id `lfs:sha256:…`, `dvc:md5:…`, of folders `dvc:md5:….dir`
 * @returns false when nothing lies there; undefined for an id that says nothing of bytes, such as a submodule's commit
 */
export async function hasContent(files: Files, path: string, id: string): Promise<boolean | undefined> {
  const found = await files.stat(path);
  if (!found) return false;
  const [kind, algorithm, expected = ""] = id.split(":");
  if (kind === "lfs") return !found.isFolder && (await files.digest(path)).digest === `${algorithm}:${expected}`;
  if (kind !== "dvc") return undefined;
  const isFolder = expected.endsWith(".dir");
  if (isFolder !== found.isFolder) return false;
  const md5 = isFolder ? md5OfFolder : md5OfFile;
  // DVC 2 recorded texts as if their lines ended in LF alone.
  for (const convert of [false, true]) if ((await md5(files, path, convert)) === expected.replace(/\.dir$/, "")) return true;
  return false;
}

/**
 * DVC names a folder by the JSON of its files as Python writes it.
 * Format: https://dvc.org/doc/user-guide/project-structure/internal-files#structure-of-the-cache-directory
 */
async function md5OfFolder(files: Files, folder: string, convert: boolean): Promise<string> {
  const entries: string[] = [];
  const names = [...(await files.list(folder, { linkedFiles: true }))].sort(byCodePoint);
  for (const name of names)
    entries.push(`{"md5": "${await md5OfFile(files, join(folder, name), convert)}", "relpath": ${python(name)}}`);
  return createHash("md5")
    .update(`[${entries.join(", ")}]`)
    .digest("hex");
}

async function md5OfFile(files: Files, path: string, convert: boolean): Promise<string> {
  const bytes = convert ? await files.readBytes(path, maxTextBytes).catch(() => undefined) : undefined;
  if (!bytes || bytes.subarray(0, 512).includes(0)) return files.md5(path);
  const unix = bytes.toString("latin1").replaceAll("\r\n", "\n");
  return createHash("md5").update(unix, "latin1").digest("hex");
}

/** Text as Python's json writes it: ASCII alone. */
function python(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (unit) =>
    unit === "\u007f" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
