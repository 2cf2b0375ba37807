import { boundedInterval } from "../../statistics/bounded-interval.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import type { Interval } from "../../statistics/interval.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import type { Estimated, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import { asMultilabel, type MultilabelRows, quote, type Rows } from "../rows.ts";
import { countLabels, influenceOfLabels } from "./class-counts.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { classesOfTruth, type LabelStatistic, withoutErrors } from "./label-statistics.ts";
import { countDifferent, countRowLabels, needDifferent } from "./row-labels.ts";

const leastTruePositives = 10;
const range: Interval = { low: 0, high: 1 };

export interface LabelAverageMetric {
  name: MetricName;
  statistic: LabelStatistic;
  /** Whether all labels are one pool, so that no single one needs events of its own. */
  pooled: boolean;
}

/** A metric of each label's counts, where rows have any number of labels. Rows are what is independent, not labels. */
export function labelAverageMetric({ name, statistic, pooled }: LabelAverageMetric): Metric {
  const averageOf = (rows: MultilabelRows) => statistic.value(countLabels(rows), -1);
  const influence = (rows: MultilabelRows) => influenceOfLabels(rows, statistic.gradient(countLabels(rows), -1));

  /** The guard. Rows are events, whatever they weigh. */
  function missingEvents(models: readonly Rows[]): string | undefined {
    const sides = models.map(asMultilabel);
    const ofSides = sides.length > 1 ? " on each side" : "";
    if (pooled) {
      const has = Math.min(...sides.map(rowsWithHits));
      return has < leastTruePositives ? `needs ${leastTruePositives} rows with a right label${ofSides}, has ${has}` : undefined;
    }
    const counts = sides.map((rows) => countLabels({ ...rows, weights: undefined }));
    for (const label of new Set(counts.flatMap(classesOfTruth))) {
      const has = Math.min(...counts.map(({ correct }) => correct[label] ?? 0));
      if (has >= leastTruePositives) continue;
      return `needs ${leastTruePositives} true positives of label ${quote(sides[0]?.labels[label])}${ofSides}, has ${has}`;
    }
    return undefined;
  }

  return {
    name,
    ...metricFacts[name],
    range,
    measure(given) {
      const rows = asMultilabel(given);
      const counts = countLabels(rows);
      const value = statistic.value(counts, -1);
      if (Number.isFinite(value)) return { value };
      return { undefinedBecause: statistic.undefinedBecause(counts, -1, (label) => `label ${quote(rows.labels[label])}`) };
    },
    influence: (rows) => influence(asMultilabel(rows)),
    missingEvents,
    isIdentical: (baseline, candidate) => countDifferent(asMultilabel(baseline), asMultilabel(candidate)) === 0,

    estimate(given): Estimated {
      const rows = asMultilabel(given);
      const missing = missingEvents([rows]);
      if (missing !== undefined) return { method: deltaMethod, noIntervalBecause: missing };
      const value = averageOf(rows);
      if (value < 1) {
        const { interval } = deltaInterval(value, influence(rows));
        return { method: `${deltaMethod}, logit scale`, interval: boundedInterval(value, interval.high - value, range) };
      }
      if (!pooled) return { method: "Wilson, mean of labels", interval: withoutErrors(countLabels(rows), range) };
      const hits = rowsWithHits(rows);
      return { method: "Wilson, of rows", interval: wilsonInterval(hits, hits) };
    },

    estimateChange(givenBaseline, givenCandidate): Estimated {
      const [baseline, candidate] = [asMultilabel(givenBaseline), asMultilabel(givenCandidate)];
      const missing = needDifferent(baseline, candidate) ?? missingEvents([baseline, candidate]);
      if (missing !== undefined) return { method: deltaMethod, noIntervalBecause: missing };
      const change = averageOf(candidate) - averageOf(baseline);
      const { interval, degreesOfFreedom } = deltaInterval(change, differences(influence(candidate), influence(baseline)));
      return { method: deltaMethod, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
}

function rowsWithHits(rows: MultilabelRows): number {
  return countRowLabels(rows).correct.reduce((count, hits) => count + (hits > 0 ? 1 : 0), 0);
}
