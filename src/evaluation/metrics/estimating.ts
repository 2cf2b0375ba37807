import type { Interval } from "../../statistics/interval.ts";
import { clip } from "../../statistics/interval.ts";

export const deltaMethod = "delta method";
export const bootstrapMethod = "percentile bootstrap";
export const notStable = "the metric is undefined in too many resamples of the rows";

/** Rows times columns up to which rows are resampled; above, the delta method says the same in a fraction of the time. */
export const mostResampledCells = 10_000;

/** A resampled interval beside those of t. */
export function resampledOnly(interval: Interval | undefined) {
  return { interval, degreesOfFreedom: undefined };
}

/** A change lies within the width of the metric's range. */
export function clipChange(interval: Interval, { low, high }: Interval): Interval {
  return clip(interval, { low: low - high, high: high - low });
}

/** `1 row`, `3 rows`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
