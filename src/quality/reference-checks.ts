import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { ColumnCounts, TableCounts } from "../data/profile-counts.ts";
import { beyondRangePValue } from "../statistics/beyond-range.ts";
import { chiSquareContingency } from "../statistics/chi-square.ts";
import { type CheckName, severityOf } from "./check-facts.ts";
import { type Finding, percent, quotedColumn, rowsInWords } from "./finding.ts";

/** A table beside an earlier one. */
export interface Beside {
  reference: Profile;
  /** The table, counted at the reference. */
  counts: TableCounts;
  /** The table's own profile. */
  profile: Profile;
  target: string | undefined;
  /** Columns that name rows, of which new values are nothing new. */
  ids: ReadonlySet<string>;
  shown: (column: string) => boolean;
}

/** Checks that a table fails only beside another. */
export const comparesWithReference: ReadonlySet<string> = new Set<CheckName>([
  "schema",
  "out-of-range",
  "new-categories",
  "cardinality",
  "class-balance",
]);

/** What is rarer is not taken for chance: of the ranges of all columns together, and a tenth of it of the classes. */
const chance = 0.01;

/** What is other than in the reference, as a fault and not as drift. */
export function checkAgainstReference(beside: Beside): Finding[] {
  const { reference, counts } = beside;
  const pairs = reference.columns.flatMap((before) => {
    const now = counts.columns.find(({ name }) => name === before.name);
    return now === undefined || now.type === "absent" ? [] : [{ before, now }];
  });
  const numbers = pairs.filter(({ before }) => before.type === "number").length;
  return [
    ...checkSchema(beside),
    ...pairs.flatMap(({ before, now }) => [
      ...checkType(before, now, [reference.rows, counts.rows]),
      ...(beside.ids.has(before.name)
        ? []
        : [
            ...checkRange(before, now, numbers),
            ...checkNewCategories(before, now, reference.rows, beside.shown),
            ...checkCardinality(before, beside),
          ]),
      ...(before.name === beside.target ? checkClassBalance(before, now) : []),
    ]),
  ];
}

type Present = Exclude<ColumnCounts, { type: "absent" }>;
type Found = Omit<Finding, "check" | "columns" | "severity" | "measured">;

function found(check: CheckName, name: string, measured: number, finding: Found): Finding[] {
  const severity = severityOf(check, measured);
  return severity === undefined ? [] : [{ check, columns: [name], severity, measured, ...finding }];
}

function checkSchema({ counts }: Beside): Finding[] {
  const removed = counts.columns.filter(({ type }) => type === "absent").map(({ name }) => name);
  const finding = (name: string, severity: Finding["severity"], message: string): Finding => ({
    check: "schema",
    columns: [name],
    severity,
    measured: 1,
    message,
  });
  return [
    ...removed.map((name) => finding(name, "error", `${quotedColumn(name)} is not there; the reference has it.`)),
    ...counts.added.map((name) => finding(name, "warn", `${quotedColumn(name)} is new; the reference lacks it.`)),
  ];
}

const ruleTypes = { number: "number", boolean: "boolean", time: "time" } as const;

function checkType(before: ColumnProfile, now: Present, [referenceRows, rows]: readonly [number, number]): Finding[] {
  const { name, missing } = before;
  // What held no values fits every type.
  if (now.mistyped === 0 || !(before.type in ruleTypes) || missing === referenceRows) return [];
  const type = ruleTypes[before.type as keyof typeof ruleTypes];
  const present = rows - now.missing;
  return [
    {
      check: "type-mismatch",
      columns: [name],
      severity: "error",
      measured: now.mistyped / present,
      rows: { count: now.mistyped, of: present },
      where: { is: "not", type, column: name },
      message: `${quotedColumn(name)} holds ${plural[type]} in the reference, and something else in ${rowsInWords(now.mistyped, present)}.`,
    },
  ];
}

const plural = { number: "numbers", boolean: "true and false", time: "times" } as const;

function checkRange(before: ColumnProfile, now: Present, columns: number): Finding[] {
  if (before.type !== "number" || now.type !== "number") return [];
  const { knots, count: referenceRows } = before.distribution;
  const [least, greatest] = [knots[0], knots.at(-1)];
  const { count, below, atMost } = now.distribution;
  if (least === undefined || greatest === undefined || count === 0) return [];
  const beyond = (below[0] ?? 0) + count - (atMost.at(-1) ?? 0);
  if (beyondRangePValue(beyond, count, referenceRows) > chance / columns) return [];
  const { name } = before;
  return found("out-of-range", name, beyond / count, {
    rows: { count: beyond, of: count },
    where: { is: "beyond", column: name, least, greatest },
    message: `${quotedColumn(name)} lies beyond the reference's least and greatest value in ${rowsInWords(beyond, count)}.`,
  });
}

