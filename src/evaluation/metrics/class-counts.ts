import type { LabelledRows, MultilabelRows } from "../rows.ts";

/** What every metric of labels is made of, by the rows' weights; one entry a label. Its derivatives have the same shape. */
export interface ClassCounts {
  rows: number;
  /** Rows whose true label it is, or that truly have it among others. */
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
  for (let row = 0; row < rows.count; row++)
    addRows(counts, rows.truth[row] ?? 0, rows.predicted[row] ?? 0, rows.weights?.[row] ?? 1);
  return counts;
}

export function countLabels(rows: MultilabelRows): ClassCounts {
  const counts = emptyCounts(rows.labels.length);
  for (let row = 0; row < rows.count; row++) counts.rows += rows.weights?.[row] ?? 1;
  for (let label = 0; label < rows.labels.length; label++) {
    const { truth = noFlags, predicted = noFlags } = { truth: rows.truth[label], predicted: rows.predicted[label] };
    const [both, ours, theirs] = [counts.correct, counts.predicted, counts.truth];
    for (let row = 0; row < rows.count; row++) {
      const weight = rows.weights?.[row] ?? 1;
      if (truth[row]) theirs[label] = (theirs[label] ?? 0) + weight;
      if (predicted[row]) ours[label] = (ours[label] ?? 0) + weight;
      if (truth[row] && predicted[row]) both[label] = (both[label] ?? 0) + weight;
    }
  }
  return counts;
}

const noFlags = new Uint8Array();

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
 * Influence of every row on a statistic of the counts: its derivative towards the row's weight, times that weight and the number
 * of rows, so that its root mean square over √n is the standard error. A common factor of all weights changes no statistic here,
 * so that it adds up to 0 (Euler).
 * @param gradient of the statistic towards each of the counts
 */
export function influenceOf({ count, weights, truth, predicted }: LabelledRows, gradient: ClassCounts): Float64Array {
  const influence = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const [t, p] = [truth[row] ?? 0, predicted[row] ?? 0];
    const slope =
      gradient.rows + (gradient.truth[t] ?? 0) + (gradient.predicted[p] ?? 0) + (t === p ? (gradient.correct[t] ?? 0) : 0);
    influence[row] = count * (weights?.[row] ?? 1) * slope;
  }
  return influence;
}

/** As `influenceOf`, of rows with any number of labels. */
export function influenceOfLabels({ count, weights, ...rows }: MultilabelRows, gradient: ClassCounts): Float64Array {
  const influence = new Float64Array(count).fill(gradient.rows);
  for (let label = 0; label < rows.labels.length; label++) {
    const { truth = noFlags, predicted = noFlags } = { truth: rows.truth[label], predicted: rows.predicted[label] };
    const [t = 0, p = 0, both = 0] = [gradient.truth[label], gradient.predicted[label], gradient.correct[label]];
    for (let row = 0; row < count; row++) {
      const slope = (truth[row] ? t : 0) + (predicted[row] ? p : 0) + (truth[row] && predicted[row] ? both : 0);
      influence[row] = (influence[row] ?? 0) + slope;
    }
  }
  return influence.map((slope, row) => count * (weights?.[row] ?? 1) * slope);
}

/** Of two tables together. */
export function addCounts(one: ClassCounts, other: ClassCounts): ClassCounts {
  const add = (a: Float64Array, b: Float64Array) => a.map((value, label) => value + (b[label] ?? 0));
  return {
    rows: one.rows + other.rows,
    truth: add(one.truth, other.truth),
    predicted: add(one.predicted, other.predicted),
    correct: add(one.correct, other.correct),
  };
}

/** Of each row what its prediction makes of the derivative; what its truth alone does is left out. */
export function labelSlope({ truth, predicted }: LabelledRows, { correct, ...gradient }: ClassCounts): (row: number) => number {
  return (row) => {
    const [t, p] = [truth[row] ?? 0, predicted[row] ?? 0];
    return (gradient.predicted[p] ?? 0) + (t === p ? (correct[t] ?? 0) : 0);
  };
}

/** The most that another prediction of one row can make of it, over the labels that occur. */
export function steepest(gradient: ClassCounts, counts: ClassCounts): number {
  const labels = occurring(counts);
  let most = 0;
  for (const t of labels) {
    if ((counts.truth[t] ?? 0) === 0) continue;
    const slopes = labels.map((p) => (gradient.predicted[p] ?? 0) + (t === p ? (gradient.correct[t] ?? 0) : 0));
    most = Math.max(most, Math.max(...slopes) - Math.min(...slopes));
  }
  return most;
}

/** As `labelSlope`, of rows with any number of labels. */
export function labelsSlope(rows: MultilabelRows, gradient: ClassCounts): (row: number) => number {
  return (row) => {
    let slope = 0;
    for (let label = 0; label < rows.labels.length; label++)
      if (rows.predicted[label]?.[row])
        slope += (gradient.predicted[label] ?? 0) + (rows.truth[label]?.[row] ? (gradient.correct[label] ?? 0) : 0);
    return slope;
  };
}

/** As `steepest` where a row is given one label more or less. */
export function steepestLabel(gradient: ClassCounts, counts: ClassCounts): number {
  const slopes = occurring(counts).flatMap((label) => {
    const [alone = 0, both = 0] = [gradient.predicted[label], gradient.correct[label]];
    return (counts.truth[label] ?? 0) > 0 ? [Math.abs(alone), Math.abs(alone + both)] : [Math.abs(alone)];
  });
  return Math.max(0, ...slopes);
}
