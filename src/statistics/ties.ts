/** Rows that share one score. */
export interface Tie {
  /** The place in the order at which the next score begins. */
  end: number;
  /** How many rows of each class, and of both, or their weight. */
  tiedPositives: number;
  tiedNegatives: number;
  tied: number;
}

/**
 * The rows from `start` on that share one score.
 * @param order of the scores, smallest first
 * @param step 1: towards higher scores; −1: towards lower ones, and so is `end`
 */
export function tieFrom(
  start: number,
  scores: Float64Array,
  positive: Uint8Array,
  order: Uint32Array,
  weights?: ArrayLike<number>,
  step: 1 | -1 = 1,
): Tie {
  const score = scores[order[start] ?? 0];
  let end = start;
  let [tiedPositives, tiedNegatives, tied] = [0, 0, 0];
  for (; end >= 0 && end < order.length; end += step) {
    const row = order[end] ?? 0;
    if (scores[row] !== score) break;
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    tied += weight;
    if (positive[row] === 1) tiedPositives += weight;
    else tiedNegatives += weight;
  }
  return { end, tiedPositives, tiedNegatives, tied };
}
