/**
 * Hill's estimate of the tail index of positive values (1975) from the largest n^0.6 of them: P(X > x) falls as x^−index.
 * Values have a variance only where it is above 2, their squares only where it is above 4.
 * @returns Infinity where so few are above 0 that there is no tail
 */
export function tailIndex(values: Float64Array): number {
  const sorted = values.toSorted();
  const count = Math.min(sorted.length - 1, Math.max(10, Math.round(sorted.length ** 0.6)));
  const threshold = sorted[sorted.length - 1 - count] ?? 0;
  if (!(threshold > 0)) return Number.POSITIVE_INFINITY;
  let total = 0;
  for (let i = sorted.length - count; i < sorted.length; i++) total += Math.log((sorted[i] ?? 0) / threshold);
  return count / total;
}
