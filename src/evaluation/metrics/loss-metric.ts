import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { deltaInterval, differences, logDeltaInterval } from "../../statistics/influence.ts";
import { clip } from "../../statistics/interval.ts";
import { missingForChange, missingForValue } from "../guards.ts";
import type { Estimated, Metric } from "../metric.ts";
import type { Rows } from "../rows.ts";
import { rowsNeed, whereReadDiffers, whereReadMoves } from "./carriers.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { influenceOnMean, weightedMean } from "./weighted-mean.ts";

export interface LossMetric {
  name: MetricName;
  /** One loss a row, or why there is none. */
  losses(rows: Rows): Float64Array | { undefinedBecause: string };
  isIdentical(baseline: Rows, candidate: Rows): boolean;
  /** Further needs of an interval than rows, such as rows of each class. */
  events?: Metric["events"];
  obstacle?: NonNullable<Metric["obstacle"]>;
  /** Whether single rows may lose so much more than the rest that they count for all of a change. */
  steep?: boolean;
  /** The root of the mean instead of the mean. */
  root?: boolean;
}

/** The mean of a loss over the rows, by their weights, or its square root: greater is worse. */
export function lossMetric({
  name,
  losses,
  isIdentical,
  events = () => [],
  obstacle = () => undefined,
  steep = false,
  root = false,
}: LossMetric): Metric {
  const { range } = metricFacts[name];
  const scale = (average: number) => (root ? Math.sqrt(average) : average);
  const defined = (rows: Rows) => {
    const found = losses(rows);
    if (!(found instanceof Float64Array)) throw new Error(`${name} was asked for an interval where it is undefined.`);
    return found;
  };
  /** Of the root its share in the mean's, which is none where no row has a loss. */
  const influence = (of: Float64Array, rows: Rows) => {
    const ofMean = influenceOnMean(of, rows);
    if (!root) return ofMean;
    const value = scale(weightedMean(of, rows));
    return ofMean.map((part) => (value > 0 ? part / (2 * value) : 0));
  };
  const method = root ? `${deltaMethod}, log scale` : "t of the mean, log scale";

  const self: Metric = {
    name,
    ...metricFacts[name],
    isIdentical,
    measure(rows) {
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const found = losses(rows);
      if (!(found instanceof Float64Array)) return found;
      const value = scale(weightedMean(found, rows));
      return Number.isFinite(value) ? { value } : { undefinedBecause: "the losses are too large to add up" };
    },
    influence: (rows) => influence(defined(rows), rows),
    events: (rows, of) => [rowsNeed(), ...events(rows, of)],
    obstacle,
    carries: steep ? whereReadMoves(defined) : whereReadDiffers((rows) => [defined(rows)]),
    estimate(rows): Estimated {
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const found = defined(rows);
      const { interval, degreesOfFreedom } = logDeltaInterval(scale(weightedMean(found, rows)), influence(found, rows));
      return { method, interval: clip(interval, range), degreesOfFreedom };
    },
    estimateChange(baseline, candidate): Estimated {
      const paired = root ? deltaMethod : "paired t of the mean";
      const [theirs, ours] = [defined(baseline), defined(candidate)];
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      if (missing !== undefined) return { method: paired, noIntervalBecause: missing };
      const change = scale(weightedMean(ours, candidate)) - scale(weightedMean(theirs, baseline));
      const apart = differences(influence(ours, candidate), influence(theirs, baseline));
      const { interval, degreesOfFreedom } = deltaInterval(change, apart);
      return { method: paired, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
  return self;
}
