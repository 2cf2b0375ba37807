import { readTable } from "../data/read-table.ts";
import type { Column, Table } from "../data/table.ts";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import type { SliceColumn } from "../spec/spec.ts";
import type { RowDesign, SliceRows } from "./predictions.ts";
import { completeTextOf, type DeclaredColumn, findColumn, refuseRows, textOf } from "./test-column.ts";

/** Columns that say how rows count, by name. */
export interface DesignColumns {
  group?: string | undefined;
  weight?: string | undefined;
  slices?: readonly SliceColumn[] | undefined;
}

/** The test set that they are columns of. */
export interface DesignSource {
  table: Table;
  /** Absolute. */
  path: string;
  /** As messages name it. */
  file: string;
  files: Files;
}

/** A column of numbers with more different values than this measures something, and names nothing. */
const mostNumbers = 50;
/** Longer values are cut to this many characters. */
const maxValue = 200;

/**
 * What is declared of the rows. Groups and slices are told apart by their text as it is written, whatever they look like; a row
 * without a value is a slice of its own, called "".
 * @throws UsageError when a column is not there, a group or weight is missing, or weights are not numbers of 0 or more
 */
export async function readDesign(declared: DesignColumns, source: DesignSource): Promise<RowDesign> {
  const { group, weight, slices = [] } = declared;
  const { table, file } = source;
  const columns: DeclaredColumn[] = slices.map(({ column }) => ({ role: "slices", column, file }));
  if (group !== undefined) columns.push({ role: "group", column: group, file });
  const found = new Map(columns.map((column) => [column.column, findColumn(table, column)]));
  const written = await textAsWritten([...found.values()], source);
  const texts = (column: string) => written.get(column) ?? [];
  return {
    weights: weight === undefined ? undefined : weightsOf(table, { role: "weight", column: weight, file }),
    group: group === undefined ? undefined : groupOf(texts(group), { role: "group", column: group, file }),
    slices: slices.map((slice) => sliceRows(slice, texts(slice.column), found.get(slice.column), file)),
  };
}

/** Numbers lose how they were written (`007`, long ids), so their columns are read again. */
async function textAsWritten(
  columns: readonly Column[],
  { path, file, files }: DesignSource,
): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
  const numbers = columns.filter(({ kind }) => kind === "number");
  const names = [...new Set(numbers.map(({ name }) => name))];
  const again = names.length === 0 ? [] : (await readTable(path, { text: names, columns: names, name: file, files })).columns;
  const written = new Map(again.map((column) => [column.name, textOf(column)]));
  return new Map(
    columns.map((column) => {
      const text = written.get(column.name) ?? textOf(column);
      // What stands for a missing number, such as NA, is no value.
      return [column.name, column.kind === "text" ? text : text.map((value, row) => (isMissing(column, row) ? null : value))];
    }),
  );
}

function isMissing(column: Column, row: number): boolean {
  return column.kind === "number" && Number.isNaN(column.values[row]);
}

function weightsOf(table: Table, declared: DeclaredColumn): Float64Array {
  const column = findColumn(table, declared);
  const name = `${declared.file}: the weight ${JSON.stringify(declared.column)}`;
  if (column.kind === "text") throw new UsageError(`${name} is not numeric. Mend the values, or name another column.`);
  const { values } = column;
  refuseRows(declared, "missing or infinite", values.length, (row) => !Number.isFinite(values[row]));
  refuseRows(declared, "negative", values.length, (row) => (values[row] ?? 0) < 0);
  if (values.every((value) => value === 0))
    throw new UsageError(`${name} is 0 in every row, so that no row counts. Mend the values.`);
  return values;
}

function groupOf(values: readonly (string | null)[], declared: DeclaredColumn): RowDesign["group"] {
  const position = new Map<string, number>();
  const of = Int32Array.from(completeTextOf(values, declared), (value) => {
    const at = position.get(value) ?? position.size;
    position.set(value, at);
    return at;
  });
  return { column: declared.column, of, groups: position.size };
}

function sliceRows(
  { column, minRows }: SliceColumn,
  values: readonly (string | null)[],
  read: Column | undefined,
  file: string,
): SliceRows {
  const rowsOf = new Map<string, number[]>();
  for (const [row, text] of values.entries()) {
    const value = shortened(text ?? "");
    const rows = rowsOf.get(value);
    if (rows) rows.push(row);
    else rowsOf.set(value, [row]);
  }
  if (read?.kind === "number" && rowsOf.size > mostNumbers)
    throw new UsageError(
      `${file}: the slices ${JSON.stringify(column)} are numbers with ${rowsOf.size} different values; a column with at most ${mostNumbers} was expected. ` +
        "Add a column to the test set that names bins of it, such as 0-9, 10-19, and declare that.",
    );
  return { column, minRows, values: [...rowsOf].map(([value, rows]) => ({ value, rows: Int32Array.from(rows) })) };
}

function shortened(value: string): string {
  return value.length > maxValue ? `${value.slice(0, maxValue - 1)}…` : value;
}
