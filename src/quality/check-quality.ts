import type { Profile } from "../data/profile.ts";
import type { TableCounts } from "../data/profile-counts.ts";
import { mayShow } from "../data/shown-values.ts";
import type { DataRule } from "../spec/data-rule.ts";
import { type CheckName, checkFacts, worstSeverity } from "./check-facts.ts";
import { checkColumns } from "./column-checks.ts";
import { checkDateLeakage } from "./date-leakage.ts";
import type { Finding } from "./finding.ts";
import { checkIdLike, findIdLike, withoutContent } from "./id-like.ts";
import { checkMixedTypes } from "./mixed-types.ts";
import {
  maxCheckName,
  maxColumnName,
  maxColumns,
  maxErrors,
  maxExamples,
  maxMessage,
  maxWarnings,
  type QualityCheck,
  type QualityResult,
} from "./quality-result.ts";
import { checkAgainstReference } from "./reference-checks.ts";
import { checkDuplicates, checkLabelConflicts, checkOverlap } from "./repeated-rows.ts";
import { conditionSql } from "./row-condition.ts";
import { checkRule } from "./rules/check-rule.ts";
import { columnOf, type Query, type SqlTable } from "./sql-table.ts";
import { checkStringVariants } from "./string-variants.ts";
import { checkTargetLeakage, isOfClasses } from "./target-leakage.ts";

/** A table to look at, and what it is looked at with. */
export interface QualityQuestion {
  /** As people call it. */
  name: string;
  table: SqlTable;
  profile: Profile;
  query: Query;
  /** As `query`, of what somebody else wrote: cut off when it takes too long. */
  queryInTime: Query;
  /** An earlier table, and this one counted at it. */
  reference?: { profile: Profile; counts: TableCounts } | undefined;
  /** Rows that the model is tested on, where this table is what it learns from. */
  test?: SqlTable | undefined;
  /** Rows that it was tested on before, where it is judged on these too. */
  oldTest?: SqlTable | undefined;
  target?: string | undefined;
  /** The column that names rows. */
  id?: string | undefined;
  /** Columns whose values may be shown. */
  public: readonly string[];
  rules: readonly DataRule[];
  /** Files that rules look values up in, by path; a text says why one cannot be read. */
  others: ReadonlyMap<string, SqlTable | string>;
  now: Date;
}

/** Every check of a table: those that are made of any, and its rules. */
export async function checkQuality(question: QualityQuestion): Promise<QualityResult> {
  const { query, table } = question;
  const findings = await findFaults(question);
  const failed: QualityCheck[] = [];
  const byCheck = Map.groupBy(findings, ({ check }) => check);
  for (const [check, found] of byCheck)
    for (const finding of listed(found))
      failed.push({ ...named(check, finding), ...(await examplesOf(finding, question)), status: "fail" });
  const rules: QualityCheck[] = [];
  for (const rule of question.rules) {
    const checked = await checkRule(rule, { ...question, query });
    rules.push({ ...named(checked.name, checked), ...(await examplesOfRule(rule, checked, question)), status: checked.status });
  }
  return {
    table: question.name,
    rows: table.rows,
    columns: table.columns.length,
    checks: sorted([...failed, ...rules, ...inOrder(byCheck, question)]),
    leftOut: findings.length - failed.length,
  };

  function named(name: string, { columns, severity, rows, message }: Omit<Finding, "check" | "measured">) {
    return {
      name: name.slice(0, maxCheckName),
      columns: columns.slice(0, maxColumns).map((column) => column.slice(0, maxColumnName)),
      severity,
      ...(rows && { rows }),
      message: message.slice(0, maxMessage),
    };
  }
}

async function findFaults(question: QualityQuestion): Promise<Finding[]> {
  const { query, table, profile, test, oldTest, target, id } = question;
  const shown = mayShow(profile, question.public);
  const columns = checkColumns(profile, target, question.reference?.profile);
  if (table.rows === 0) return columns;
  const idLike = await findIdLike(query, table, profile);
  const ids = new Set([...idLike, ...(id === undefined ? [] : [id])]);
  const beside = question.reference
    ? checkAgainstReference({
        reference: question.reference.profile,
        counts: question.reference.counts,
        profile,
        target,
        ids,
        shown,
      })
    : [];
  const mistyped = new Set(beside.flatMap(({ check, columns }) => (check === "type-mismatch" ? columns : [])));
  const names = new Set([...withoutContent(idLike, table), ...(id === undefined ? [] : [id])]);
  const content = table.columns.filter(({ name }) => !names.has(name));
  const features = content.filter(({ name }) => name !== target);
  const label = target === undefined ? undefined : columnOf(table, target);
  const known = profile.columns.find(({ name }) => name === target);
  return [
    ...columns,
    ...beside,
    ...(await checkMixedTypes(query, table, profile, mistyped)),
    ...profile.columns.flatMap((column) => (mistyped.has(column.name) ? [] : checkStringVariants(column, table.rows, shown))),
    ...checkIdLike(idLike, [id, target]),
    ...(await checkDuplicates(query, table, content)),
    ...(label && known && isOfClasses(known) ? await checkLabelConflicts(query, table, label, features) : []),
    ...(label ? await checkTargetLeakage(query, table, profile, label, features) : []),
    ...(test ? await checkOverlap(query, table, { test, is: "test" }, names) : []),
    ...(oldTest ? await checkOverlap(query, table, { test: oldTest, is: "old-test" }, names) : []),
    ...(test ? await checkDateLeakage(query, table, test) : []),
  ];
}

