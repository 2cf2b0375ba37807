import { normalCdf } from "./normal.ts";

/**
 * Two-sided p-value of the pooled z-test that two shares are the same (without continuity correction): z² is Pearson's chi-square of
 * the 2 × 2 table. An approximation that needs some ten of each kind on both sides; 1 where all rows are of one kind.
 * @param hits, rows of both sides, rows > 0
 */
export function twoProportionPValue(hits: readonly [number, number], rows: readonly [number, number]): number {
  const pooled = (hits[0] + hits[1]) / (rows[0] + rows[1]);
  if (pooled === 0 || pooled === 1) return 1;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / rows[0] + 1 / rows[1]));
  return 2 * normalCdf(-Math.abs(hits[0] / rows[0] - hits[1] / rows[1]) / error);
}
