import { averagePrecision, averagePrecisionInfluence } from "../../statistics/average-precision.ts";
import { bootstrapRows } from "../../statistics/bootstrap.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import type { Estimated, Measured, Metric } from "../metric.ts";
import { metricFacts } from "../metric-names.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { bootstrapMethod, clipChange, deltaMethod, mostResampledCells, notStable } from "./estimating.ts";
import { orderOf } from "./order.ts";
import { binaryScores, classScores, isLabel, needOfEachClass, oneClass, sameScores } from "./probabilities.ts";
import { leastOfEachClass, sameBinaryScores } from "./roc-auc.ts";

/** One ranking: of the positive class, or of each class against the rest. */
interface Ranking {
  scores: Float64Array;
  positive: Uint8Array;
}

const range: Interval = { low: 0, high: 1 };

/** Average precision; of several classes the unweighted mean of each against the rest. */
export const averagePrecisionMetric: Metric = {
  name: "average_precision",
  ...metricFacts.average_precision,
  range,
  isIdentical: (baseline, candidate) =>
    asLabelled(baseline).task === "binary" ? sameBinaryScores(baseline, candidate) : sameScores(baseline, candidate),
  measure(rows): Measured {
    const rankings = rankingsOf(rows);
    if ("undefinedBecause" in rankings) return rankings;
    const value = average(rankings, ({ scores, positive }) => averagePrecision(scores, positive, orderOf(scores)));
    return Number.isNaN(value) ? { undefinedBecause: oneClass(asLabelled(rows)) } : { value };
  },
  missingEvents: (models) =>
    models.map((rows) => needOfEachClass(rows, leastOfEachClass)).find((missing) => missing !== undefined),
  estimate(rows): Estimated {
    const { value, influence, resampled, missing, cells } = prepare(rows);
    const method = cells <= mostResampledCells ? bootstrapMethod : deltaMethod;
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    if (value === 1) return { method, noIntervalBecause: "every positive row ranks first, so the rows show no noise" };
    const interval =
      method === bootstrapMethod ? bootstrapRows(rows.count, resampled()) : deltaInterval(value, influence()).interval;
    return interval ? { method, interval: clip(interval, range) } : { method, noIntervalBecause: notStable };
  },
  estimateChange(baseline, candidate): Estimated {
    const [theirs, ours] = [prepare(baseline), prepare(candidate)];
    const method = ours.cells <= mostResampledCells ? bootstrapMethod : deltaMethod;
    if (ours.missing !== undefined) return { method, noIntervalBecause: ours.missing };
    if (theirs.value === 1 && ours.value === 1)
      return { method, noIntervalBecause: "in both models every positive row ranks first, so the rows show no noise" };
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

function rankingsOf(given: Rows): Ranking[] | { undefinedBecause: string } {
  const rows = asLabelled(given);
  if (rows.task === "binary") {
    const found = binaryScores(rows);
    return "undefinedBecause" in found ? found : [found];
  }
  const found = classScores(rows);
  if ("undefinedBecause" in found) return found;
  return found.columns.map(({ label, scores }) => ({ scores, positive: isLabel(rows, label) }));
}

function prepare(rows: Rows) {
  const rankings = rankingsOf(rows);
  if ("undefinedBecause" in rankings) throw new Error("Average precision was asked for an interval where it is undefined.");
  const ordered = rankings.map((ranking) => ({ ...ranking, order: orderOf(ranking.scores) }));
  return {
    cells: rows.count * rankings.length,
    missing: needOfEachClass(rows, leastOfEachClass),
    value: average(ordered, ({ scores, positive, order }) => averagePrecision(scores, positive, order)),
    influence: () => {
      const each = ordered.map(({ scores, positive, order }) => averagePrecisionInfluence(scores, positive, order));
      return Float64Array.from({ length: rows.count }, (_, row) => average(each, (influence) => influence[row] ?? 0));
    },
    resampled: () => (weights: Uint8Array) =>
      average(ordered, ({ scores, positive, order }) => averagePrecision(scores, positive, order, weights)),
  };
}

function average<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}
