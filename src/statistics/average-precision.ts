import { sizesOf } from "./roc-auc.ts";
import { sortedOrder } from "./sorted-order.ts";
import { tieFrom } from "./ties.ts";

/**
 * Average precision, Σ (recallₖ − recallₖ₋₁) · precisionₖ over the distinct scores from the highest down, as scikit-learn has
 * it: no interpolation.
 * @param order of the scores, smallest first
 * @param weights how much each row counts, as scikit-learn's `sample_weight`; undefined: 1
 * @returns NaN without a positive row, or one of a weight
 */
export function averagePrecision(
  scores: Float64Array,
  positive: Uint8Array,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): number {
  let found = 0;
  let seen = 0;
  let total = 0;
  for (let i = order.length - 1; i >= 0; ) {
    const { end, tied, tiedPositives } = tieFrom(i, scores, positive, order, weights, -1);
    found += tiedPositives;
    seen += tied;
    if (tiedPositives > 0) total += tiedPositives * (found / seen);
    i = end;
  }
  return total / found;
}

/**
 * Influence of each row on the average precision T = E[P(Y=1 | S ≥ s)] over the scores s of positive rows. With the share of
 * positives π, N(s) = P(S ≥ s) and K(s) = P(S ≥ s, Y = 1), a row (x, y) has
 * y · K(x)/N(x) + y · Σ_{s ≤ x} 1/N(s) − Σ_{s ≤ x} K(s)/N(s)² − T · y, all over π, with the sums over positive rows' scores
 * as shares of all rows; times its weight, where shares are of the weight.
 */
export function averagePrecisionInfluence(
  scores: Float64Array,
  positive: Uint8Array,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): Float64Array {
  const rows = scores.length;
  const { positives, negatives } = sizesOf(positive, weights);
  const all = positives + negatives;
  const value = averagePrecision(scores, positive, order, weights);
  const share = positives / all;
  const influence = new Float64Array(rows);
  let positivesBelow = 0;
  let below = 0;
  let gain = 0;
  let cost = 0;
  for (let start = 0; start < rows; ) {
    const { end, tiedPositives, tiedNegatives } = tieFrom(start, scores, positive, order, weights);
    const above = (all - below) / all;
    const positivesAbove = (positives - positivesBelow) / all;
    // Where nothing at or above the score has a weight, nothing here is of a weight either.
    if (tiedPositives > 0) {
      gain += tiedPositives / all / above;
      cost += ((tiedPositives / all) * positivesAbove) / (above * above);
    }
    const precision = tiedPositives > 0 ? positivesAbove / above : 0;
    for (let i = start; i < end; i++) {
      const row = order[i] ?? 0;
      const weight = weights === undefined ? 1 : ((weights[row] ?? 0) * rows) / all;
      influence[row] = (weight * ((positive[row] === 1 ? precision + gain - value : 0) - cost)) / share;
    }
    positivesBelow += tiedPositives;
    below += tiedPositives + tiedNegatives;
    start = end;
  }
  return influence;
}
