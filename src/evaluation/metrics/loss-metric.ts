import { deltaInterval, differences, logDeltaInterval } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import type { Estimated, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import type { Rows } from "../rows.ts";
import { clipChange, deltaMethod, firstMissing } from "./estimating.ts";
import { countedRows, influenceOnMean, weightedMean } from "./weighted-mean.ts";

const leastRows = 30;
export const leastDifferentRows = 10;

export interface LossMetric {
  name: MetricName;
  /** One loss a row, or why there is none. */
  losses(rows: Rows): Float64Array | { undefinedBecause: string };
  isIdentical(baseline: Rows, candidate: Rows): boolean;
  range?: Interval;
  /** Further needs of an interval, such as rows of each class. */
  guard?(rows: Rows): string | undefined;
  /** Further needs of the interval of a value, where those of a change are fewer. */
  guardValue?(rows: Rows): string | undefined;
  /** The root of the mean instead of the mean. */
  root?: boolean;
}

/** The mean of a loss over the rows, by their weights, or its square root: greater is worse. */
export function lossMetric({
  name,
  losses,
  isIdentical,
  range = { low: 0, high: Infinity },
  guard,
  guardValue,
  root = false,
}: LossMetric): Metric {
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
  const needs = (rows: Rows) => needRows(rows) ?? guard?.(rows);

  return {
    name,
    ...metricFacts[name],
    range,
    isIdentical,
    measure(rows) {
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const found = losses(rows);
      if (!(found instanceof Float64Array)) return found;
      const value = scale(weightedMean(found, rows));
      return Number.isFinite(value) ? { value } : { undefinedBecause: "the losses are too large to add up" };
    },
    influence: (rows) => influence(defined(rows), rows),
    missingEvents: (models) =>
      firstMissing(models, (rows) => needs(rows) ?? (models.length === 1 ? guardValue?.(rows) : undefined)),
    estimate(rows): Estimated {
      const missing = needs(rows) ?? guardValue?.(rows);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const found = defined(rows);
      const { interval, degreesOfFreedom } = logDeltaInterval(scale(weightedMean(found, rows)), influence(found, rows));
      return { method, interval: clip(interval, range), degreesOfFreedom };
    },
    estimateChange(baseline, candidate): Estimated {
      const paired = root ? deltaMethod : "paired t of the mean";
      const [theirs, ours] = [defined(baseline), defined(candidate)];
      const missing = needs(candidate) ?? needDifferent(theirs, ours);
      if (missing !== undefined) return { method: paired, noIntervalBecause: missing };
      const change = scale(weightedMean(ours, candidate)) - scale(weightedMean(theirs, baseline));
      const apart = differences(influence(ours, candidate), influence(theirs, baseline));
      const { interval, degreesOfFreedom } = deltaInterval(change, apart);
      return { method: paired, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
}

export function needRows(rows: Rows): string | undefined {
  const has = countedRows(rows);
  return has < leastRows ? `needs ${leastRows} rows, has ${has}` : undefined;
}

/** Rows that tell two models apart, by one number a row of each. */
export function needDifferent(theirs: ArrayLike<number>, ours: ArrayLike<number>): string | undefined {
  let has = 0;
  for (let row = 0; row < ours.length; row++) if (ours[row] !== theirs[row]) has++;
  return has < leastDifferentRows
    ? `needs ${leastDifferentRows} rows that the models predict differently, has ${has}`
    : undefined;
}
