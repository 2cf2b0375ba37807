import { extname } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { createNodeFiles } from "../files/node-files.ts";
import { readCsv } from "./csv.ts";
import { readJson, readJsonLines } from "./json.ts";
import { readParquet } from "./parquet.ts";
import type { Table } from "./table.ts";
import { type TableRequest, tableLimits } from "./table-request.ts";
import { checkBytes, checkDataFile, readDataText } from "./text-file.ts";

export interface ReadTableOptions {
  /** Columns to read as text whatever they look like, exactly as written: ids, labels. */
  text?: readonly string[] | undefined;
  /** Columns to keep; default: all. */
  columns?: readonly string[] | undefined;
  /** Of those, columns that may be missing. */
  optional?: readonly string[] | undefined;
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
    optional: new Set(options.optional),
    maxRows: options.maxRows ?? tableLimits.rows,
  };
  const read = readers.get(extname(path).toLowerCase());
  if (!read) {
    await checkDataFile(path, request.file, files);
    throw new UsageError(
      `${request.file}: a table must end in ${[...readers.keys()].join(", ")}; ${JSON.stringify(extname(path))} is not supported.`,
    );
  }
  return read({ path, files, request });
}

type Reader = (input: { path: string; files: Files; request: TableRequest }) => Promise<Table>;

const textReader =
  (read: (text: string, request: TableRequest) => Table): Reader =>
  async ({ path, files, request }) =>
    read(await readDataText(path, request.file, files), request);

const parquetReader: Reader = async ({ path, files, request }) => {
  checkBytes(
    request.file,
    await checkDataFile(path, request.file, files),
    tableLimits.parquetBytes,
    "Keep only the columns that are needed, or a sample of the rows.",
  );
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