function checkNewCategories(before: ColumnProfile, now: Present, rows: number, shown: Beside["shown"]): Finding[] {
  if (!("counts" in before) || !("counts" in now) || before.counts.others.count > 0) return [];
  const { values } = before.counts;
  const { others } = now.counts;
  const count = now.counts.values.reduce((sum, value) => sum + value, others.count);
  if (count === 0 || rows === 0) return [];
  // As many rows as are the only one of their value will be of values never seen, by Good and Turing; one more, to be sure.
  const expected = (values.filter((value) => value.count === 1).length + 1) / (rows + 1);
  const noise = 3 * Math.sqrt(count * expected * (1 - expected));
  if (others.count <= count * expected + noise) return [];
  const { name } = before;
  const named = shown(name)
    ? `: ${others.mostFrequent
        .slice(0, 3)
        .map(({ value }) => JSON.stringify(value))
        .join(", ")}${others.distinct > 3 ? ` and ${others.distinct - 3} more` : ""}`
    : "";
  return found("new-categories", name, others.count / count - expected, {
    rows: { count: others.count, of: count },
    where: { is: "not-in", column: name, values: values.map(({ value }) => value), areOfProfile: true },
    message: `${quotedColumn(name)} has ${others.distinct} ${others.distinct === 1 ? "value" : "values"} that the reference lacks, in ${rowsInWords(others.count, count)}${named}.`,
  });
}

const fewMore = 10;

function checkCardinality(before: ColumnProfile, { reference, profile }: Beside): Finding[] {
  const now = profile.columns.find(({ name }) => name === before.name);
  if (before.type !== "category" || now === undefined) return [];
  const [was, is] = [distinct(before), distinct(now)];
  if (was === undefined || is === undefined || Math.abs(is - was) < fewMore) return [];
  const growth = profile.rows / Math.max(1, reference.rows);
  const factor = is > was ? is / (was * Math.max(1, growth)) : (was * Math.min(1, growth)) / Math.max(1, is);
  return found("cardinality", before.name, factor, {
    message: `${quotedColumn(before.name)} has ${is} different values, and the reference ${was}.`,
  });
}

function distinct(column: ColumnProfile): number | undefined {
  if ("counts" in column) return column.counts.values.length + column.counts.others.distinct;
  if (column.type === "text") return column.distinct;
  return column.distribution.isExact ? column.distribution.knots.length : undefined;
}

/** Labels of more kinds are no classes. */
const mostClasses = 50;

function checkClassBalance(before: ColumnProfile, now: Present): Finding[] {
  const [was, is] = [classCounts(before), countsNow(now)];
  if (was === undefined || is === undefined || was.length > mostClasses) return [];
  const [total, totalNow] = [sum(was), sum(is)];
  if (total === 0 || totalNow === 0) return [];
  // What the reference lacks stands behind its own classes.
  const all = [...was, ...is.slice(was.length).map(() => 0)];
  if (chiSquareContingency(all, is).p > chance / 10) return [];
  const distance = is.reduce((far, count, index) => far + Math.abs(count / totalNow - (all[index] ?? 0) / total) / 2, 0);
  return found("class-balance", before.name, distance, {
    message: `${percent(distance)} of the labels in ${quotedColumn(before.name)} would have to be others for the classes to be as frequent as in the reference.`,
  });
}

function classCounts(column: ColumnProfile): number[] | undefined {
  if ("counts" in column) return column.counts.values.map(({ count }) => count);
  if (column.type !== "number" || !column.distribution.isExact) return undefined;
  const { atMost } = column.distribution;
  return atMost.map((count, index) => count - (atMost[index - 1] ?? 0));
}

function countsNow(column: Present): number[] | undefined {
  if ("counts" in column) return [...column.counts.values, column.counts.others.count];
  if (column.type !== "number") return undefined;
  const { below, atMost, count } = column.distribution;
  const known = atMost.map((upTo, index) => upTo - (below[index] ?? 0));
  return [...known, count - sum(known)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
