import { sum } from "../../statistics/moments.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";

/** Rows whose labels are not known: what the model said, and how likely each is positive. */
export interface UnlabelledView {
  scores: Float64Array;
  /** Calibrated. */
  probability: Float64Array;
  /** 1 where positive is predicted. */
  predicted: Uint8Array;
}

/** Names as NannyML has them. Of several classes each is the mean over the classes, but accuracy. */
export const estimatedMetrics = ["roc_auc", "average_precision", "f1", "precision", "recall", "specificity", "accuracy"] as const;
export type EstimatedMetric = (typeof estimatedMetrics)[number];

type Expected = (view: UnlabelledView) => number;

/** A metric's value when each row is positive with its probability: of the expected counts, not the expected ratio. */
export const expectedMetrics: Readonly<Record<Exclude<EstimatedMetric, "accuracy">, Expected>> = {
  roc_auc: expectedRocAuc,
  average_precision: expectedAveragePrecision,
  f1: (view) => ratio(expectedCounts(view), ({ tp, fp, fn }) => [tp, tp + (fp + fn) / 2]),
  precision: (view) => ratio(expectedCounts(view), ({ tp, fp }) => [tp, tp + fp]),
  recall: (view) => ratio(expectedCounts(view), ({ tp, fn }) => [tp, tp + fn]),
  specificity: (view) => ratio(expectedCounts(view), ({ tn, fp }) => [tn, tn + fp]),
};

interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

function expectedCounts({ probability, predicted }: UnlabelledView): Counts {
  const of = (label: 0 | 1, share: (p: number) => number) =>
    sum(probability.map((p, row) => (predicted[row] === label ? share(p) : 0)));
  return { tp: of(1, (p) => p), fp: of(1, (p) => 1 - p), fn: of(0, (p) => p), tn: of(0, (p) => 1 - p) };
}

function ratio(counts: Counts, of: (counts: Counts) => [number, number]): number {
  const [above, below] = of(counts);
  return below === 0 ? 0 : above / below;
}

/** Expected positives and negatives among the rows with the highest scores, from 0 rows to all. */
function expectedFound({ scores, probability }: UnlabelledView): { positives: Float64Array; negatives: Float64Array } {
  const positives = new Float64Array(scores.length + 1);
  const negatives = new Float64Array(scores.length + 1);
  let found = 0;
  for (const [i, row] of sortedOrder(scores).toReversed().entries()) {
    found += probability[row] ?? 0;
    positives[i + 1] = roundedAsThere(found);
    negatives[i + 1] = roundedAsThere(i + 1 - found);
  }
  return { positives, negatives };
}

/** NannyML rounds the running sums to five decimals. */
function roundedAsThere(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

function expectedRocAuc(view: UnlabelledView): number {
  const { positives, negatives } = expectedFound(view);
  let area = 0;
  for (let i = 1; i < positives.length; i++)
    area += (((negatives[i] ?? 0) - (negatives[i - 1] ?? 0)) * ((positives[i] ?? 0) + (positives[i - 1] ?? 0))) / 2;
  return area / ((positives.at(-1) ?? 0) * (negatives.at(-1) ?? 0));
}

function expectedAveragePrecision(view: UnlabelledView): number {
  const { positives } = expectedFound(view);
  let total = 0;
  for (let i = 1; i < positives.length; i++) total += (((positives[i] ?? 0) - (positives[i - 1] ?? 0)) * (positives[i] ?? 0)) / i;
  return total / (positives.at(-1) ?? 0);
}
