import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip } from "../../statistics/interval.ts";
import { missingForChange, missingForValue } from "../guards.ts";
import type { Estimated, Measured, Metric } from "../metric.ts";
import type { Rows } from "../rows.ts";
import { whereReadDiffers } from "./carriers.ts";
import { clipChange, deltaMethod } from "./estimating.ts";

export interface InfluenceMetric {
  name: MetricName;
  measure(rows: Rows): Measured;
  influence(rows: Rows): Float64Array;
  events: Metric["events"];
  isIdentical(baseline: Rows, candidate: Rows): boolean;
  /** How much the metric takes of each row: rows of which it is not the same carry a change. */
  taken(rows: Rows): ArrayLike<number>;
}

/** A metric whose intervals are those of the delta method. */
export function influenceMetric({ name, measure, influence, events, isIdentical, taken }: InfluenceMetric): Metric {
  const { range } = metricFacts[name];
  const method = deltaMethod;
  const valueAt = (rows: Rows) => {
    const measured = measure(rows);
    return "value" in measured ? measured.value : Number.NaN;
  };
  const self: Metric = {
    name,
    ...metricFacts[name],
    measure,
    influence,
    events,
    carries: whereReadDiffers((rows) => [taken(rows)]),
    isIdentical,
    estimate(rows): Estimated {
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { interval, degreesOfFreedom } = deltaInterval(valueAt(rows), influence(rows));
      return { method, interval: clip(interval, range), degreesOfFreedom };
    },
    estimateChange(baseline, candidate): Estimated {
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const apart = differences(influence(candidate), influence(baseline));
      const { interval, degreesOfFreedom } = deltaInterval(valueAt(candidate) - valueAt(baseline), apart);
      return { method, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
  return self;
}
