import { didYouMean } from "../../spec/did-you-mean.ts";
import { type Finding, quotedColumn } from "../finding.ts";
import { columnOf, type Query, type SqlColumn, type SqlTable } from "../sql-table.ts";

/** What rules are checked with. */
export interface RuleContext {
  query: Query;
  /** As `query`, of what somebody else wrote: cut off when it takes too long. */
  queryInTime: Query;
  table: SqlTable;
  /** Files that the rules look values up in, by path; a text says why one cannot be read. */
  others: ReadonlyMap<string, SqlTable | string>;
  now: Date;
}

/** What was found of a rule; `rows` of a kept one say how many were looked at. */
export interface Outcome extends Pick<Finding, "message" | "rows" | "where"> {
  /** `unknown`: it could not be computed, which says nothing about the rows. */
  status: "pass" | "fail" | "unknown";
}

/** @param message of the broken rule */
export function outcome(count: number, of: number, where: Outcome["where"], message: string): Outcome {
  return count === 0
    ? { status: "pass", rows: { count, of }, message: `Kept in ${of} rows.` }
    : { status: "fail", rows: { count, of }, where, message };
}

/** Of a rule whose columns are known to be there. */
export function columnNamed(table: SqlTable, name: string): SqlColumn {
  const column = columnOf(table, name);
  if (column === undefined) throw new RangeError(`There is no column ${name}.`);
  return column;
}

/** A sentence that says which was probably meant. */
export function noColumn(name: string, columns: readonly SqlColumn[]): string {
  const meant = didYouMean(
    name,
    columns.map((column) => column.name),
  );
  return `The table has no column ${quotedColumn(name)}.${meant === undefined ? "" : ` Did you mean ${quotedColumn(meant)}?`}`;
}
