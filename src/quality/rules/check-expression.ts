import type { RuleOf } from "../../spec/data-rule.ts";
import { rowsInWords } from "../finding.ts";
import { numbersOf } from "../sql-table.ts";
import { inBrackets, problemOfExpression } from "./expression.ts";
import { whyNotComputed, wordsOfDuckDb } from "./not-computed.ts";
import { type Outcome, outcome, type RuleContext } from "./outcome.ts";

/** An expression that somebody wrote, over the columns of a row: rows of which it is false break the rule. */
export async function checkExpression(rule: RuleOf<"sql">, context: RuleContext): Promise<Outcome> {
  const { query, queryInTime, table } = context;
  const names = table.columns.map(({ alias }) => alias);
  const problem = await problemOfExpression(query, rule.expression, names);
  if (problem !== undefined) return { status: "fail", message: problem };
  const value = inBrackets(rule.expression);
  const isBroken = `${value} = false`;
  try {
    const [described] = await queryInTime(`SELECT column_type FROM (DESCRIBE SELECT ${value} AS value FROM ${table.relation})`);
    if (described?.column_type !== "BOOLEAN")
      return {
        status: "fail",
        message: `The expression gives ${described?.column_type} and not true or false; compare it with something.`,
      };
    const { broken = 0, of = 0 } = await numbersOf(
      queryInTime,
      `SELECT count(*) FILTER (WHERE ${isBroken}) AS broken, count(*) AS of FROM ${table.relation}`,
    );
    const where = { numbers: `SELECT ${table.row} AS number FROM ${table.relation} WHERE ${isBroken}` };
    return outcome(
      broken,
      of,
      where,
      `${rule.expression.replaceAll(/\s+/g, " ").trim()} does not hold in ${rowsInWords(broken, of)}.`,
    );
  } catch (error) {
    const fault = faultOf(error);
    return fault === undefined
      ? { status: "unknown", message: `The expression says nothing: ${whyNotComputed(error)}.` }
      : { status: "fail", message: fault };
  }
}

/** What is wrong with it; of types and columns DuckDB says it, of values it says what they are, which is not for everybody. */
function faultOf(error: unknown): string | undefined {
  const message = wordsOfDuckDb(error);
  const ofTypes = /^(?:Binder|Catalog|Parser) Error: (.*?)\.?$/.exec(message)?.[1];
  if (ofTypes !== undefined) return `The expression cannot be computed: ${ofTypes}.`;
  const kind = /^(Conversion|Invalid Input|Out of Range|Mismatch Type) Error/.exec(message)?.[1]?.toLowerCase();
  return kind === undefined
    ? undefined
    : `The expression cannot be computed of every row (${kind} error): use try_cast(column AS type), or nullif(column, 0) below a division.`;
}