/** What somebody else wrote is cut off here too: then there are no numbers. */
async function examplesOfRule(
  { kind }: DataRule,
  { where }: Pick<Finding, "where">,
  question: QualityQuestion,
): Promise<Examples> {
  if (kind !== "sql") return examplesOf({ where }, question);
  return examplesOf({ where }, { ...question, query: question.queryInTime }).catch(() => ({ examples: [] }));
}

/** The worst of one kind: of errors, which decide, as many as evidence has room for. */
function listed(found: readonly Finding[]): Finding[] {
  const worst = (severity: Finding["severity"], count: number) =>
    found
      .filter((finding) => finding.severity === severity)
      .toSorted((a, b) => b.measured - a.measured)
      .slice(0, count);
  return [...worst("error", maxErrors), ...worst("warn", maxWarnings)];
}

type Examples = Pick<QualityCheck, "examples" | "examplesOf">;

async function examplesOf({ where }: Pick<Finding, "where">, { query, table }: QualityQuestion): Promise<Examples> {
  if (where === undefined) return { examples: [] };
  const numbers = "numbers" in where ? where.numbers : numbersSql(where, table);
  const found = await query(`SELECT number FROM (${numbers}) ORDER BY number LIMIT ${maxExamples}`);
  const examples = found.map(({ number }) => Number(number));
  return "numbers" in where && where.of ? { examples, examplesOf: where.of } : { examples };
}

function numbersSql(where: Exclude<Finding["where"], undefined | { numbers: string }>, table: SqlTable): string {
  const column = columnOf(table, where.column);
  if (column === undefined) throw new RangeError(`There is no column ${where.column}.`);
  return `SELECT ${table.row} AS number FROM ${table.relation} WHERE ${conditionSql(where, column)}`;
}

/** What was looked for and not found, and what could not be looked for. */
function inOrder(found: ReadonlyMap<CheckName, unknown>, question: QualityQuestion): QualityCheck[] {
  const names = (Object.keys(checkFacts) as CheckName[]).filter((name) => !found.has(name));
  return names.map((name) => {
    const lacking = lackingFor(name, question);
    const check = { name, columns: [], severity: worstSeverity(name), examples: [] };
    return lacking === undefined
      ? { ...check, status: "pass", message: `Looked for ${checkFacts[name].finds}.` }
      : { ...check, status: "skipped", message: `Not looked for: ${lacking}.` };
  });
}

function lackingFor(name: CheckName, { table, profile, reference, test, target }: QualityQuestion): string | undefined {
  if (table.rows === 0 && name !== "empty-table") return "there is no row";
  const known = profile.columns.find((column) => column.name === target);
  switch (name) {
    case "schema":
    case "out-of-range":
    case "new-categories":
    case "cardinality":
      return reference ? undefined : "there is no reference";
    case "class-balance":
      if (!reference) return "there is no reference";
      return known ? undefined : "there is no target";
    case "target-leakage":
      return known ? undefined : "there is no target";
    case "label-conflicts":
      if (!known) return "there is no target";
      return isOfClasses(known) ? undefined : "the target is no class";
    case "train-test-overlap":
      return test ? undefined : "there is no test table";
    case "date-leakage":
      if (!test) return "there is no test table";
      return table.columns.some(({ type, name }) => type === "time" && columnOf(test, name))
        ? undefined
        : "there is no column of times";
    default:
      return undefined;
  }
}

/** What failed first, errors before warnings, and of one kind the worst first. */
function sorted(checks: readonly QualityCheck[]): QualityCheck[] {
  const rank = ({ status, severity }: QualityCheck) =>
    status === "fail" ? (severity === "error" ? 0 : 1) : ["unknown", "pass", "skipped"].indexOf(status) + 2;
  return checks.toSorted((a, b) => rank(a) - rank(b));
}
