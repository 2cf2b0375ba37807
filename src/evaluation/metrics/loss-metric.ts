import { deltaInterval, differences, logDeltaInterval } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { mean } from "../../statistics/moments.ts";
import type { Estimated, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import type { Rows } from "../rows.ts";
import { clipChange, deltaMethod } from "./estimating.ts";

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

/** The mean of a loss over the rows, or its square root: greater is worse. */
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
  /** Of a mean the losses themselves; of its root their share in its derivative, which is none where no row has a loss. */
  const influence = (of: Float64Array) => {
    const value = scale(mean(of));
    return root ? of.map((loss) => (value > 0 ? loss / (2 * value) : 0)) : of;
  };
  const method = root ? `${deltaMethod}, log scale` : "t of the mean, log scale";

  return {
    name,
    ...metricFacts[name],
    range,
    isIdentical,
    measure(rows) {
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const found = losses(rows);
      if (!(found instanceof Float64Array)) return found;
      const value = scale(mean(found));
      return Number.isFinite(value) ? { value } : { undefinedBecause: "the losses are too large to add up" };
    },
    missingEvents: (models) => models.map((rows) => needRows(rows) ?? guard?.(rows)).find((missing) => missing !== undefined),
    estimate(rows): Estimated {
      const missing = needRows(rows) ?? guard?.(rows) ?? guardValue?.(rows);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const found = defined(rows);
      return { method, interval: clip(logDeltaInterval(scale(mean(found)), influence(found)).interval, range) };
    },
    estimateChange(baseline, candidate): Estimated {
      const paired = root ? deltaMethod : "paired t of the mean";
      const missing = needRows(candidate) ?? guard?.(candidate);
      if (missing !== undefined) return { method: paired, noIntervalBecause: missing };
      const [theirs, ours] = [defined(baseline), defined(candidate)];
      const different = ours.reduce((count, loss, row) => count + (loss === theirs[row] ? 0 : 1), 0);
      if (different < leastDifferentRows)
        return {
          method: paired,
          noIntervalBecause: `needs ${leastDifferentRows} rows that the models predict differently, has ${different}`,
        };
      const change = scale(mean(ours)) - scale(mean(theirs));
      const { interval, degreesOfFreedom } = deltaInterval(change, differences(influence(ours), influence(theirs)));
      return { method: paired, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
}

export function needRows({ count }: Rows): string | undefined {
  return count < leastRows ? `needs ${leastRows} rows, has ${count}` : undefined;
}
