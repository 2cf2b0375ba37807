import { UsageError } from "../../errors/errors.ts";
import { errorKind, messageOf, sqlName, sqlText, withoutPatterns } from "../duckdb.ts";
import { UnreadError } from "./duckdb-session.ts";
import type { LoadRequest } from "./load-request.ts";
import {
  checkNames,
  placesOf,
  rowColumn,
  type Storage,
  type StoredColumn,
  type StoredTable,
  tooManyRows,
} from "./stored-columns.ts";

/** Makes Parquet files readable where they lie, by the types that they declare. */
export async function openParquet(request: LoadRequest): Promise<StoredTable> {
  const { source, session, limits, name } = request;
  const paths = source.files.map(({ path }) => sqlText(withoutPatterns(path)));
  const rowCounts = await fileRows(request, paths);
  const rows = rowCounts.reduce((sum, count) => sum + count, 0);
  if (rows > limits.rows) throw tooManyRows(name, limits);

  const names = await topLevelNames(paths[0] ?? "", request);
  await checkSameColumns(paths, names, request);
  const partitionKeys = source.partitionKeys.filter((key) => !names.includes(key));
  const options = [
    `[${paths.join(", ")}]`,
    // By name, and each column of a type that all files' values fit; else they are cast to those of the first file.
    `union_by_name = ${paths.length > 1}`,
    `hive_partitioning = ${partitionKeys.length > 0}`,
    ...(partitionKeys.length > 0 ? ["hive_types_autocast = false"] : []),
  ];
  const scan = `read_parquet(${options.join(", ")})`;
  const described = await session.rows(`DESCRIBE SELECT * FROM ${scan}`);
  const fields = described.map(([field, type]) => ({ sqlName: String(field), type: String(type) }));
  checkNames([...names, ...partitionKeys], source.files[0]?.name ?? name, limits);

  const own = names.map((name, index): StoredColumn & { sqlName: string } => {
    const field = fields[index] ?? { sqlName: name, type: "" };
    return { name, storage: storageOf(field.type), isWritten: false, sqlName: field.sqlName };
  });
  const partitions = partitionKeys.map((key) => ({ name: key, storage: "text" as const, isWritten: true, sqlName: key }));
  const columns = [...own, ...partitions];
  const offsets = rowCounts.map((_, index) => rowCounts.slice(0, index).reduce((sum, count) => sum + count, 0));
  const row =
    paths.length === 1
      ? "file_row_number"
      : `list_extract([${offsets.join(", ")}]::BIGINT[], CAST(file_index AS BIGINT) + 1) + file_row_number`;
  return {
    rows,
    columns,
    from: (places) =>
      `(SELECT ${[`${row} AS ${rowColumn}`, ...places.map((place) => `${sqlName(columns[place]?.sqlName ?? "")} AS c${place}`)].join(", ")} FROM ${scan})`,
    async place(index) {
      const file = offsets.findLastIndex((offset) => offset <= index);
      return `${source.files[file]?.name ?? name}, row ${index - (offsets[file] ?? 0)} (from 0)`;
    },
  };
}

async function fileRows({ session, source, name }: LoadRequest, paths: readonly string[]): Promise<number[]> {
  try {
    const counts = await session.rows(`SELECT file_name, num_rows FROM parquet_file_metadata([${paths.join(", ")}])`);
    const byPath = new Map(counts.map(([path, rows]) => [String(path), Number(rows)]));
    return source.files.map(({ path }) => {
      const rows = byPath.get(path) ?? byPath.get(withoutPatterns(path));
      if (rows === undefined) throw new RangeError(`DuckDB does not say how many rows ${path} has.`);
      return rows;
    });
  } catch (error) {
    if (!(error instanceof UnreadError)) throw error;
    const why = messageOf(error.cause);
    const broken = source.files.length === 1 ? source.files[0] : source.files.find(({ path }) => why.includes(path));
    throw new UsageError(
      `${broken?.name ?? `One of the files of ${name}`} is no complete Parquet file: ${errorKind(error.cause)}. Write or fetch the file again.`,
      { cause: error },
    );
  }
}

/** As the file spells them; DuckDB renames those that differ in case alone. */
async function topLevelNames(path: string, { session }: LoadRequest): Promise<string[]> {
  const schema = await session.rows(`SELECT name, coalesce(num_children, 0) FROM parquet_schema(${path})`);
  const names: string[] = [];
  let nested = 0;
  for (const [name, children] of schema.slice(1)) {
    if (nested === 0) names.push(String(name));
    else nested--;
    nested += Number(children);
  }
  return names;
}

async function checkSameColumns(paths: readonly string[], names: readonly string[], request: LoadRequest): Promise<void> {
  if (paths.length === 1) return;
  const digests = await request.session.rows(
    `SELECT file_name, md5(string_agg(name, chr(10) ORDER BY name)) FROM parquet_schema([${paths.join(", ")}]) WHERE coalesce(num_children, 0) = 0 GROUP BY file_name`,
  );
  const usual = digests[0]?.[1];
  if (digests.every(([, digest]) => digest === usual)) return;
  for (const [index, file] of request.source.files.entries())
    placesOf(names, await topLevelNames(paths[index] ?? "", request), file.name, request.source.files[0]?.name ?? "");
}

function storageOf(type: string): Storage {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return "integer";
  if (/^(FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return "number";
  if (type === "BOOLEAN") return "boolean";
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return "time";
  return type === "VARCHAR" ? "text" : "other";
}
