import { normalQuantile } from "./normal.ts";

/**
 * First Wasserstein distance ∫ |F₁ − F₂| dx of two samples, in their unit. As `scipy.stats.wasserstein_distance`.
 * @param first, second finite values sorted upwards, at least one each
 */
export function wassersteinDistance(first: Float64Array, second: Float64Array): number {
  let [i, j] = [0, 0];
  let sum = 0;
  let before = Math.min(first[0] ?? Number.NaN, second[0] ?? Number.NaN);
  while (i < first.length || j < second.length) {
    const value = Math.min(first[i] ?? Number.POSITIVE_INFINITY, second[j] ?? Number.POSITIVE_INFINITY);
    sum += Math.abs(i / first.length - j / second.length) * (value - before);
    while (i < first.length && (first[i] ?? 0) <= value) i++;
    while (j < second.length && (second[j] ?? 0) <= value) j++;
    before = value;
  }
  return sum;
}

/**
 * First Wasserstein distance of two samples' pooled normal scores, Φ⁻¹ of the mid-ranks of both together: about how many standard
 * deviations they lie apart, whatever the shape of the distribution.
 * @param first, second rows with at most each of the same ascending values, the last of them all rows
 */
export function normalScoreDistance(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const classes = first.length;
  const [rows, others] = [first[classes - 1] ?? 0, second[classes - 1] ?? 0];
  const all = rows + others;
  let sum = 0;
  let [below, score, gap] = [0, Number.NaN, 0];
  for (let i = 0; i < classes; i++) {
    const atMost = (first[i] ?? 0) + (second[i] ?? 0);
    if (atMost === below) continue;
    const next = normalQuantile((below + atMost) / 2 / all);
    if (gap > 0) sum += gap * (next - score);
    score = next;
    gap = Math.abs((first[i] ?? 0) / rows - (second[i] ?? 0) / others);
    below = atMost;
  }
  return sum;
}
