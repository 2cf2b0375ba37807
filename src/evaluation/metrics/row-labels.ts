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

/** Whether two models give every row the same labels. */
export function haveSameLabels(baseline: MultilabelRows, candidate: MultilabelRows): boolean {
  return candidate.predicted.every((ours, label) => {
    const theirs = baseline.predicted[label] ?? noFlags;
    return ours.every((flag, row) => flag === theirs[row]);
  });
}
