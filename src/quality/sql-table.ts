import type { ColumnType } from "../data/profile.ts";

/** A table as queries see it. */
export interface SqlTable {
  /** The relation's name, as queries write it. */
  relation: string;
  /** An expression of a row's number, from 1. */
  row: string;
  rows: number;
  columns: readonly SqlColumn[];
}

/** Expressions of a column, each in SQL. */
export interface SqlColumn {
  name: string;
  /** Its name in queries. */
  alias: string;
  /** As in the table's profile. */
  type: ColumnType;
  /** Whether there is no value; never null. */
  missing: string;
  /** The value as text; null where it is missing. */
  text: string;
  /** The value as it is kept; null where it is missing. */
  exact: string;
  /** The text that stands in the file, as far as that was asked for; null where it is missing. */
  written: string;
  /** What tells values apart, as text; null where it is missing. `1` is `1.0`, and `01` is not `1`: a code with leading zeros is no number. */
  identity: string;
  /** The value as a DOUBLE; null where it is none. */
  number: string;
  /** Whether the text is how tools write that there is no number: `NA`, `null`. */
  marker: string;
  /** Milliseconds since 1970; null where it is no time. */
  time: string;
}

/** Runs a query; numbers of all kinds come as JavaScript's. */
export type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** The one row of a query, as numbers; what is null is 0. */
export async function numbersOf(query: Query, sql: string): Promise<Readonly<Record<string, number>>> {
  const [row = {}] = await query(sql);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]));
}

/** What names a row's content in these columns: rows of a table that are the same have the same. */
export function contentSql(columns: readonly Pick<SqlColumn, "exact">[]): string {
  return `hash(${columns.map(({ exact }) => exact).join(", ")})`;
}

export function columnOf({ columns }: SqlTable, name: string): SqlColumn | undefined {
  return columns.find((column) => column.name === name);
}

/** Queries of too many columns take long to plan. */
export function inBatches(columns: readonly SqlColumn[], size: number): SqlColumn[][] {
  return Array.from({ length: Math.ceil(columns.length / size) }, (_, index) => columns.slice(index * size, (index + 1) * size));
}
