import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip } from "../../statistics/interval.ts";
import { sum } from "../../statistics/moments.ts";
import { tangoInterval } from "../../statistics/tango.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import { missingForChange, missingForValue, type Need } from "../guards.ts";
import type { Estimated, Metric } from "../metric.ts";
import { asMultilabel, type MultilabelRows, type Rows } from "../rows.ts";
import { countMoves, whereReadDiffers } from "./carriers.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { countRowLabels, haveSameLabels } from "./row-labels.ts";

const leastRows = 30;
const leastEvents = 10;

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
  const { range } = metricFacts[name];
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

  /** Rows that have a share, and some off either bound, so that their mean is near enough to normal. */
  function needs(rows: Rows): Need[] {
    const shares = sharesOf(asMultilabel(rows));
    const has = (test: (share: number) => boolean) => (row: number) => (test(shares[row] ?? Number.NaN) ? 1 : 0);
    const all: Need = { least: leastRows, of: "rows", rows: has((own) => own >= 0), sides: "each" };
    return [
      ...(whole ? [] : [all]),
      { least: leastEvents, of: "rows that are not all wrong", rows: has((own) => own > 0), sides: "one" },
      { least: leastEvents, of: "rows that are not all right", rows: has((own) => own < 1), sides: "one" },
    ];
  }

  const self: Metric = {
    name,
    ...metricFacts[name],
    measure(rows) {
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const { value } = prepare(rows);
      return Number.isNaN(value) ? { undefinedBecause: why } : { value };
    },
    influence: (rows) => prepare(rows).influence(),
    events: needs,
    differsBy: "label",
    carries: whereReadDiffers((rows) => [sharesOf(asMultilabel(rows)).map((own) => (Number.isNaN(own) ? -1 : own))]),
    isIdentical: (baseline, candidate) => haveSameLabels(asMultilabel(baseline), asMultilabel(candidate)),

    /** Wilson's interval takes each row for right or wrong, which is the most that shares can vary: it is safe with few rows. */
    estimate(rows): Estimated {
      const { shares, value, influence } = prepare(rows);
      if (whole) return { method: "Wilson", interval: wilsonInterval(sum(shares), shares.length) };
      if (missingForValue(self, [rows], undefined) !== undefined)
        return { method: "Wilson, as if rows were all right or all wrong", interval: wilsonInterval(sum(shares), shares.length) };
      const { interval, degreesOfFreedom } = deltaInterval(value, influence());
      return { method: deltaMethod, interval: clip(interval, range), degreesOfFreedom };
    },

    estimateChange(baseline, candidate): Estimated {
      const [theirs, ours] = [prepare(baseline), prepare(candidate)];
      if (whole) {
        const { gained, lost } = countMoves(theirs.shares, ours.shares);
        return { method: "Tango", interval: tangoInterval(gained, lost, candidate.count) };
      }
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      if (missing !== undefined) return { method: deltaMethod, noIntervalBecause: missing };
      const influence = differences(ours.influence(), theirs.influence());
      const { interval, degreesOfFreedom } = deltaInterval(ours.value - theirs.value, influence);
      return { method: deltaMethod, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
  return self;
}
