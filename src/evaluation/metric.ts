import type { MetricFacts } from "../spec/metric-names.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Guarded } from "./guards.ts";
import type { Rows } from "./rows.ts";

/** A value, or why there is none. */
export type Measured = { value: number } | { undefinedBecause: string };

/** A 95% interval, or which guard was not met, with the missing count. */
export type Estimated =
  | {
      method: string;
      interval: Interval;
      /** Of the t distribution behind it; undefined: a normal one. */
      degreesOfFreedom?: number | undefined;
    }
  | { method: string; noIntervalBecause: string };

/** A metric of record. Implementations are in `metrics/`. What its intervals need is said once, as events; see `guards.ts`. */
export interface Metric extends MetricFacts, Guarded {
  /** With its argument, where it has one. */
  name: string;
  /** Its value on the rows, by their weights where they have some. */
  measure(rows: Rows): Measured;
  /** Interval of the value; asked only where it is defined and the rows are independent and unweighted. */
  estimate(rows: Rows): Estimated;
  /** Paired interval of candidate − baseline of two trained models; asked as `estimate`, and only where the predictions differ. */
  estimateChange(baseline: Rows, candidate: Rows): Estimated;
  /**
   * Each row's influence on the value: its weight (1 where rows have none) times the derivative towards that weight, times the
   * number of rows; up to one constant added to all of them. Its standard deviation over √rows is the value's standard error.
   * Groups, weights and several trainings are estimated by it; left out where the value has none, and no interval then.
   */
  influence?(rows: Rows): Float64Array;
  /** Whether both models said the same in all that the metric reads. */
  isIdentical(baseline: Rows, candidate: Rows): boolean;
}
