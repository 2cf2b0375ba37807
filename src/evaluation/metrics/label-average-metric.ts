import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { boundedInterval } from "../../statistics/bounded-interval.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import { missingForChange, missingForValue, type Need } from "../guards.ts";
import type { Estimated, Metric } from "../metric.ts";
import { asMultilabel, type MultilabelRows, quote, type Rows } from "../rows.ts";
import { whereSlopeDiffers } from "./carriers.ts";
import { addCounts, countLabels, influenceOfLabels, labelsSlope, steepestLabel } from "./class-counts.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { classesOfTruth, type LabelStatistic, withoutErrors } from "./label-statistics.ts";
import { countRowLabels, haveSameLabels } from "./row-labels.ts";

const leastTruePositives = 10;

export interface LabelAverageMetric {
  name: MetricName;
  statistic: LabelStatistic;
  /** Whether all labels are one pool, so that no single one needs events of its own. */
  pooled: boolean;
}

/** A metric of each label's counts, where rows have any number of labels. Rows are what is independent, not labels. */
export function labelAverageMetric({ name, statistic, pooled }: LabelAverageMetric): Metric {
  const { range } = metricFacts[name];
  const averageOf = (rows: MultilabelRows) => statistic.value(countLabels(rows), -1);
  const influence = (rows: MultilabelRows) => influenceOfLabels(rows, statistic.gradient(countLabels(rows), -1));

  function needs(rows: MultilabelRows): Need[] {
    if (pooled) {
      const { correct } = countRowLabels(rows);
      return [{ least: leastTruePositives, of: "rows with a right label", rows: (row) => (correct[row] ? 1 : 0), sides: "each" }];
    }
    return classesOfTruth(countLabels(rows)).map((label): Need => {
      const [truth, predicted] = [rows.truth[label], rows.predicted[label]];
      const of = `true positives of label ${quote(rows.labels[label])}`;
      return { least: leastTruePositives, of, rows: (row) => (truth?.[row] && predicted?.[row] ? 1 : 0), sides: "each" };
    });
  }

  const self: Metric = {
    name,
    ...metricFacts[name],
    measure(given) {
      const rows = asMultilabel(given);
      const counts = countLabels(rows);
      const value = statistic.value(counts, -1);
      if (Number.isFinite(value)) return { value };
      return { undefinedBecause: statistic.undefinedBecause(counts, -1, (label) => `label ${quote(rows.labels[label])}`) };
    },
    influence: (rows) => influence(asMultilabel(rows)),
    events: (rows) => needs(asMultilabel(rows)),
    differsBy: "label",
    carries(baseline, candidate) {
      const counts = [...baseline, ...candidate].map((rows) => countLabels(asMultilabel(rows))).reduce(addCounts);
      const gradient = statistic.gradient(counts, -1);
      const slopes = (rows: Rows) => labelsSlope(asMultilabel(rows), gradient);
      return whereSlopeDiffers(slopes, steepestLabel(gradient, counts))(baseline, candidate);
    },
    isIdentical: (baseline, candidate) => haveSameLabels(asMultilabel(baseline), asMultilabel(candidate)),

    estimate(given): Estimated {
      const rows = asMultilabel(given);
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method: deltaMethod, noIntervalBecause: missing };
      const value = averageOf(rows);
      if (value < 1) {
        const { interval, degreesOfFreedom } = deltaInterval(value, influence(rows));
        const bounded = boundedInterval(value, interval.high - value, range);
        return { method: `${deltaMethod}, logit scale`, interval: bounded, degreesOfFreedom };
      }
      if (!pooled) return { method: "Wilson, mean of labels", interval: withoutErrors(countLabels(rows), range) };
      const hits = rowsWithHits(rows);
      return { method: "Wilson, of rows", interval: wilsonInterval(hits, hits) };
    },

    estimateChange(givenBaseline, givenCandidate): Estimated {
      const [baseline, candidate] = [asMultilabel(givenBaseline), asMultilabel(givenCandidate)];
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      if (missing !== undefined) return { method: deltaMethod, noIntervalBecause: missing };
      const change = averageOf(candidate) - averageOf(baseline);
      const { interval, degreesOfFreedom } = deltaInterval(change, differences(influence(candidate), influence(baseline)));
      return { method: deltaMethod, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
  return self;
}

function rowsWithHits(rows: MultilabelRows): number {
  return countRowLabels(rows).correct.reduce((count, hits) => count + (hits > 0 ? 1 : 0), 0);
}
