import { UsageError } from "../errors/errors.ts";

/** What one table may cost; the readers hold it in memory. */
export const tableLimits = {
  /** Text formats are decoded as one string, which V8 limits to 512 MiB. */
  textBytes: 500 * 1024 * 1024,
  parquetBytes: 2 * 1024 * 1024 * 1024,
  rows: 10_000_000,
  columns: 10_000,
  /** Rows × columns that are kept. */
  cells: 200_000_000,
  /** Bad lines, ids or names that a message lists. */
  shownProblems: 5,
} as const;

/** What the readers of the formats are asked. */
export interface TableRequest {
  /** The file as messages name it. */
  file: string;
  /** Columns to read as text whatever they look like. */
  text: ReadonlySet<string>;
  /** Columns to keep; undefined: all. */
  columns: readonly string[] | undefined;
  /** Of those, columns that may be missing. */
  optional?: ReadonlySet<string> | undefined;
  maxRows: number;
}

/** Indexes of the wanted columns, in the file's order. */
export function selectColumns(names: readonly string[], { file, columns, optional }: TableRequest): number[] {
  if (names.length > tableLimits.columns)
    throw new UsageError(`${file} has ${names.length} columns; at most ${tableLimits.columns} can be read.`);
  const duplicates = names.filter((name, index) => names.indexOf(name) !== index);
  if (duplicates.length > 0)
    throw new UsageError(`${file}: ${quoted(duplicates)} names more than one column. Give every column a name of its own.`);
  const missing = columns?.filter((name) => !names.includes(name) && !optional?.has(name)) ?? [];
  if (missing.length > 0)
    throw new UsageError(`${file} has no column ${quoted(missing)}; it has ${quoted(names, 20)}. Mind upper and lower case.`);
  const wanted = columns && new Set(columns);
  return names.map((_, index) => index).filter((index) => wanted?.has(names[index] ?? "") ?? true);
}

export function tooManyRows({ file, maxRows }: TableRequest): UsageError {
  return new UsageError(`${file} has more than ${maxRows} rows, which is the most that can be read. Use a sample of the rows.`);
}

/** `"a", "b" and 3 more` */
export function quoted(names: readonly string[], shown: number = tableLimits.shownProblems): string {
  const more = names.length - shown;
  const list = names.slice(0, shown).map((name) => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name));
  return `${list.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
