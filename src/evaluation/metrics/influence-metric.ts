import { deltaInterval, differences } from "../../statistics/influence.ts";
import type { Interval } from "../../statistics/interval.ts";
import { clip } from "../../statistics/interval.ts";
import type { Estimated, Measured, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import type { Rows } from "../rows.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { needDifferent } from "./loss-metric.ts";

export interface InfluenceMetric {
  name: MetricName;
  range: Interval;
  measure(rows: Rows): Measured;
  influence(rows: Rows): Float64Array;
  missingEvents(models: readonly Rows[]): string | undefined;
  isIdentical(baseline: Rows, candidate: Rows): boolean;
  /** How much the metric takes of each row: rows of which it is not the same carry a change. */
  taken(rows: Rows): ArrayLike<number>;
}

/** A metric whose intervals are those of the delta method. */
export function influenceMetric({ name, range, measure, influence, missingEvents, isIdentical, taken }: InfluenceMetric): Metric {
  const method = deltaMethod;
  const valueAt = (rows: Rows) => {
    const measured = measure(rows);
    return "value" in measured ? measured.value : Number.NaN;
  };
  return {
    name,
    ...metricFacts[name],
    range,
    measure,
    influence,
    missingEvents,
    isIdentical,
    estimate(rows): Estimated {
      const missing = missingEvents([rows]);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { interval, degreesOfFreedom } = deltaInterval(valueAt(rows), influence(rows));
      return { method, interval: clip(interval, range), degreesOfFreedom };
    },
    estimateChange(baseline, candidate): Estimated {
      const missing = missingEvents([baseline, candidate]) ?? needDifferent(taken(baseline), taken(candidate));
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const apart = differences(influence(candidate), influence(baseline));
      const { interval, degreesOfFreedom } = deltaInterval(valueAt(candidate) - valueAt(baseline), apart);
      return { method, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
}
