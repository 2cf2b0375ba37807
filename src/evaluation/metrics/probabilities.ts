import type { Need } from "../guards.ts";
import { asLabelled, asMultilabel, type LabelledRows, quote, type Rows } from "../rows.ts";
import { countOf } from "./estimating.ts";
import { orderOf } from "./order.ts";

type Undefined = { undefinedBecause: string };

/** Scores of a class or label with the truth of it as 0 and 1: what ranking metrics read. */
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

/** Scores of the positive class, asked only where they were found before. */
export function definedScores(rows: Rows): BinaryScores {
  const found = binaryScores(rows);
  if ("undefinedBecause" in found) throw new Error(`Asked for an interval where there are no scores: ${found.undefinedBecause}.`);
  return found;
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
  const present = presentLabels(rows);
  const absent = rows.classes.find((name) => !present.has(rows.labels.indexOf(name)));
  if (absent !== undefined) return { undefinedBecause: `no row of the test set is of class ${quote(absent)}` };
  if (present.size < 2) return { undefinedBecause: oneClass(rows) };
  return { columns: [...found].map(([label, scores]) => ({ label, scores })) };
}

/** One ranking: of the positive class, of each class against the rest, or of each label. */
export function rankingsOf(rows: Rows): BinaryScores[] | Undefined {
  if (rows.kind === "multilabel") return labelScores(rows);
  const { task } = asLabelled(rows);
  if (task === "binary") {
    const found = binaryScores(rows);
    return "undefinedBecause" in found ? found : [found];
  }
  const found = classScores(rows);
  if ("undefinedBecause" in found) return found;
  return found.columns.map(({ label, scores }) => ({ scores, positive: isLabel(asLabelled(rows), label) }));
}

function labelScores(given: Rows): BinaryScores[] | Undefined {
  const { labels, truth, probabilities } = asMultilabel(given);
  if (probabilities.every((column) => column === undefined)) return noScores;
  const columns = probabilities.filter((column) => column !== undefined);
  const absent = probabilities.indexOf(undefined);
  if (absent >= 0) return { undefinedBecause: `the model gives no probability of label ${quote(labels[absent])}` };
  const none = new Uint8Array(given.count);
  return notFinite(columns) ?? columns.map((scores, label) => ({ scores, positive: truth[label] ?? none }));
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

/** Rows with and without each label. */
export function needsOfEachLabel(given: Rows, least: number): Need[] {
  const rows = asMultilabel(given);
  return rows.truth.flatMap((flags, label) =>
    (["with", "without"] as const).map((which): Need => {
      const flag = which === "with" ? 1 : 0;
      const has = `${which} ${quote(rows.labels[label])}`;
      return { least, of: `rows ${which} each label`, has, rows: (row) => (flags[row] === flag ? 1 : 0), sides: "truth" };
    }),
  );
}

/** Labels that every row has, or none. */
export function labelsOfOneKind(given: Rows): { has: boolean; because: string }[] {
  const rows = asMultilabel(given);
  return rows.truth.flatMap((flags, label) => {
    const [first] = flags;
    if (flags.some((flag) => flag !== first)) return [];
    const has = first === 1;
    return [{ has, because: `${has ? "every" : "no"} row has the label ${quote(rows.labels[label])}` }];
  });
}

/** Whether both models gave the same scores, column by column. */
export function sameScores(given: Rows, other: Rows): boolean {
  if (given.kind === "multilabel") {
    const { probabilities } = asMultilabel(other);
    return given.probabilities.every((column, label) =>
      column === undefined ? probabilities[label] === undefined : sameNumbers(column, probabilities[label]),
    );
  }
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

/** Whether both models put the rows into the same order by the score of the positive class, ties included. */
export function sameRanking(baseline: Rows, candidate: Rows): boolean {
  const [theirs, ours] = [binaryScores(baseline), binaryScores(candidate)];
  if (!("scores" in theirs && "scores" in ours)) return false;
  const [before, after] = [orderOf(theirs.scores), orderOf(ours.scores)];
  const tiesAt = (scores: Float64Array, order: Uint32Array, at: number) =>
    scores[order[at - 1] ?? -1] === scores[order[at] ?? -1];
  return after.every((row, at) => row === before[at] && tiesAt(theirs.scores, before, at) === tiesAt(ours.scores, after, at));
}

export function sameNumbers(a: Float64Array, b: Float64Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, row) => Object.is(value, b[row]) || value === b[row]);
}

/** Rows of each class of the truth, the rarest first: what rankings and losses of probabilities live on. */
export function needsOfEachClass(given: Rows, least: number): Need[] {
  const { truth, labels } = asLabelled(given);
  const counts = new Map<number, number>();
  for (const label of truth) counts.set(label, (counts.get(label) ?? 0) + 1);
  const rarestFirst = [...counts].sort(([, a], [, b]) => a - b);
  return rarestFirst.map(([label]): Need => {
    const has = `of ${quote(labels[label])}`;
    return { least, of: "rows of each class", has, rows: (row) => (truth[row] === label ? 1 : 0), sides: "truth" };
  });
}

const noScores = { undefinedBecause: "the model gives no scores or probabilities" };

export function oneClass(rows: LabelledRows): string {
  const [label] = presentLabels(rows);
  const which = rows.weights === undefined ? "every row of the test set" : "every row that has a weight";
  return label === undefined ? "there are no rows" : `${which} is of class ${quote(rows.labels[label])}`;
}

function presentLabels(rows: LabelledRows): Set<number> {
  return new Set(rows.truth);
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
