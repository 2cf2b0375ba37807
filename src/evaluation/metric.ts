import type { Interval } from "../statistics/interval.ts";
import type { MetricFacts, MetricName } from "./metric-names.ts";
import type { Rows } from "./rows.ts";

/** A value, or why there is none. */
export type Measured = { value: number } | { undefinedBecause: string };

/** A 95% interval, or which guard was not met, with the missing count. */
export type Estimated = { method: string; interval: Interval } | { method: string; noIntervalBecause: string };

/** A metric of record. Implementations are in `metrics/`. */
export interface Metric extends MetricFacts {
  name: MetricName;
  /** Least and greatest possible value. */
  range: Interval;
  /** Its value on the rows. */
  measure(rows: Rows): Measured;
  /** Interval of the value; asked only where it is defined. */
  estimate(rows: Rows): Estimated;
  /** Paired interval of candidate − baseline; asked only where both are defined and the predictions differ. */
  estimateChange(baseline: Rows, candidate: Rows): Estimated;
  /** Whether both models said the same in all that the metric reads. */
  isIdentical(baseline: Rows, candidate: Rows): boolean;
}
