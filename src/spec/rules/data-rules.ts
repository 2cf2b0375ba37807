import { isTable, ruleName } from "../data-rule.ts";
import { columnTerms, momentOf, ruleSubjects } from "../data-rule-schema.ts";
import { didYouMean } from "../did-you-mean.ts";
import { dataFile, normalised } from "../paths.ts";
import { below, exactlyOne, isMap, type Loose, listOf, type Report } from "../rule.ts";
import type { WrittenModel } from "./model.ts";

export function checkDataRules(model: WrittenModel, reportModel: Report): void {
  const seen = new Map<string, number>();
  for (const [index, rule] of model.dataRules.entries()) {
    if (!isMap(rule)) continue;
    const report = below(reportModel, "data", "rules", index);
    exactlyOne(rule, ruleSubjects, report, "Write for example {column: amount, min: 0}; each rule is one of its own.");
    checkColumnTerms(rule, report);
    checkSql(rule, report);
    checkRows(rule, report);
    checkUnique(rule, report);
    checkTable(rule, model, report);
    for (const { key, name } of namesOf(rule)) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else
        report(
          [key],
          `There is already a rule ${name} on line ${model.line(["data", "rules", first])}.`,
          key === "sql" ? "Give one of them another name." : "Keep one of them.",
        );
    }
  }
}

function checkColumnTerms(rule: Loose, report: Report): void {
  const terms = columnTerms.filter((key) => rule[key] !== undefined);
  const [first] = terms;
  if (rule.column === undefined) {
    if (first !== undefined && ruleSubjects.some((key) => rule[key] !== undefined))
      report([first], `${first} has an effect only beside column.`, "Write a rule of its own for the column.");
    return;
  }
  if (first === undefined)
    report(
      ["column"],
      "The rule asks nothing of the column.",
      "Add min, max, in, matches, missing or type: {column: amount, min: 0}.",
    );
  const { min, max, missing, type } = rule;
  if ((typeof min === "number" || typeof min === "string") && (typeof max === "number" || typeof max === "string")) {
    if (typeof min !== typeof max) report(["max"], "min and max are a number and a time.", "Write both alike.");
    else if (positionOf(min) > positionOf(max)) report(["max"], "max is less than min.", "Swap them.");
  }
  if (missing === 1 || missing === "100%") report(["missing"], "The rule can never fail.", "Write a smaller share, such as 5%.");
  const bound = [min, max].find((value) => value !== undefined);
  if (typeof type === "string" && bound !== undefined && fitsNot(type, bound))
    report(
      ["type"],
      `A bound of ${JSON.stringify(bound)} is none for values of type ${type}.`,
      "Write a bound of this type, or another type.",
    );
}

function positionOf(bound: number | string): number {
  return typeof bound === "number" ? bound : momentOf(bound);
}

function fitsNot(type: string, bound: unknown): boolean {
  if (type === "boolean") return true;
  return type === "time" ? typeof bound === "number" : typeof bound === "string";
}

function checkSql(rule: Loose, report: Report): void {
  if (rule.sql !== undefined && rule.name === undefined)
    report(["name"], "name is missing: an expression has to be called something.", "Add name: fee-is-part-of-amount.");
  if (rule.sql === undefined && rule.name !== undefined)
    report(["name"], "name has an effect only beside sql.", "Remove it: other rules are called by what they ask.");
}

function checkRows({ rows }: Loose, report: Report): void {
  if (!isMap(rows)) return;
  const { "at-least": least, "at-most": most } = rows;
  if (Object.keys(rows).length === 0) report(["rows"], "The rule asks nothing.", "Write {at-least: 1000}.");
  if (typeof least === "number" && typeof most === "number" && least > most)
    report(["rows", "at-most"], "at-most is less than at-least.", "Swap them.");
}

function checkUnique({ unique }: Loose, report: Report): void {
  const columns = listOf(unique);
  for (const [index, column] of columns.entries())
    if (columns.indexOf(column) < index)
      report(["unique", index], `The column ${JSON.stringify(column)} is named twice.`, "Keep one of them.");
}

/** A rule of no table at all would hold whatever the data is. */
function checkTable({ table }: Loose, { train, evaluate }: WrittenModel, report: Report): void {
  const inputs = isMap(train?.inputs) ? listOf(train.inputs.data) : [];
  const recipe = isMap(train?.recipe) ? [train.recipe.data] : [];
  const training = [...recipe, ...inputs].filter((path) => typeof path === "string");
  if (typeof table !== "string") {
    if (train === undefined || training.some(isTable)) return;
    report([], "There is no training table that the rule could be about.", "Name it in train.inputs.data, or write table: here.");
    return;
  }
  const known = [...training, ...(typeof evaluate?.data === "string" ? [evaluate.data] : [])].filter(isTable);
  if (known.some((path) => sameFile(path, table))) return;
  const meant = didYouMean(table, known);
  report(
    ["table"],
    `${JSON.stringify(table)} is not among the tables of train.inputs.data and evaluate.data.`,
    meant === undefined ? `Write one of ${known.slice(0, 20).join(", ")}, or add it there.` : `Did you mean ${meant}?`,
  );
}

function sameFile(one: string, other: string): boolean {
  return dataFile(normalised(one)) === dataFile(normalised(other));
}

/** What the rules will be called, as far as it can be told, and by which key. */
function namesOf(rule: Loose): { key: string; name: string }[] {
  const { column, unique, rows, references, fresh, sql, name } = rule;
  const table = typeof rule.table === "string" ? normalised(rule.table) : undefined;
  const named = (key: string, subject: unknown, asks: unknown = key) =>
    typeof subject === "string" && typeof asks === "string" ? [{ key, name: ruleName(subject, asks, table) }] : [];
  return [
    ...columnTerms.flatMap((key) => (rule[key] === undefined ? [] : named(key, column))),
    ...(Array.isArray(unique) ? named("unique", unique.join(",")) : []),
    ...(isMap(rows) ? Object.keys(rows).flatMap((asks) => named("rows", "rows", asks)) : []),
    ...(isMap(references) ? named("references", references.column) : []),
    ...(isMap(fresh) ? named("fresh", fresh.column) : []),
    ...(sql === undefined ? [] : named("sql", "sql", name)),
  ];
}
