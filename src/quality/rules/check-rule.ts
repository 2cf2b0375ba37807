import { type DataRule, nameOfRule, type RuleOf } from "../../spec/data-rule.ts";
import { type Finding, grouped, percent, quotedColumn, rowsInWords } from "../finding.ts";
import { repeatsSql } from "../repeated-rows.ts";
import { columnOf, contentSql, numbersOf } from "../sql-table.ts";
import { checkExpression } from "./check-expression.ts";
import { checkFresh } from "./check-fresh.ts";
import { checkReferences } from "./check-references.ts";
import { checkValues } from "./check-values.ts";
import { whyNotComputed } from "./not-computed.ts";
import { columnNamed, noColumn, type Outcome, outcome, type RuleContext } from "./outcome.ts";

/** A rule, kept or broken. */
export interface CheckedRule extends Omit<Finding, "check" | "measured"> {
  name: string;
  status: Outcome["status"];
}

export async function checkRule(rule: DataRule, context: RuleContext): Promise<CheckedRule> {
  const about = { name: `rule.${nameOfRule(rule)}`, columns: columnsOf(rule), severity: rule.severity };
  const lacking = about.columns.filter((name) => columnOf(context.table, name) === undefined);
  const [lacks] = lacking;
  if (lacks !== undefined) return { ...about, status: "fail", message: noColumn(lacks, context.table.columns) };
  try {
    return { ...about, ...(await check(rule, context)) };
  } catch (error) {
    return { ...about, status: "unknown", message: `The rule says nothing: ${whyNotComputed(error)}.` };
  }
}

function columnsOf(rule: DataRule): readonly string[] {
  if (rule.kind === "unique") return rule.columns;
  return "column" in rule ? [rule.column] : [];
}

async function check(rule: DataRule, context: RuleContext): Promise<Outcome> {
  switch (rule.kind) {
    case "missing":
      return checkMissing(rule, context);
    case "unique":
      return checkUnique(rule, context);
    case "at-least":
    case "at-most":
      return checkRowCount(rule, context);
    case "references":
      return checkReferences(rule, context);
    case "fresh":
      return checkFresh(rule, context);
    case "sql":
      return checkExpression(rule, context);
    default:
      return checkValues(rule, context);
  }
}

async function checkMissing({ column: name, share }: RuleOf<"missing">, { query, table }: RuleContext): Promise<Outcome> {
  const { missing } = columnNamed(table, name);
  const { count = 0 } = await numbersOf(query, `SELECT count(*) FILTER (WHERE ${missing}) AS count FROM ${table.relation}`);
  const found = `${quotedColumn(name)} has no value in ${rowsInWords(count, table.rows)}`;
  const isBroken = table.rows > 0 && count / table.rows > share;
  return {
    status: isBroken ? "fail" : "pass",
    rows: { count, of: table.rows },
    where: isBroken ? { is: "missing", column: name } : undefined,
    message: isBroken ? `${found}; ${percent(share)} may be.` : `${found}.`,
  };
}

async function checkUnique({ columns }: RuleOf<"unique">, { query, table }: RuleContext): Promise<Outcome> {
  const key = columns.map((name) => columnNamed(table, name));
  const isWhole = key.map(({ missing }) => `NOT ${missing}`).join(" AND ");
  const content = contentSql(key.map((column) => ({ exact: column.identity })));
  const { repeats = 0, of = 0 } = await numbersOf(
    query,
    `SELECT sum(n - 1) AS repeats, sum(n) AS of FROM (SELECT count(*) AS n FROM ${table.relation} WHERE ${isWhole} GROUP BY ${content})`,
  );
  const where = { numbers: repeatsSql(table.relation, table.row, content, isWhole) };
  const subject = columns.map(quotedColumn).join(", ");
  return outcome(
    repeats,
    of,
    where,
    `${subject} ${columns.length === 1 ? "repeats" : "repeat"} an earlier row's in ${rowsInWords(repeats, of)}.`,
  );
}

function checkRowCount({ kind, rows: bound }: RuleOf<"at-least" | "at-most">, { table }: RuleContext): Outcome {
  const isBroken = kind === "at-least" ? table.rows < bound : table.rows > bound;
  return {
    status: isBroken ? "fail" : "pass",
    message: `The table has ${grouped(table.rows)} rows${isBroken ? `; ${kind === "at-least" ? "at least" : "at most"} ${grouped(bound)} were expected` : ""}.`,
  };
}
