import { metricFacts } from "../../spec/metric-names.ts";
import { averagePrecision, averagePrecisionInfluence } from "../../statistics/average-precision.ts";
import { bootstrapRows } from "../../statistics/bootstrap.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip } from "../../statistics/interval.ts";
import { sum } from "../../statistics/moments.ts";
import { missingForChange, missingForValue } from "../guards.ts";
import type { Estimated, Measured, Metric } from "../metric.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { rankingErrorsNeed, whereReadDiffers } from "./carriers.ts";
import { bootstrapMethod, clipChange, deltaMethod, mostResampledCells, notStable, resampledOnly } from "./estimating.ts";
import { orderOf } from "./order.ts";
import {
  labelsOfOneKind,
  needsOfEachClass,
  needsOfEachLabel,
  oneClass,
  rankingsOf,
  sameRanking,
  sameScores,
} from "./probabilities.ts";
import { leastOfEachClass } from "./roc-auc.ts";

const { range } = metricFacts.average_precision;

/** Of a binary task, or of several classes the unweighted mean of each against the rest. */
export const averagePrecisionMetric = averagePrecisionOf({
  isIdentical: (baseline, candidate) =>
    asLabelled(baseline).task === "binary" ? sameRanking(baseline, candidate) : sameScores(baseline, candidate),
  events: (rows) => needsOfEachClass(rows, leastOfEachClass),
  undefinedBecause: (rows) => oneClass(asLabelled(rows)),
});

/** The unweighted mean over labels. */
export const multilabelAveragePrecision = averagePrecisionOf({
  isIdentical: sameScores,
  events: (rows) => needsOfEachLabel(rows, leastOfEachClass),
  undefinedBecause: (rows) => labelsOfOneKind(rows).find(({ has }) => !has)?.because ?? "there are no labels",
});

interface KindOfRows {
  isIdentical(baseline: Rows, candidate: Rows): boolean;
  events: Metric["events"];
  /** Asked where a ranking has no positive row. */
  undefinedBecause(rows: Rows): string;
}

function averagePrecisionOf({ isIdentical, events, undefinedBecause }: KindOfRows): Metric {
  const self: Metric = {
    name: "average_precision",
    ...metricFacts.average_precision,
    isIdentical,
    measure(rows): Measured {
      const rankings = rankingsOf(rows);
      if ("undefinedBecause" in rankings) return rankings;
      const value = average(rankings, ({ scores, positive }) =>
        averagePrecision(scores, positive, orderOf(scores), rows.weights),
      );
      return Number.isNaN(value) ? { undefinedBecause: undefinedBecause(rows) } : { value };
    },
    influence: (rows) => prepare(rows).influence(),
    events(rows, of) {
      const { value } = prepare(rows);
      const rankings = rankingsOf(rows);
      const positives = "undefinedBecause" in rankings ? [] : rankings.map(({ positive }) => sum(Float64Array.from(positive)));
      const each = ((1 - value) * Math.min(...positives)) / rows.count;
      return [...events(rows, of), rankingErrorsNeed(() => each)];
    },
    carries: whereReadDiffers((rows) => [prepare(rows).influence()]),
    estimate(rows): Estimated {
      const missing = missingForValue(self, [rows], undefined);
      const { value, influence, resampled, cells } = prepare(rows);
      const method = cells <= mostResampledCells ? bootstrapMethod : deltaMethod;
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { interval, degreesOfFreedom } =
        method === bootstrapMethod ? resampledOnly(bootstrapRows(rows.count, resampled())) : deltaInterval(value, influence());
      return interval ? { method, interval: clip(interval, range), degreesOfFreedom } : { method, noIntervalBecause: notStable };
    },
    estimateChange(baseline, candidate): Estimated {
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      const [theirs, ours] = [prepare(baseline), prepare(candidate)];
      const method = ours.cells <= mostResampledCells ? bootstrapMethod : deltaMethod;
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      if (method === deltaMethod) {
        const influence = differences(ours.influence(), theirs.influence());
        const { interval, degreesOfFreedom } = deltaInterval(ours.value - theirs.value, influence);
        return { method, interval: clipChange(interval, range), degreesOfFreedom };
      }
      const [baselineOf, candidateOf] = [theirs.resampled(), ours.resampled()];
      const interval = bootstrapRows(candidate.count, (weights) => candidateOf(weights) - baselineOf(weights));
      return interval ? { method, interval: clipChange(interval, range) } : { method, noIntervalBecause: notStable };
    },
  };
  return self;
}

function prepare(rows: Rows) {
  const rankings = rankingsOf(rows);
  if ("undefinedBecause" in rankings) throw new Error("Average precision was asked for an interval where it is undefined.");
  const ordered = rankings.map((ranking) => ({ ...ranking, order: orderOf(ranking.scores) }));
  return {
    cells: rows.count * rankings.length,
    value: average(ordered, ({ scores, positive, order }) => averagePrecision(scores, positive, order, rows.weights)),
    influence: () => {
      const each = ordered.map(({ scores, positive, order }) => averagePrecisionInfluence(scores, positive, order, rows.weights));
      return Float64Array.from({ length: rows.count }, (_, row) => average(each, (influence) => influence[row] ?? 0));
    },
    resampled: () => (weights: Uint8Array) =>
      average(ordered, ({ scores, positive, order }) => averagePrecision(scores, positive, order, weights)),
  };
}

function average<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}
