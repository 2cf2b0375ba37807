import { isUtf8 } from "node:buffer";
import { basename, extname } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { createNodeFiles } from "../files/node-files.ts";
import { readCsv } from "./csv.ts";
import { readJson, readJsonLines } from "./json.ts";
import { readParquet } from "./parquet.ts";
import type { Table } from "./table.ts";
import { type TableRequest, tableLimits } from "./table-request.ts";

export interface ReadTableOptions {
  /** Columns to read as text whatever they look like, exactly as written: ids, labels. */
  text?: readonly string[] | undefined;
  /** Columns to keep; default: all. */
  columns?: readonly string[] | undefined;
  /** More rows are an error; default: `tableLimits.rows`. */
  maxRows?: number | undefined;
  /** The file as messages name it; default: the path. */
  name?: string | undefined;
  files?: Files | undefined;
}

/**
 * Reads a table by its file's extension: `.csv`, `.tsv`, `.json` (an array of objects), `.jsonl` or `.ndjson`, `.parquet`.
 *
 * Types. In text formats a column is numeric when every value that is not empty spells a number (`number-text.ts`); beside
 * numbers, `NA`, `N/A`, `null`, `None` and `nan` are missing. Every other column is text, exactly as written. In Parquet the
 * declared type decides; booleans are text, `true` and `false`. An empty value is missing.
 * @throws UsageError when the file is not there, is a pointer to data that was not pulled, is empty, is not what its
 * extension says, or is over a limit
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  const files = options.files ?? createNodeFiles();
  const request: TableRequest = {
    file: options.name ?? path,
    text: new Set(options.text),
    columns: options.columns,
    maxRows: options.maxRows ?? tableLimits.rows,
  };
  const read = readers.get(extname(path).toLowerCase());
  const bytes = await checkFile(path, request.file, files);
  if (!read)
    throw new UsageError(
      `${request.file}: a table must end in ${[...readers.keys()].join(", ")}; ${JSON.stringify(extname(path))} is not supported.`,
    );
  return read({ path, bytes, files, request });
}

type Reader = (input: { path: string; bytes: number; files: Files; request: TableRequest }) => Promise<Table>;

const textReader =
  (read: (text: string, request: TableRequest) => Table): Reader =>
  async ({ path, bytes, files, request }) => {
    checkSize(request.file, bytes, tableLimits.textBytes, " Use Parquet for larger tables.");
    return read(await decode(path, request.file, files), request);
  };

const parquetReader: Reader = ({ path, bytes, request }) => {
  checkSize(request.file, bytes, tableLimits.parquetBytes, "");
  return readParquet(path, request);
};

const readers: ReadonlyMap<string, Reader> = new Map([
  [".csv", textReader((text, request) => readCsv(text, undefined, request))],
  [".tsv", textReader((text, request) => readCsv(text, "\t", request))],
  [".json", textReader(readJson)],
  [".jsonl", textReader(readJsonLines)],
  [".ndjson", textReader(readJsonLines)],
  [".parquet", parquetReader],
]);

function checkSize(file: string, bytes: number, limit: number, advice: string): void {
  if (bytes > limit) throw new UsageError(`${file} has ${bytes} bytes; at most ${limit} can be read as this format.${advice}`);
}

/** @returns the file's size */
async function checkFile(path: string, file: string, files: Files): Promise<number> {
  const found = await files.stat(path);
  if (!found) {
    const pointer = await files.exists(`${path}.dvc`);
    throw new UsageError(
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
  const isUtf16 = bytes.length > 1 && (bytes.readUInt16LE() === 0xfeff || bytes.readUInt16BE() === 0xfeff);
  if (isUtf16 || bytes.subarray(0, 4_096).includes(0))
    throw new UsageError(`${file} is not UTF-8 text: it looks like UTF-16 or a binary file. Save it as UTF-8.`);
  if (!isUtf8(bytes)) throw new UsageError(`${file}:${firstBadLine(bytes)}: this line is not UTF-8. Save the file as UTF-8.`);
  return bytes.toString("utf8");
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const end = bytes.indexOf(10, at);
    const next = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(at, next))) return line;
    at = next;
  }
  return line;
}
