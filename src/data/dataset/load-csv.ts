import { readHeader } from "../csv.ts";
import { scanRecords } from "../csv-records.ts";
import { sqlText, withoutPatterns } from "../duckdb.ts";
import { checkIsText } from "../text-file.ts";
import { type CsvStructure, createCsvScanner } from "./csv-structure.ts";
import type { DuckDbSession } from "./duckdb-session.ts";
import { bytesOf } from "./file-bytes.ts";
import type { LoadRequest } from "./load-request.ts";
import type { SourceFile } from "./source-files.ts";
import { checkNames, placesOf, rowColumn, type StoredTable, tooManyRows } from "./stored-columns.ts";

interface CsvFile {
  file: SourceFile;
  names: readonly string[];
  delimiter: string;
}

/** Loads CSV files into a table of texts, exactly as they are written. */
export async function loadCsv(request: LoadRequest): Promise<StoredTable> {
  const { source, session, relation, limits, onProgress } = request;
  const [first] = source.files;
  if (!first) throw new RangeError("no files");
  const model = await readCsvHeader(first, request);
  const names = [...model.names, ...source.partitionKeys];
  checkNames(names, first.name, limits);
  await session.run(`CREATE TABLE ${relation} (${names.map((_, index) => `c${index} VARCHAR`).join(", ")})`);

  const loaded: { csv: CsvFile; rows: number }[] = [];
  let rows = 0;
  for (const [done, file] of source.files.entries()) {
    onProgress?.({ what: `Reading ${file.name}`, done, of: source.files.length });
    const csv = file === first ? model : await readCsvHeader(file, request);
    const places = placesOf(model.names, csv.names, file.name, first.name);
    const structure = await checkStructure(csv, request);
    rows += structure.records;
    if (rows > limits.rows) throw tooManyRows(request.name, limits);
    await loadFile(csv, structure, places, request);
    loaded.push({ csv, rows: structure.records });
  }
  onProgress?.({ what: `Reading ${request.name}`, done: source.files.length, of: source.files.length });
  return {
    from: (places) => `(SELECT ${[`rowid AS ${rowColumn}`, ...places.map((place) => `c${place}`)].join(", ")} FROM ${relation})`,
    rows,
    columns: names.map((name) => ({ name, storage: "text", isWritten: true })),
    async place(row) {
      let before = 0;
      for (const { csv, rows: own } of loaded) {
        if (row < before + own) return `${csv.file.name}:${await lineOf(csv, row - before, request)}`;
        before += own;
      }
      return `row ${row}`;
    },
  };
}

async function readCsvHeader(file: SourceFile, { files, source, limits }: LoadRequest): Promise<CsvFile> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of bytesOf(file, source.isCompressed, files, limits.bytes)) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= limits.recordBytes) break;
  }
  const begin = Buffer.concat(parts);
  checkIsText(begin, file.name);
  const { names, separator } = readHeader(begin.toString("utf8"), source.format === "tsv" ? "\t" : undefined, file.name);
  return { file, names, delimiter: separator };
}

async function checkStructure(csv: CsvFile, request: LoadRequest): Promise<CsvStructure> {
  const scanner = scannerOf(csv, request);
  for await (const bytes of bytesOf(csv.file, request.source.isCompressed, request.files, request.limits.bytes))
    scanner.feed(bytes);
  return scanner.finish();
}

function scannerOf({ file, delimiter, names }: CsvFile, { limits }: LoadRequest, record?: number) {
  return createCsvScanner({ file: file.name, delimiter, fields: names.length, maxRecordBytes: limits.recordBytes, record });
}

async function lineOf(csv: CsvFile, record: number, request: LoadRequest): Promise<number> {
  const scanner = scannerOf(csv, request, record);
  for await (const bytes of bytesOf(csv.file, request.source.isCompressed, request.files, request.limits.bytes)) {
    scanner.feed(bytes);
    const line = scanner.line();
    if (line !== undefined) return line;
  }
  scanner.finish();
  return scanner.line() ?? record + 2;
}

