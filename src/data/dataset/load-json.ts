import { UsageError } from "../../errors/errors.ts";
import { sqlText, withoutPatterns } from "../duckdb.ts";
import { explainJson, lineOfRecord } from "./json-problems.ts";
import type { LoadRequest } from "./load-request.ts";
import type { SourceFile } from "./source-files.ts";
import { checkNames, rowColumn, type StoredTable, tooManyRows } from "./stored-columns.ts";

/**
 * Loads JSON files, arrays of objects or one object a line, into a table of texts: numbers as they are written, what is nested
 * as JSON. Names that are absent or null are missing.
 */
export async function loadJson(request: LoadRequest): Promise<StoredTable> {
  const { source, session, relation, limits, onProgress } = request;
  const counts: number[] = [];
  const found = new Map<string, string>();
  for (const [done, file] of source.files.entries()) {
    onProgress?.({ what: `Reading ${file.name}`, done, of: 2 * source.files.length });
    const { rows, names } = await survey(file, request);
    counts.push(rows);
    for (const name of names) if (!found.has(name)) found.set(name, file.name);
    if (counts.reduce((sum, count) => sum + count, 0) > limits.rows) throw tooManyRows(request.name, limits);
  }
  const keys = [...found.keys()].sort();
  if (keys.length === 0) throw new UsageError(`${request.name} holds no rows with columns.`);
  const names = [...keys, ...source.partitionKeys];
  checkNames(names, source.files[0]?.name ?? request.name, limits);

  await session.run(`CREATE TABLE ${relation} (${names.map((_, index) => `c${index} VARCHAR`).join(", ")})`);
  const pointers = `[${keys.map((key) => sqlText(pointerTo(key))).join(", ")}]`;
  for (const [done, file] of source.files.entries()) {
    onProgress?.({ what: `Reading ${file.name}`, done: source.files.length + done, of: 2 * source.files.length });
    const partition = [...file.partition.values()].map((value) => (value === null ? "NULL" : sqlText(value)));
    const values = [...keys.map((_, index) => `nullif(v[${index + 1}], '')`), ...partition];
    await session.run(
      `INSERT INTO ${relation} SELECT ${values.join(", ")} FROM (SELECT json_extract_string(json, ${pointers}) AS v FROM ${objects(file, request)})`,
    );
  }
  return {
    from: (places) => `(SELECT ${[`rowid AS ${rowColumn}`, ...places.map((place) => `c${place}`)].join(", ")} FROM ${relation})`,
    rows: counts.reduce((sum, count) => sum + count, 0),
    columns: names.map((name) => ({ name, storage: "text", isWritten: true })),
    async place(row) {
      let before = 0;
      for (const [index, file] of source.files.entries()) {
        const own = counts[index] ?? 0;
        if (row < before + own) return placeOf(file, row - before, request);
        before += own;
      }
      return `row ${row}`;
    },
  };
}

/** All names that occur; nothing but objects with names of their own may be there. */
async function survey(file: SourceFile, request: LoadRequest): Promise<{ rows: number; names: string[] }> {
  const { session } = request;
  const from = `(SELECT json_type(json) AS type, json_keys(json) AS keys FROM ${objects(file, request)})`;
  const isTwice = "len(list_distinct(keys)) <> len(keys)";
  const [counted] = await session
    .rows(`SELECT count(*), count(*) FILTER (type <> 'OBJECT'), count(*) FILTER (${isTwice}) FROM ${from}`)
    .catch((error) => explainJson(error, file, request));
  const [rows, notObjects, twice] = counted?.map(Number) ?? [];
  if (notObjects) throw await odd("type <> 'OBJECT'", `an object such as {"a": 1} was expected, one a row`);
  if (twice) throw await odd(isTwice, "a name stands twice in this object");
  const names = await session.rows(`SELECT DISTINCT unnest(keys) FROM ${from} LIMIT ${request.limits.columns + 1}`);
  return { rows: rows ?? 0, names: names.map(([name]) => String(name)) };

  async function odd(condition: string, what: string): Promise<UsageError> {
    const numbered = `(SELECT row_number() OVER () - 1 AS row, * FROM ${from})`;
    const [[row] = []] = await session.rows(`SELECT min(row) FROM ${numbered} WHERE ${condition}`);
    return new UsageError(`${await placeOf(file, Number(row), request)}: ${what}.`);
  }
}

async function placeOf(file: SourceFile, row: number, request: LoadRequest): Promise<string> {
  return request.source.format === "jsonl"
    ? `${file.name}:${await lineOfRecord(file, row, request)}`
    : `${file.name}, row ${row} (from 0)`;
}

function objects(file: SourceFile, { source, limits }: LoadRequest): string {
  const format = source.format === "jsonl" ? "newline_delimited" : "array";
  const compression = source.isCompressed ? "gzip" : "uncompressed";
  return `read_json_objects(${sqlText(withoutPatterns(file.path))}, format = '${format}', compression = '${compression}', maximum_object_size = ${limits.recordBytes}, hive_partitioning = false)`;
}

/** RFC 6901. */
function pointerTo(key: string): string {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
