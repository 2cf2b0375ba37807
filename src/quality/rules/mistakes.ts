import { sqlText, withDuckDb } from "../../data/duckdb.ts";
import type { Diagnostic } from "../../errors/errors.ts";
import { type DataRule, nameOfRule } from "../../spec/data-rule.ts";
import type { Spec } from "../../spec/spec.ts";
import type { Query } from "../sql-table.ts";
import { problemOfExpression } from "./expression.ts";

/**
 * What only DuckDB can say of rules: expressions that are none or may not be used, patterns that RE2 does not read. Without such
 * rules nothing is loaded.
 */
export async function mistakesInRules(spec: Pick<Spec, "models">): Promise<Diagnostic[]> {
  const rules = [...spec.models.values()].flatMap(({ name, data }) =>
    data.rules.flatMap((rule) => (rule.kind === "sql" || rule.kind === "matches" ? [{ model: name, rule }] : [])),
  );
  if (rules.length === 0) return [];
  return withDuckDb([], async (connection) => {
    const query: Query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
    const found: Diagnostic[] = [];
    for (const { model, rule } of rules) {
      const problem = await problemOf(rule, query);
      if (problem === undefined) continue;
      const [message, fix] = problem;
      found.push({ position: rule.position, path: `models.${model}.data.rules ${nameOfRule(rule)}`, message, fix });
    }
    return found;
  });
}

async function problemOf(rule: DataRule, query: Query): Promise<[message: string, fix: string] | undefined> {
  if (rule.kind === "sql") {
    const problem = await problemOfExpression(query, rule.expression, undefined);
    return problem === undefined ? undefined : [`${JSON.stringify(rule.expression)} cannot be a rule.`, problem];
  }
  if (rule.kind !== "matches") return undefined;
  try {
    await query(`SELECT regexp_full_match('', ${sqlText(rule.pattern)})`);
    return undefined;
  } catch {
    return [`${JSON.stringify(rule.pattern)} is no regular expression that RE2 reads.`, "Write a simpler one."];
  }
}
