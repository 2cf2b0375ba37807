import { type Interval, symmetric } from "./interval.ts";
import { mean, standardDeviation } from "./moments.ts";
import { studentTQuantile } from "./student-t.ts";

/** 95% t interval of the mean of independent values; at least two are needed. */
export function meanInterval(values: Float64Array): Interval {
  return symmetric(mean(values), halfWidth(values));
}

/**
 * 95% interval by the delta method: the estimate ± t · sd(influence) / √n, where `influence[row]` is the derivative of the
 * statistic towards that row (Hampel 1974). A constant added to all of it changes nothing.
 */
export function deltaInterval(estimate: number, influence: Float64Array): Interval {
  return symmetric(estimate, halfWidth(influence));
}

function halfWidth(values: Float64Array): number {
  return (studentTQuantile(0.975, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);
}

/** a − b, row by row. */
export function differences(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, row) => value - (b[row] ?? Number.NaN));
}
