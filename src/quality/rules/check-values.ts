import type { RuleOf } from "../../spec/data-rule.ts";
import { momentOf } from "../../spec/data-rule-schema.ts";
import { quotedColumn, rowsInWords } from "../finding.ts";
import { conditionSql, type RowCondition } from "../row-condition.ts";
import { numbersOf } from "../sql-table.ts";
import { columnNamed, type Outcome, outcome, type RuleContext } from "./outcome.ts";

type ValueRule = RuleOf<"min" | "max" | "in" | "matches" | "type">;

/** A rule that every value of a column keeps or breaks by itself. */
export async function checkValues(rule: ValueRule, context: RuleContext): Promise<Outcome> {
  const column = columnNamed(context.table, rule.column);
  const where = conditionOf(rule);
  const { broken = 0, of = 0 } = await numbersOf(
    context.query,
    `SELECT count(*) FILTER (WHERE ${conditionSql(where, column)}) AS broken, ` +
      `count(*) FILTER (WHERE NOT ${column.missing}) AS of FROM ${context.table.relation}`,
  );
  return outcome(broken, of, where, `${quotedColumn(rule.column)} ${faultOf(rule)} in ${rowsInWords(broken, of)}.`);
}

function conditionOf(rule: ValueRule): RowCondition {
  const { column } = rule;
  switch (rule.kind) {
    case "min":
    case "max": {
      const bound = typeof rule.bound === "number" ? rule.bound : { time: momentOf(rule.bound) };
      return { is: rule.kind === "min" ? "below" : "above", column, bound };
    }
    case "in":
      return { is: "not-in", column, values: rule.values };
    case "matches":
      return { is: "no-match", column, pattern: rule.pattern };
    case "type":
      return { is: "not", type: rule.type, column };
  }
}

/** The rule's own words are no values of cells. */
function faultOf(rule: ValueRule): string {
  switch (rule.kind) {
    case "min":
      return `is less than ${rule.bound} or no ${typeof rule.bound === "number" ? "number" : "time"}`;
    case "max":
      return `is more than ${rule.bound} or no ${typeof rule.bound === "number" ? "number" : "time"}`;
    case "in":
      return `is none of the ${rule.values.length} values that there may be`;
    case "matches":
      return `does not match ${rule.pattern}`;
    case "type":
      return `cannot be read as ${rule.type}`;
  }
}
