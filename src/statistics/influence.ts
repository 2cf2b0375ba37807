import { symmetric, type TInterval } from "./interval.ts";
import { degreesOfFreedom, standardDeviation } from "./moments.ts";
import { studentTQuantile } from "./student-t.ts";

/**
 * 95% interval by the delta method: the estimate ± t · sd(influence) / √n, where `influence[row]` is the derivative of the
 * statistic towards that row (Hampel 1974). A constant added to all of it changes nothing; of a mean it is the values. t has
 * the degrees of freedom that the influence leaves, not n − 1: where few rows carry the change the interval is wider.
 */
export function deltaInterval(estimate: number, influence: Float64Array): TInterval {
  const df = degreesOfFreedom(influence);
  return { interval: symmetric(estimate, halfWidth(influence, df)), degreesOfFreedom: df };
}

/** As `deltaInterval` on the logarithm of an estimate that is never negative: skewed upwards as the estimate is. */
export function logDeltaInterval(estimate: number, influence: Float64Array): TInterval {
  if (!(estimate > 0)) return deltaInterval(estimate, influence);
  const df = degreesOfFreedom(influence);
  const factor = Math.exp(halfWidth(influence, df) / estimate);
  return { interval: { low: estimate / factor, high: estimate * factor }, degreesOfFreedom: df };
}

function halfWidth(values: Float64Array, df: number): number {
  return (studentTQuantile(0.975, df) * standardDeviation(values)) / Math.sqrt(values.length);
}

/** a − b, row by row. */
export function differences(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, row) => value - (b[row] ?? Number.NaN));
}
