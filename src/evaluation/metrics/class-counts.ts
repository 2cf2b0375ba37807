import type { LabelledRows } from "../rows.ts";

/** What every metric of labels is made of; one entry a label. Real numbers are fine, so that it can be differentiated. */
export interface ClassCounts {
  rows: number;
  /** Rows whose true label it is. */
  truth: Float64Array;
  /** Rows that were given it. */
  predicted: Float64Array;
  /** Rows of both. */
  correct: Float64Array;
}

export function emptyCounts(labels: number): ClassCounts {
  return {
    rows: 0,
    truth: new Float64Array(labels),
    predicted: new Float64Array(labels),
    correct: new Float64Array(labels),
  };
}

export function countClasses(rows: LabelledRows): ClassCounts {
  const counts = emptyCounts(rows.labels.length);
  for (let row = 0; row < rows.count; row++) addRows(counts, rows.truth[row] ?? 0, rows.predicted[row] ?? 0, 1);
  return counts;
}

export function addRows(counts: ClassCounts, truth: number, predicted: number, weight: number): void {
  counts.rows += weight;
  counts.truth[truth] = (counts.truth[truth] ?? 0) + weight;
  counts.predicted[predicted] = (counts.predicted[predicted] ?? 0) + weight;
  if (truth === predicted) counts.correct[truth] = (counts.correct[truth] ?? 0) + weight;
}

export function clearCounts(counts: ClassCounts): void {
  counts.rows = 0;
  for (const values of [counts.truth, counts.predicted, counts.correct]) values.fill(0);
}

/** Labels that occur in the truth or in the predictions. */
export function occurring({ truth, predicted }: ClassCounts): number[] {
  return [...truth.keys()].filter((label) => (truth[label] ?? 0) + (predicted[label] ?? 0) > 0);
}

/** Total over labels. */
export function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * Influence of every row on a statistic of the counts, by central differences: of a row with labels (t, p) the derivative
 * towards truth[t], towards predicted[p] and, where t = p, towards correct[t], times the number of rows.
 */
export function influenceOf(rows: LabelledRows, counts: ClassCounts, statistic: (counts: ClassCounts) => number): Float64Array {
  const step = 1e-4;
  const derivative = (values: Float64Array) =>
    values.map((value, label) => {
      values[label] = value + step;
      const above = statistic(counts);
      values[label] = value - step;
      const below = statistic(counts);
      values[label] = value;
      return ((above - below) / (2 * step)) * counts.rows;
    });
  const truth = derivative(counts.truth);
  const predicted = derivative(counts.predicted);
  const correct = derivative(counts.correct);
  return Float64Array.from({ length: rows.count }, (_, row) => {
    const [t, p] = [rows.truth[row] ?? 0, rows.predicted[row] ?? 0];
    return (truth[t] ?? 0) + (predicted[p] ?? 0) + (t === p ? (correct[t] ?? 0) : 0);
  });
}
