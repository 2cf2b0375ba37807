import type { RuleOf } from "../../spec/data-rule.ts";
import { quotedColumn, rowsInWords } from "../finding.ts";
import { numbersOf } from "../sql-table.ts";
import { columnNamed, type Outcome, type RuleContext } from "./outcome.ts";

const day = 86_400_000;

/** Whether the newest row is young enough, and none is of the future. */
export async function checkFresh({ column: name, days }: RuleOf<"fresh">, { query, table, now }: RuleContext): Promise<Outcome> {
  const { time } = columnNamed(table, name);
  // It may be tomorrow already where the data was made.
  const latest = now.getTime() + day;
  const isFuture = `${time} > ${latest}`;
  const found = await numbersOf(
    query,
    `SELECT count(${time}) AS of, count(*) FILTER (WHERE ${isFuture}) AS future, max(${time}) FILTER (WHERE NOT ${isFuture}) AS newest FROM ${table.relation}`,
  );
  const { of = 0, future = 0, newest = 0 } = found;
  if (of === 0)
    return { status: "fail", message: `${quotedColumn(name)} holds no day or time, so nothing says how old the table is.` };
  if (future > 0)
    return {
      status: "fail",
      rows: { count: future, of },
      where: { numbers: `SELECT ${table.row} AS number FROM ${table.relation} WHERE ${isFuture}` },
      message: `${quotedColumn(name)} lies in the future in ${rowsInWords(future, of)}.`,
    };
  const age = Math.max(0, (now.getTime() - newest) / day);
  const isOld = age > days;
  const message = `By ${quotedColumn(name)} the newest row is ${inDays(age)} old${isOld ? `; at most ${inDays(days)} were expected` : ""}.`;
  return { status: isOld ? "fail" : "pass", message };
}

function inDays(days: number): string {
  const rounded = Number(days.toPrecision(days < 10 ? 2 : 3));
  return `${rounded} ${rounded === 1 ? "day" : "days"}`;
}
