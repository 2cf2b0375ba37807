import type { Estimated } from "./metric.ts";

/** Widths below this share of the numbers themselves are rounding. */
const rounding = 1e-12;

/**
 * What has no width though the models differ is not known exactly: the rows at hand just show no noise to judge by.
 * @param size of the values that the estimate is made of
 */
export function withNoise<E extends Estimated>(estimated: E, size: number): E | NoInterval {
  if (!("interval" in estimated)) return estimated;
  const { low, high } = estimated.interval;
  if (high - low > rounding * size) return estimated;
  return { method: estimated.method, noIntervalBecause: "the rows show no noise to judge by" };
}

type NoInterval = Extract<Estimated, { noIntervalBecause: string }>;