/** @param places of the table's columns in the file */
async function loadFile(csv: CsvFile, structure: CsvStructure, places: readonly number[], request: LoadRequest): Promise<void> {
  if (structure.records === 0 || (structure.isPlain && (await loadPlain(csv, structure, places, request)))) return;
  await request.session.append(request.relation, (add) => readRecords(csv, places, request, add));
}

/** @returns whether all records are in the table; else none is */
async function loadPlain(
  csv: CsvFile,
  { records }: CsvStructure,
  places: readonly number[],
  request: LoadRequest,
): Promise<boolean> {
  const { session, relation } = request;
  const partition = [...csv.file.partition.values()].map((value) => (value === null ? "NULL" : sqlText(value)));
  const columns = [...places.map((place) => `f${place}`), ...partition].join(", ");
  const before = await countOf(relation, session);
  // Rows that are taken back leave no gap in the numbers of those that follow, as deleted ones would.
  await session.run("BEGIN");
  const isLoaded = await session.run(`INSERT INTO ${relation} SELECT ${columns} FROM ${readCsvCall(csv, request)}`).then(
    async () => (await countOf(relation, session)) - before === records,
    () => false,
  );
  await session.run(isLoaded ? "COMMIT" : "ROLLBACK");
  return isLoaded;
}

/**
 * DuckDB's reader, which is fast and forgiving: what it would read in another way was found by then, or shows in the count of
 * rows. All but line ends is said, so that it guesses nothing; said, it misreads CRLF.
 */
function readCsvCall({ file, names, delimiter }: CsvFile, { source, limits }: LoadRequest): string {
  const columns = names.map((_, index) => `'f${index}': 'VARCHAR'`);
  const options = [
    sqlText(withoutPatterns(file.path)),
    "auto_detect = false",
    `columns = {${columns.join(", ")}}`,
    "header = true",
    `delim = ${sqlText(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    "nullstr = ''",
    "strict_mode = true",
    "null_padding = false",
    "ignore_errors = false",
    `max_line_size = ${limits.recordBytes + 1}`,
    `buffer_size = ${2 * limits.recordBytes + 2}`,
    `compression = '${source.isCompressed ? "gzip" : "none"}'`,
    "hive_partitioning = false",
  ];
  return `read_csv(${options.join(", ")})`;
}

async function readRecords(
  csv: CsvFile,
  places: readonly number[],
  request: LoadRequest,
  add: (record: readonly (string | null)[]) => void,
): Promise<void> {
  const scanner = scannerOf(csv, request);
  const partition = [...csv.file.partition.values()];
  const fields: (string | null)[] = [];
  let isHeader = true;
  let begun: Buffer = Buffer.alloc(0);
  const read = (bytes: Buffer) => {
    const text = bytes.toString("utf8");
    scanRecords(text, { at: isHeader && text.startsWith("\uFEFF") ? 1 : 0, line: 1 }, csv.delimiter, csv.file.name, {
      field(column, value) {
        fields[column] = isHeader ? null : value() || null;
      },
      record() {
        if (!isHeader) add([...places.map((place) => fields[place] ?? null), ...partition]);
        isHeader = false;
        return "continue";
      },
    });
  };
  for await (const bytes of bytesOf(csv.file, request.source.isCompressed, request.files, request.limits.bytes)) {
    const end = scanner.feed(bytes);
    if (end > 0) read(Buffer.concat([begun, bytes.subarray(0, end)]));
    begun = Buffer.concat([end > 0 ? Buffer.alloc(0) : begun, bytes.subarray(end)]);
  }
  if (begun.length > 0) read(begun);
}

async function countOf(relation: string, session: DuckDbSession): Promise<number> {
  const [[count] = []] = await session.rows(`SELECT count(*) FROM ${relation}`);
  return Number(count);
}
