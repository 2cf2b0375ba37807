import { UsageError } from "../../errors/errors.ts";
import { quoted } from "../table-request.ts";
import type { DatasetLimits } from "./dataset.ts";

/** How the values of a column are kept: text formats keep all as they are written, Parquet by its own types. */
export type Storage = "text" | "number" | "integer" | "boolean" | "time" | "other";

export interface StoredColumn {
  name: string;
  storage: Storage;
  /** Whether a text may be found to be a number, a time or a boolean. */
  isWritten: boolean;
}

/** The column in which a row's number stands, from 0. */
export const rowColumn = "assay_row";

/** Rows as they lie in DuckDB. */
export interface StoredTable {
  rows: number;
  columns: readonly StoredColumn[];
  /** What to select from: the columns at these places as `c0`, `c1`, … by their places, and `rowColumn`. */
  from(places: readonly number[]): string;
  /** Where a row stands, for messages. */
  place(row: number): Promise<string>;
}

export function checkNames(names: readonly string[], file: string, limits: DatasetLimits): void {
  if (names.length > limits.columns)
    throw new UsageError(`${file} has ${names.length} columns; at most ${limits.columns} can be read.`);
  const seen = new Set<string>();
  const twice = names.filter((name) => seen.size === seen.add(name).size);
  if (twice.length > 0)
    throw new UsageError(
      `${file}: ${quoted([...new Set(twice)])} names more than one column. Give every column a name of its own.`,
    );
  const long = names.find((name) => name.length > longestName);
  if (long !== undefined)
    throw new UsageError(
      `${file}: the column name ${quoted([long])} has ${long.length} characters; at most ${longestName} are read.`,
    );
}

const longestName = 1_000;

/** For each name its place among the others, which are the same in another order. */
export function placesOf(names: readonly string[], others: readonly string[], file: string, firstFile: string): number[] {
  const places = new Map(others.map((name, index) => [name, index]));
  const lacking = names.filter((name) => !places.has(name));
  const known = new Set(names);
  const extra = others.filter((name) => !known.has(name));
  if (lacking.length > 0 || extra.length > 0)
    throw new UsageError(
      `${file} has other columns than ${firstFile}: ${[lacking.length > 0 ? `it lacks ${quoted(lacking)}` : "", extra.length > 0 ? `it has ${quoted(extra)} more` : ""].filter(Boolean).join(", ")}. All files of a dataset must have the same columns.`,
    );
  return names.map((name) => places.get(name) as number);
}

export function tooManyRows(name: string, limits: DatasetLimits): UsageError {
  return new UsageError(
    `${name} has more than ${limits.rows} rows, which is the most that can be read. Use a sample of the rows.`,
  );
}
