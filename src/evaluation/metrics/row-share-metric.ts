import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { sum } from "../../statistics/moments.ts";
import { tangoInterval } from "../../statistics/tango.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import type { Estimated, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import { asMultilabel, type MultilabelRows, type Rows } from "../rows.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { countDifferent, countRowLabels, needDifferent } from "./row-labels.ts";

const leastRows = 30;
const leastEvents = 10;
const range: Interval = { low: 0, high: 1 };

export interface RowShareMetric {
  name: MetricName;
  /** A row's share, 0 to 1, by its labels in number: the true ones, the predicted ones and those that are both; NaN: it has none. */
  share(truth: number, predicted: number, correct: number): number;
  /** Whether it is 0 or 1 in every row. */
  whole: boolean;
  /** Why no row has one. */
  why: string;
}

/**
 * The mean of a share over the rows that have one. Rows without, where there is nothing to divide by, are left out as
 * scikit-learn does with `zero_division=np.nan`: neither right nor wrong.
 */
export function rowShareMetric({ name, share, whole, why }: RowShareMetric): Metric {
  const sharesOf = (rows: MultilabelRows): Float64Array => {
    const { truth, predicted, correct } = countRowLabels(rows);
    return Float64Array.from(truth, (labels, row) => share(labels, predicted[row] ?? 0, correct[row] ?? 0));
  };
  const prepare = (given: Rows) => {
    const rows = asMultilabel(given);
    const shares = sharesOf(rows);
    const weights = shares.map((value, row) => (Number.isNaN(value) ? 0 : (rows.weights?.[row] ?? 1)));
    const weight = sum(weights);
    const value = sum(weights.map((own, row) => (own > 0 ? own * (shares[row] ?? 0) : 0))) / weight;
    const influence = () => weights.map((own, row) => (own > 0 ? (rows.count * own * ((shares[row] ?? 0) - value)) / weight : 0));
    return { shares: shares.filter((own) => !Number.isNaN(own)), value, influence };
  };

  /** The guard: rows that have a share, and some off either bound, so that their mean is near enough to normal. */
  function missingEvents(models: readonly Rows[]): string | undefined {
    const sides = models.map((rows) => prepare(rows).shares);
    const counts = (test: (share: number) => boolean) =>
      sides.map((shares) => shares.reduce((count, own) => count + (test(own) ? 1 : 0), 0));
    const rows = Math.min(...counts(() => true));
    if (!whole && rows < leastRows) return `needs ${leastRows} rows, has ${rows}`;
    const right = Math.max(...counts((own) => own > 0));
    if (right < leastEvents) return `needs ${leastEvents} rows that are not all wrong, has ${right}`;
    const wrong = Math.max(...counts((own) => own < 1));
    return wrong < leastEvents ? `needs ${leastEvents} rows that are not all right, has ${wrong}` : undefined;
  }

  return {
    name,
    ...metricFacts[name],
    range,
    measure(rows) {
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const { value } = prepare(rows);
      return Number.isNaN(value) ? { undefinedBecause: why } : { value };
    },
    influence: (rows) => prepare(rows).influence(),
    missingEvents,
    isIdentical: (baseline, candidate) => countDifferent(asMultilabel(baseline), asMultilabel(candidate)) === 0,

    /** Wilson's interval takes each row for right or wrong, which is the most that shares can vary: it is safe with few rows. */
    estimate(rows): Estimated {
      const { shares, value, influence } = prepare(rows);
      if (whole) return { method: "Wilson", interval: wilsonInterval(sum(shares), shares.length) };
      if (missingEvents([rows]) !== undefined)
        return { method: "Wilson, as if rows were all right or all wrong", interval: wilsonInterval(sum(shares), shares.length) };
      return { method: deltaMethod, interval: clip(deltaInterval(value, influence()).interval, range) };
    },

    estimateChange(baseline, candidate): Estimated {
      const [theirs, ours] = [prepare(baseline), prepare(candidate)];
      if (whole) {
        const moved = (sign: number) =>
          ours.shares.reduce((count, own, row) => count + (Math.sign(own - (theirs.shares[row] ?? 0)) === sign ? 1 : 0), 0);
        return { method: "Tango", interval: tangoInterval(moved(1), moved(-1), candidate.count) };
      }
      const missing = needDifferent(asMultilabel(baseline), asMultilabel(candidate)) ?? missingEvents([baseline, candidate]);
      if (missing !== undefined) return { method: deltaMethod, noIntervalBecause: missing };
      const influence = differences(ours.influence(), theirs.influence());
      const { interval, degreesOfFreedom } = deltaInterval(ours.value - theirs.value, influence);
      return { method: deltaMethod, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
}
