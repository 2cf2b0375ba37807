import { z95 } from "./normal.ts";
import { sizesOf } from "./roc-auc.ts";
import { sortedOrder } from "./sorted-order.ts";
import { tieFrom } from "./ties.ts";

/** A point of the ROC curve: rows that score at least `threshold` are called positive. */
export interface OperatingPoint {
  recall: number;
  falsePositiveRate: number;
  /** Infinity where no row is called positive. */
  threshold: number;
}

/** Sums of weights miss whole numbers by less than this share of themselves. */
const rounding = 1e-12;

/**
 * The point of the ROC curve with the highest false positive rate that is not above `most`: rows of one score are called
 * positive together, and nothing is interpolated between points, as scikit-learn's `roc_curve` with `drop_intermediate=False`.
 * @param order of the scores, smallest first
 * @param weights how much each row counts; undefined: 1
 * @returns a recall of NaN where a class has no rows, or none of a weight
 */
export function operatingPoint(
  scores: Float64Array,
  positive: Uint8Array,
  most: number,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): OperatingPoint {
  const { positives, negatives } = sizesOf(positive, weights);
  if (!(positives > 0 && negatives > 0)) return { recall: Number.NaN, falsePositiveRate: Number.NaN, threshold: Number.NaN };
  const allowed = most * negatives * (1 + rounding);
  let point = { found: 0, alarms: 0, threshold: Number.POSITIVE_INFINITY };
  let [found, alarms] = [0, 0];
  for (let i = order.length - 1; i >= 0; ) {
    const { end, tiedPositives, tiedNegatives } = tieFrom(i, scores, positive, order, weights, -1);
    found += tiedPositives;
    alarms += tiedNegatives;
    if (alarms > allowed) break;
    point = { found, alarms, threshold: scores[order[i] ?? 0] ?? Number.NaN };
    i = end;
  }
  return { recall: point.found / positives, falsePositiveRate: point.alarms / negatives, threshold: point.threshold };
}

/**
 * Each row's influence on the recall at a false positive rate. A positive row adds what it is off the recall; a negative one moves
 * the threshold, and the recall with it by the slope of the ROC curve there, which is taken one standard error of the false
 * positive rate to either side (Woodruff 1952).
 */
export function recallAtFprInfluence(
  scores: Float64Array,
  positive: Uint8Array,
  most: number,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): Float64Array {
  const { recall, falsePositiveRate, threshold } = operatingPoint(scores, positive, most, order, weights);
  const { positives, negatives } = sizesOf(positive, weights);
  const reach = z95 * Math.sqrt((most * (1 - most)) / negativeRows(positive, weights));
  const [from, to] = [Math.max(0, most - reach), Math.min(1, most + reach)];
  const [low, high] = rocAt([from, to], { scores, positive, order, weights, positives, negatives });
  const slope = ((high ?? 0) - (low ?? 0)) / (to - from);
  const rows = scores.length;
  return scores.map((score, row) => {
    const weight = (weights === undefined ? 1 : (weights[row] ?? 0)) * rows;
    const called = score >= threshold ? 1 : 0;
    return positive[row] === 1
      ? (weight * (called - recall)) / positives
      : (-slope * weight * (called - falsePositiveRate)) / negatives;
  });
}

/** As many equally weighted negative rows say as much (Kish 1965). */
function negativeRows(positive: Uint8Array, weights: ArrayLike<number> | undefined): number {
  let total = 0;
  let squares = 0;
  for (let row = 0; row < positive.length; row++) {
    if (positive[row] === 1) continue;
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    total += weight;
    squares += weight * weight;
  }
  return (total * total) / squares;
}

interface Ranked {
  scores: Float64Array;
  positive: Uint8Array;
  order: Uint32Array;
  weights: ArrayLike<number> | undefined;
  positives: number;
  negatives: number;
}

/** The ROC curve's height at some false positive rates in rising order, straight between its points. */
function rocAt(rates: readonly number[], { scores, positive, order, weights, positives, negatives }: Ranked): number[] {
  const heights = rates.map(() => 1);
  let next = rates.length - 1;
  let [found, alarms] = [positives, negatives];
  // From the lowest score up, so from the curve's right end to the left.
  for (let start = 0; start < order.length && next >= 0; ) {
    const { end, tiedPositives, tiedNegatives } = tieFrom(start, scores, positive, order, weights);
    for (let rate = rates[next] ?? 0; next >= 0 && rate * negatives >= alarms - tiedNegatives; rate = rates[--next] ?? 0) {
      const share = tiedNegatives > 0 ? Math.min(1, (alarms - rate * negatives) / tiedNegatives) : 0;
      heights[next] = (found - share * tiedPositives) / positives;
    }
    found -= tiedPositives;
    alarms -= tiedNegatives;
    start = end;
  }
  return heights;
}
