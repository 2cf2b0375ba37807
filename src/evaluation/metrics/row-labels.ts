import type { MultilabelRows } from "../rows.ts";

/** Of each row how many labels it truly has, how many the model gives it, and how many are both. */
export interface RowLabels {
  truth: Uint32Array;
  predicted: Uint32Array;
  correct: Uint32Array;
}

export function countRowLabels({ count, ...rows }: MultilabelRows): RowLabels {
  const counts = { truth: new Uint32Array(count), predicted: new Uint32Array(count), correct: new Uint32Array(count) };
  for (const [label, truth] of rows.truth.entries()) {
    const predicted = rows.predicted[label] ?? noFlags;
    for (let row = 0; row < count; row++) {
      const [t = 0, p = 0] = [truth[row], predicted[row]];
      counts.truth[row] = (counts.truth[row] ?? 0) + t;
      counts.predicted[row] = (counts.predicted[row] ?? 0) + p;
      counts.correct[row] = (counts.correct[row] ?? 0) + (t & p);
    }
  }
  return counts;
}

const noFlags = new Uint8Array();

/** Rows whose predicted labels differ in any way. */
export function countDifferent(baseline: MultilabelRows, candidate: MultilabelRows): number {
  const differs = new Uint8Array(candidate.count);
  for (const [label, ours] of candidate.predicted.entries()) {
    const theirs = baseline.predicted[label] ?? noFlags;
    for (let row = 0; row < differs.length; row++) if (ours[row] !== theirs[row]) differs[row] = 1;
  }
  return differs.reduce((count, flag) => count + flag, 0);
}

const leastDifferentRows = 10;

/** Two models that label nearly every row alike leave too few rows to judge the noise of a change by. */
export function needDifferent(baseline: MultilabelRows, candidate: MultilabelRows): string | undefined {
  const has = countDifferent(baseline, candidate);
  return has < leastDifferentRows ? `needs ${leastDifferentRows} rows that the models label differently, has ${has}` : undefined;
}
