import type { Interval } from "./interval.ts";
import { normalCdf, normalQuantile, z95 } from "./normal.ts";
import { studentTCdf, studentTQuantile } from "./student-t.ts";

/** A change with its 95% interval, as evidence keeps it. */
export interface EstimatedChange {
  change: number;
  interval: Interval;
  /** Of the t distribution behind the interval; undefined: a normal one. */
  degreesOfFreedom?: number | undefined;
}

/** Above, t and the normal distribution are the same to ten digits. */
const mostDegrees = 1e9;

/**
 * Two-sided p-value of no change: the level at which the interval would begin to hold 0. Exact for intervals that are a change
 * ± t · SE. For others (score intervals, bootstraps, intervals on a log scale) the standard error is that of the side towards
 * 0, so that p < 0.05 exactly where the interval leaves 0 out; further out it is an approximation.
 */
export function pValueOfNoChange({ change, interval, degreesOfFreedom }: EstimatedChange): number {
  if (change === 0) return 1;
  const half = change > 0 ? change - interval.low : interval.high - change;
  if (interval.high === interval.low) return 0;
  // A bootstrap's interval may leave out its own estimate.
  const error = (half > 0 ? half : (interval.high - interval.low) / 2) / quantile(0.975, degreesOfFreedom);
  return 2 * lowerTail(-Math.abs(change) / error, degreesOfFreedom);
}

/**
 * The interval at another level, 0 < level < 1, such as 1 − 0.05/m for m comparisons (Bonferroni). Each side is stretched as t
 * or z is: exact for a change ± t · SE, an approximation for others. It is not clipped to what the metric can reach.
 */
export function intervalAtLevel({ change, interval, degreesOfFreedom }: EstimatedChange, level: number): Interval {
  const stretch = quantile((1 + level) / 2, degreesOfFreedom) / quantile(0.975, degreesOfFreedom);
  return { low: change - (change - interval.low) * stretch, high: change + (interval.high - change) * stretch };
}

/**
 * The smallest true change that a comparison as precise as this one calls different from 0 with that power:
 * (t₀.₉₇₅ + t_power) · SE, with SE from the half-width. An approximation: the noncentral t is taken for a shifted t.
 */
export function smallestDetectableChange(
  { interval, degreesOfFreedom }: Pick<EstimatedChange, "interval" | "degreesOfFreedom">,
  power = 0.9,
): number {
  return standardError({ interval, degreesOfFreedom }) * (quantile(0.975, degreesOfFreedom) + quantile(power, degreesOfFreedom));
}

/** Half the width of a 95% interval in units of t or z. */
export function standardError({ interval, degreesOfFreedom }: Pick<EstimatedChange, "interval" | "degreesOfFreedom">): number {
  return (interval.high - interval.low) / 2 / quantile(0.975, degreesOfFreedom);
}

/**
 * Holm's adjusted p-values (1979): a hypothesis is rejected at level α, with at most α of a family falsely rejected at all,
 * where its adjusted p-value is below α.
 * @returns in the order given, each at least as large as what it was
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let most = 0;
  for (const [rank, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (pValues.length - rank) * (pValues[i] ?? 1)));
    adjusted[i] = most;
  }
  return adjusted;
}

function quantile(p: number, degreesOfFreedom: number | undefined): number {
  if (p === 0.975 && degreesOfFreedom === undefined) return z95;
  return isNormal(degreesOfFreedom) ? normalQuantile(p) : studentTQuantile(p, degreesOfFreedom);
}

/** P(T ≤ t) of a t below 0. */
function lowerTail(t: number, degreesOfFreedom: number | undefined): number {
  return isNormal(degreesOfFreedom) ? normalCdf(t) : studentTCdf(t, degreesOfFreedom);
}

function isNormal(degreesOfFreedom: number | undefined): degreesOfFreedom is undefined {
  return degreesOfFreedom === undefined || degreesOfFreedom > mostDegrees;
}
