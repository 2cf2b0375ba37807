import { isUtf8 } from "node:buffer";
import { basename, extname } from "node:path";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { tableLimits } from "./table-request.ts";

/**
 * The text of a data file, which is UTF-8, not empty and within the limit of text formats.
 * @param file as messages name it
 * @throws MissingDataError when there is no such file; UsageError when it is not that
 */
export async function readDataText(path: string, file: string, files: Files): Promise<string> {
  const bytes = await checkDataFile(path, file, files);
  checkBytes(file, bytes, tableLimits.textBytes, "Use Parquet for larger tables.");
  return decode(path, file, files);
}

export function checkBytes(file: string, bytes: number, limit: number, advice: string): void {
  if (bytes > limit)
    throw new UsageError(`${file} has ${sizeOf(bytes)}; at most ${sizeOf(limit)} can be read as this format. ${advice}`);
}

function sizeOf(bytes: number): string {
  const unit = bytes >= 2 ** 30 ? ([2 ** 30, "GiB"] as const) : ([2 ** 20, "MiB"] as const);
  return `${Number((bytes / unit[0]).toFixed(1))} ${unit[1]}`;
}

/**
 * Whether there is a file of data: not a folder, not empty, no pointer to data that was not pulled.
 * @returns its size in bytes
 */
export async function checkDataFile(path: string, file: string, files: Files): Promise<number> {
  const found = await files.stat(path);
  if (!found) {
    const pointer = await files.exists(`${path}.dvc`);
    throw new MissingDataError(
      pointer
        ? `${file} is not there, only its pointer ${basename(path)}.dvc. Pull the data first: dvc pull ${file}`
        : `${file}: there is no such file. Check the path, and that the data was pulled or made.`,
    );
  }
  if (found.isFolder) throw new UsageError(`${file} is a folder; one file was expected.`);
  if (found.bytes === 0) throw new UsageError(`${file} is empty; a table with column names was expected.`);
  if (found.bytes <= largestPointer) {
    const text = (await files.readText(path)) ?? "";
    if (text.startsWith("version https://git-lfs.github.com/spec/"))
      throw new UsageError(`${file} is a Git LFS pointer, not the data. Pull the data first: git lfs pull`);
    if (extname(path) === ".dvc" || /^(outs|md5|deps):/.test(text))
      throw new UsageError(`${file} is a DVC pointer, not the data. Pull the data first (dvc pull) and name the file itself.`);
  }
  return found.bytes;
}

const largestPointer = 4_096;

async function decode(path: string, file: string, files: Files): Promise<string> {
  const bytes = await files.readBytes(path, tableLimits.textBytes);
  if (!bytes) throw new UsageError(`${file} vanished while it was read.`);
  checkIsText(bytes, file);
  checkIsUtf8(bytes, file, 1);
  return bytes.toString("utf8");
}

/** By the first bytes of a file. */
export function checkIsText(bytes: Buffer, file: string): void {
  const isUtf16 = bytes.length > 1 && (bytes.readUInt16LE() === 0xfeff || bytes.readUInt16BE() === 0xfeff);
  if (isUtf16 || bytes.subarray(0, 4_096).includes(0))
    throw new UsageError(`${file} is not UTF-8 text: it looks like UTF-16 or a binary file. Save it as UTF-8.`);
}

/** Of whole lines, the first of which has the given number. */
export function checkIsUtf8(bytes: Buffer, file: string, firstLine: number): void {
  if (!isUtf8(bytes))
    throw new UsageError(`${file}:${firstBadLine(bytes, firstLine)}: this line is not UTF-8. Save the file as UTF-8.`);
}

function firstBadLine(bytes: Buffer, firstLine: number): number {
  let line = firstLine;
  for (let at = 0; at < bytes.length; line++) {
    const end = bytes.indexOf(10, at);
    const next = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(at, next))) return line;
    at = next;
  }
  return line;
}
