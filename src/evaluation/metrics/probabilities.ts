import { asLabelled, type LabelledRows, quote, type Rows } from "../rows.ts";
import { countOf } from "./estimating.ts";

type Undefined = { undefinedBecause: string };

/** Score of the positive class with the truth as 0 and 1: what binary ranking metrics read. */
export interface BinaryScores {
  scores: Float64Array;
  positive: Uint8Array;
}

export function binaryScores(given: Rows): BinaryScores | Undefined {
  const rows = asLabelled(given);
  if (rows.probabilities.length === 0) return noScores;
  if (typeof rows.positive !== "number") return rows.positive;
  const label = rows.labels[rows.positive];
  const column = rows.probabilities.length === 1 ? 0 : rows.classes.indexOf(label ?? "");
  const scores = rows.probabilities[column];
  if (scores === undefined) return { undefinedBecause: `there is no score of the positive class ${quote(label)}` };
  const third = thirdLabel(rows);
  return third ?? notFinite([scores]) ?? { scores, positive: isLabel(rows, rows.positive) };
}

/** A column of scores a class of the truth, by position in `rows.labels`. */
export interface ClassScores {
  columns: { label: number; scores: Float64Array }[];
}

/** For one-vs-rest and one-vs-one: every class of the model has to occur, and every class that occurs needs its column. */
export function classScores(given: Rows): ClassScores | Undefined {
  const found = columnsByLabel(given);
  if ("undefinedBecause" in found) return found;
  const rows = asLabelled(given);
  const present = new Set(rows.truth);
  const absent = rows.classes.find((name) => !present.has(rows.labels.indexOf(name)));
  if (absent !== undefined) return { undefinedBecause: `no row of the test set is of class ${quote(absent)}` };
  if (present.size < 2) return { undefinedBecause: oneClass(rows) };
  return { columns: [...found].map(([label, scores]) => ({ label, scores })) };
}

/**
 * Probability columns by position in `rows.labels`, checked to be probabilities; labels that no row has are left out.
 * A lone score of a binary task becomes two columns.
 */
export function classProbabilities(
  given: Rows,
): { byLabel: Map<number, Float64Array>; all: readonly Float64Array[] } | Undefined {
  const rows = asLabelled(given);
  if (rows.probabilities.length === 0) return noScores;
  const [lone] = rows.probabilities;
  if (rows.probabilities.length > 1 || lone === undefined) {
    const byLabel = columnsByLabel(rows);
    if ("undefinedBecause" in byLabel) return byLabel;
    return notProbabilities(rows.probabilities) ?? { byLabel, all: rows.probabilities };
  }
  if (typeof rows.positive !== "number") return rows.positive;
  const wrong = thirdLabel(rows) ?? notFinite([lone]) ?? outsideUnit([lone]);
  if (wrong) return wrong;
  const rest = lone.map((probability) => 1 - probability);
  const byLabel = new Map(rows.labels.map((_, label) => [label, label === rows.positive ? lone : rest]));
  return { byLabel, all: [rest, lone] };
}

function columnsByLabel(given: Rows): Map<number, Float64Array> | Undefined {
  const rows = asLabelled(given);
  if (rows.probabilities.length === 0) return noScores;
  if (rows.probabilities.length !== rows.classes.length) return { undefinedBecause: "there is one score, not one a class" };
  const positions = new Map(rows.labels.map((label, position) => [label, position]));
  const columns = new Map<number, Float64Array>();
  for (const [i, name] of rows.classes.entries()) {
    const [position, scores] = [positions.get(name), rows.probabilities[i]];
    if (position !== undefined && scores !== undefined) columns.set(position, scores);
  }
  for (const label of new Set(rows.truth))
    if (!columns.has(label)) return { undefinedBecause: `the model gives no probability of class ${quote(rows.labels[label])}` };
  return notFinite(rows.probabilities) ?? columns;
}

/** 1 where the row is of that label. */
export function isLabel({ truth }: LabelledRows, label: number): Uint8Array {
  const flags = new Uint8Array(truth.length);
  for (let row = 0; row < truth.length; row++) flags[row] = truth[row] === label ? 1 : 0;
  return flags;
}

/** Whether both models gave the same scores, column by column. */
export function sameScores(given: Rows, other: Rows): boolean {
  const [a, b] = [asLabelled(given), asLabelled(other)];
  return (
    a.probabilities.length === b.probabilities.length &&
    a.classes.length === b.classes.length &&
    a.probabilities.every((column, i) => {
      const name = a.classes[i];
      const at = name === undefined || a.probabilities.length === 1 ? i : b.classes.indexOf(name);
      return sameNumbers(column, b.probabilities[at]);
    })
  );
}

export function sameNumbers(a: Float64Array, b: Float64Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, row) => Object.is(value, b[row]) || value === b[row]);
}

/** Rows of each class of the truth: what rankings and losses of probabilities live on. */
export function needOfEachClass(given: Rows, least: number): string | undefined {
  const rows = asLabelled(given);
  const counts = new Map<number, number>();
  for (const label of rows.truth) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [label, has] = [...counts].reduce((a, b) => (b[1] < a[1] ? b : a), [-1, Number.POSITIVE_INFINITY]);
  return has < least ? `needs ${least} rows of each class, has ${has} of ${quote(rows.labels[label])}` : undefined;
}

const noScores = { undefinedBecause: "the model gives no scores or probabilities" };

export function oneClass(rows: LabelledRows): string {
  const [label] = rows.truth;
  return label === undefined ? "there are no rows" : `every row of the test set is of class ${quote(rows.labels[label])}`;
}

function thirdLabel({ truth }: LabelledRows): Undefined | undefined {
  const [first] = truth;
  const second = truth.find((label) => label !== first);
  if (truth.every((label) => label === first || label === second)) return undefined;
  const labels = new Set(truth).size;
  return labels > 2 ? { undefinedBecause: `the test set has ${labels} labels; a binary task has two` } : undefined;
}

function notFinite(columns: readonly Float64Array[]): Undefined | undefined {
  const rows = columns.reduce(
    (most, column) =>
      Math.max(
        most,
        countWhere(column, (value) => !Number.isFinite(value)),
      ),
    0,
  );
  return rows > 0 ? { undefinedBecause: `the score of ${countOf(rows, "row")} is not a finite number` } : undefined;
}

function outsideUnit(columns: readonly Float64Array[]): Undefined | undefined {
  const rows = columns.reduce(
    (most, column) =>
      Math.max(
        most,
        countWhere(column, (value) => value < 0 || value > 1),
      ),
    0,
  );
  return rows > 0
    ? { undefinedBecause: `the score of ${countOf(rows, "row")} is no probability: it lies outside 0 to 1` }
    : undefined;
}

/** Rounded columns may miss 1 by a little. */
const sumTolerance = 0.01;

function notProbabilities(columns: readonly Float64Array[]): Undefined | undefined {
  const outside = outsideUnit(columns);
  const [first] = columns;
  if (outside || first === undefined) return outside;
  const rows = countWhere(
    first,
    (_, row) => Math.abs(columns.reduce((sum, column) => sum + (column[row] ?? 0), 0) - 1) > sumTolerance,
  );
  return rows > 0 ? { undefinedBecause: `the probabilities of ${countOf(rows, "row")} do not add up to 1` } : undefined;
}

function countWhere(values: Float64Array, test: (value: number, row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < values.length; row++) if (test(values[row] ?? 0, row)) count++;
  return count;
}
