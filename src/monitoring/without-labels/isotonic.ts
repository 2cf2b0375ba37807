import { sortedOrder } from "../../statistics/sorted-order.ts";

/** What a score means as a probability. */
export type Calibration = (scores: Float64Array) => Float64Array;

/** Scores closer than this are one, as scikit-learn has it. */
const resolution = 1e-15;

/**
 * Isotonic regression of the labels on the scores: the share of positive rows as a function of the score that never falls, by
 * pooling adjacent violators; straight between the scores that were seen, and constant beyond them. As scikit-learn's
 * `IsotonicRegression(out_of_bounds="clip")`.
 * @param scores at least one, without NaN
 * @param positive 1 for positive rows, 0 for negative ones
 */
export function fitIsotonic(scores: Float64Array, positive: Uint8Array): Calibration {
  const { knots, heights } = pooled(scores, positive);
  const last = knots.length - 1;
  return (asked) =>
    asked.map((score) => {
      if (score <= (knots[0] ?? 0)) return heights[0] ?? Number.NaN;
      if (score >= (knots[last] ?? 0)) return heights[last] ?? Number.NaN;
      const above = firstFrom(knots, score);
      const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [knots[above - 1], knots[above], heights[above - 1], heights[above]];
      return y0 + ((y1 - y0) / (x1 - x0)) * (score - x0);
    });
}

/** The different scores, and the fitted share at each. */
function pooled(scores: Float64Array, positive: Uint8Array): { knots: Float64Array; heights: Float64Array } {
  const knots: number[] = [];
  // Blocks of neighbours that share a height: their positives, rows, and how many knots they span.
  const [events, rows, spans]: [number[], number[], number[]] = [[], [], []];
  for (const row of sortedOrder(scores)) {
    const score = scores[row] ?? 0;
    const isNew = knots.length === 0 || score - (knots.at(-1) ?? 0) >= resolution;
    if (isNew) {
      merge(events, rows, spans);
      knots.push(score);
      events.push(0);
      rows.push(0);
      spans.push(1);
    }
    events.push((events.pop() ?? 0) + (positive[row] ?? 0));
    rows.push((rows.pop() ?? 0) + 1);
  }
  merge(events, rows, spans);
  const heights = new Float64Array(knots.length);
  let at = 0;
  for (const [block, span] of spans.entries()) {
    heights.fill((events[block] ?? 0) / (rows[block] ?? 1), at, at + span);
    at += span;
  }
  return { knots: Float64Array.from(knots), heights };
}

/** The last block joins those before it that are not lower. */
function merge(events: number[], rows: number[], spans: number[]): void {
  while (events.length > 1) {
    const last = events.length - 1;
    const isLower = (events[last - 1] ?? 0) * (rows[last] ?? 0) < (events[last] ?? 0) * (rows[last - 1] ?? 0);
    if (isLower) return;
    for (const list of [events, rows, spans]) list.splice(last - 1, 2, (list[last - 1] ?? 0) + (list[last] ?? 0));
  }
}

/** The first position whose value is at least that. */
function firstFrom(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
