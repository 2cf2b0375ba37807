import { sortedOrder } from "./sorted-order.ts";
import { tieFrom } from "./ties.ts";

export interface RocAuc {
  /** Probability that a positive row scores above a negative one, ties counted half. */
  auc: number;
  /**
   * One number a row (DeLong's placement): of a positive row the share of negatives below it, of a negative row the share of
   * positives above it, ties counted half. Both kinds average to the AUC.
   */
  placements: Float64Array;
  /** Rows of each class, or their weight. */
  positives: number;
  negatives: number;
}

/**
 * Area under the ROC curve with midranks for ties, O(n log n) (Sun and Xu 2014).
 * @param scores without NaN
 * @param positive 1 for positive rows, 0 for negative ones
 * @param order of the scores, when it is known already
 * @param weights how much each row counts, as scikit-learn's `sample_weight`; undefined: 1
 * @returns an AUC of NaN where a class has no rows, or none of a weight
 */
export function rocAuc(
  scores: Float64Array,
  positive: Uint8Array,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): RocAuc {
  const rows = scores.length;
  const { positives, negatives } = sizesOf(positive, weights);
  const placements = new Float64Array(rows);
  let positivesBelow = 0;
  let negativesBelow = 0;
  let twicePairs = 0;
  for (let start = 0; start < rows; ) {
    const { end, tiedPositives, tiedNegatives } = tieFrom(start, scores, positive, order, weights);
    const ofPositive = (negativesBelow + tiedNegatives / 2) / negatives;
    const ofNegative = (positives - positivesBelow - tiedPositives / 2) / positives;
    for (let i = start; i < end; i++) {
      const row = order[i] ?? 0;
      placements[row] = positive[row] === 1 ? ofPositive : ofNegative;
    }
    twicePairs += tiedPositives * (2 * negativesBelow + tiedNegatives);
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
    start = end;
  }
  return { auc: twicePairs / 2 / positives / negatives, placements, positives, negatives };
}

/**
 * Each row's influence on the AUC, by DeLong's structural components: what its placement is off the AUC, as its class' share of
 * the rows makes it count. It adds up to 0.
 */
export function rocAucInfluence(
  { auc, placements, positives, negatives }: RocAuc,
  positive: Uint8Array,
  weights?: ArrayLike<number>,
): Float64Array {
  const rows = placements.length;
  return placements.map((placement, row) => {
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    return ((placement - auc) * weight * rows) / (positive[row] === 1 ? positives : negatives);
  });
}

/** Rows of each class, or their weight. */
export function sizesOf(positive: Uint8Array, weights?: ArrayLike<number>): { positives: number; negatives: number } {
  let positives = 0;
  let negatives = 0;
  for (let row = 0; row < positive.length; row++) {
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    if (positive[row] === 1) positives += weight;
    else negatives += weight;
  }
  return { positives, negatives };
}
