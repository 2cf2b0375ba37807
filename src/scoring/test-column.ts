import type { Column, Table } from "../data/table.ts";
import { quoted, tableLimits } from "../data/table-request.ts";
import { UsageError } from "../errors/errors.ts";
import { didYouMean } from "../spec/did-you-mean.ts";

/** What a column of the test set is declared as, under `evaluate`. */
export type ColumnRole = "id" | "target" | "group" | "weight" | "slices";

/** A declared column as messages speak of it. */
export interface DeclaredColumn {
  role: ColumnRole;
  column: string;
  /** The test set as messages name it. */
  file: string;
  /** Before the role where it was declared; default: `evaluate.` */
  by?: DeclaredBy | undefined;
}

/** `evaluate.id` of assay.yml, or the option `--id`. */
export type DeclaredBy = "evaluate." | "--";

/** @throws UsageError naming the columns that there are */
export function findColumn(table: Table, { column, role, file, by = "evaluate." }: DeclaredColumn): Column {
  const found = table.columns.find(({ name }) => name === column);
  if (found) return found;
  const names = table.columns.map(({ name }) => name);
  const meant = didYouMean(column, names);
  const question = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
  throw new UsageError(
    `${file} has no column ${JSON.stringify(column)}, which ${by}${role} names; it has ${quoted(names, 20)}.${question}`,
  );
}

/** The values as text; null: missing. */
export function textOf(column: Column): readonly (string | null)[] {
  if (column.kind === "text") return column.values;
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

/**
 * The values as text, none of them missing.
 * @throws UsageError naming the rows without one
 */
export function completeTextOf(values: readonly (string | null)[], declared: DeclaredColumn): readonly string[] {
  refuseRows(declared, "missing", values.length, (row) => values[row] === null);
  return values.filter((value) => value !== null);
}

/**
 * @param what the rows' values are, such as `missing or infinite`
 * @throws UsageError naming the rows for which `isBad`
 */
export function refuseRows(
  { role, column, file }: DeclaredColumn,
  what: string,
  rows: number,
  isBad: (row: number) => boolean,
): void {
  const bad: number[] = [];
  for (let row = 0; row < rows; row++) if (isBad(row)) bad.push(row + 1);
  if (bad.length === 0) return;
  const shown = bad.slice(0, tableLimits.shownProblems).join(", ");
  const more = bad.length > tableLimits.shownProblems ? ", …" : "";
  throw new UsageError(
    `${file}: the ${role} ${JSON.stringify(column)} is ${what} in ${bad.length} row${bad.length === 1 ? "" : "s"} ` +
      `(row ${shown}${more}, counted from 1 below the column names). Fill the values in or remove the rows.`,
  );
}
