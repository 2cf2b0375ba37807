import { z95 } from "./normal.ts";
import { sortedOrder } from "./sorted-order.ts";
import { tieFrom } from "./ties.ts";

/** Sums of weights miss whole numbers by less than this share of themselves. */
const rounding = 1e-12;

/**
 * Share of positives among the `k` rows with the highest scores. Rows that tie at the cut are taken in random order, and the
 * share is what is expected of it.
 * @param order of the scores, smallest first
 * @param weights how many rows each row counts as; undefined: 1
 * @returns NaN where there are fewer than `k` rows
 */
export function precisionAtK(
  scores: Float64Array,
  positive: Uint8Array,
  k: number,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): number {
  return foundAmong([k], scores, positive, order, weights)[0] ?? Number.NaN;
}

/** Share of positives among the first rows, for numbers of rows in rising order; NaN where there are fewer. */
function foundAmong(
  cuts: readonly number[],
  scores: Float64Array,
  positive: Uint8Array,
  order: Uint32Array,
  weights: ArrayLike<number> | undefined,
): number[] {
  const shares = cuts.map(() => Number.NaN);
  let next = 0;
  let [seen, found] = [0, 0];
  for (let i = order.length - 1; i >= 0 && next < cuts.length; ) {
    const { end, tied, tiedPositives } = tieFrom(i, scores, positive, order, weights, -1);
    for (let cut = cuts[next]; cut !== undefined && tied > 0 && cut <= seen + tied; cut = cuts[++next])
      shares[next] = (found + ((cut - seen) * tiedPositives) / tied) / cut;
    seen += tied;
    found += tiedPositives;
    i = end;
  }
  // Of all rows.
  for (let cut = cuts[next]; cut !== undefined && cut <= seen * (1 + rounding); cut = cuts[++next]) shares[next] = found / cut;
  return shares;
}

/**
 * Each row's influence on the precision of the first `k` rows as a share of all. A row above the cut adds what it is off the share
 * of positives at the cut; that share is taken one standard error of the number of rows above a fixed cut to either side
 * (Woodruff 1952).
 */
export function precisionAtKInfluence(
  scores: Float64Array,
  positive: Uint8Array,
  k: number,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): Float64Array {
  const rows = scores.length;
  const weightOf = (row: number) => (weights === undefined ? 1 : (weights[row] ?? 0));
  let [total, squares] = [0, 0];
  for (let row = 0; row < rows; row++) {
    total += weightOf(row);
    squares += weightOf(row) ** 2;
  }
  const share = k / total;
  const ofRow = squares / total;
  const reach = Math.max(ofRow, z95 * Math.sqrt(k * (1 - share) * ofRow));
  const cuts = [Math.max(Math.min(ofRow, k), k - reach), k, Math.min(total, k + reach)];
  const [low = 0, value = 0, high = 0] = foundAmong(cuts, scores, positive, order, weights);
  const [from = 0, , to = 0] = cuts;
  const atCut = to > from ? Math.min(1, Math.max(0, (high * to - low * from) / (to - from))) : value;
  return amongFirst(scores, positive, k, order, weights).map((called, row) => {
    const part = called * ((positive[row] ?? 0) - atCut) - share * (value - atCut);
    return (part * weightOf(row) * rows) / k;
  });
}

/** How much of each row is among the first `k`: 1 or 0, and of rows that tie at the cut the share of them that is. */
export function amongFirst(
  scores: Float64Array,
  positive: Uint8Array,
  k: number,
  order: Uint32Array = sortedOrder(scores),
  weights?: ArrayLike<number>,
): Float64Array {
  const taken = new Float64Array(scores.length);
  let seen = 0;
  for (let i = order.length - 1; i >= 0 && seen < k; ) {
    const { end, tied } = tieFrom(i, scores, positive, order, weights, -1);
    const share = tied > 0 ? Math.min(1, (k - seen) / tied) : 0;
    for (; i > end; i--) taken[order[i] ?? 0] = share;
    seen += tied;
  }
  return taken;
}
