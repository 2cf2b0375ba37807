import type { RuleOf } from "../../spec/data-rule.ts";
import { quotedColumn, rowsInWords } from "../finding.ts";
import { columnOf, numbersOf } from "../sql-table.ts";
import { columnNamed, noColumn, type Outcome, outcome, type RuleContext } from "./outcome.ts";

/** Whether every value stands in another file. */
export async function checkReferences(
  { column: name, other: path, key }: RuleOf<"references">,
  context: RuleContext,
): Promise<Outcome> {
  const { query, table, others } = context;
  const other = others.get(path);
  if (other === undefined || typeof other === "string")
    return { status: "unknown", message: other ?? `${path} could not be read.` };
  const keys = columnOf(other, key);
  if (keys === undefined) return { status: "fail", message: `${path}: ${noColumn(key, other.columns)}` };
  const column = columnNamed(table, name);
  const [value, known] = [column.identity, keys.identity];
  const isUnknown = `NOT ${column.missing} AND ${value} NOT IN (SELECT ${known} FROM ${other.relation} WHERE ${known} IS NOT NULL)`;
  const { unknown = 0, of = 0 } = await numbersOf(
    query,
    `SELECT count(*) FILTER (WHERE ${isUnknown}) AS unknown, count(*) FILTER (WHERE NOT ${column.missing}) AS of FROM ${table.relation}`,
  );
  const where = { numbers: `SELECT ${table.row} AS number FROM ${table.relation} WHERE ${isUnknown}` };
  return outcome(
    unknown,
    of,
    where,
    `${quotedColumn(name)} is no ${quotedColumn(key)} of ${path} in ${rowsInWords(unknown, of)}.`,
  );
}
