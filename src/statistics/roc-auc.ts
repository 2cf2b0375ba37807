import { sortedOrder } from "./sorted-order.ts";

export interface RocAuc {
  /** Probability that a positive row scores above a negative one, ties counted half. */
  auc: number;
  /**
   * One number a row (DeLong's placement): of a positive row the share of negatives below it, of a negative row the share of
   * positives above it, ties counted half. Both kinds average to the AUC.
   */
  placements: Float64Array;
  positives: number;
  negatives: number;
}

/**
 * Area under the ROC curve with midranks for ties, O(n log n) (Sun and Xu 2014).
 * @param scores without NaN
 * @param positive 1 for positive rows, 0 for negative ones
 * @param order of the scores, when it is known already
 */
export function rocAuc(scores: Float64Array, positive: Uint8Array, order: Uint32Array = sortedOrder(scores)): RocAuc {
  const rows = scores.length;
  const positives = positive.reduce((count, flag) => count + flag, 0);
  const negatives = rows - positives;
  const placements = new Float64Array(rows);
  let positivesBelow = 0;
  let twicePairs = 0;
  for (let start = 0; start < rows; ) {
    const { end, tiedPositives } = tieFrom(start, scores, positive, order);
    const negativesBelow = start - positivesBelow;
    const tiedNegatives = end - start - tiedPositives;
    const ofPositive = (negativesBelow + tiedNegatives / 2) / negatives;
    const ofNegative = (positives - positivesBelow - tiedPositives / 2) / positives;
    for (let i = start; i < end; i++) {
      const row = order[i] ?? 0;
      placements[row] = positive[row] === 1 ? ofPositive : ofNegative;
    }
    twicePairs += tiedPositives * (2 * negativesBelow + tiedNegatives);
    positivesBelow += tiedPositives;
    start = end;
  }
  return { auc: twicePairs / 2 / positives / negatives, placements, positives, negatives };
}

/** The rows from `start` on that share one score. */
export function tieFrom(start: number, scores: Float64Array, positive: Uint8Array, order: Uint32Array) {
  const score = scores[order[start] ?? 0];
  let end = start;
  let tiedPositives = 0;
  while (end < order.length && scores[order[end] ?? 0] === score) {
    tiedPositives += positive[order[end] ?? 0] ?? 0;
    end++;
  }
  return { end, tiedPositives };
}
