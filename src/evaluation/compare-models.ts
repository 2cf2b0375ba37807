import type { Comparison } from "../evidence/evidence.ts";
import type { Predictions, Truth } from "../scoring/predictions.ts";
import type { Task } from "../spec/spec.ts";
import { mirror } from "../statistics/interval.ts";
import { metricFor } from "./evaluate-model.ts";
import type { Estimated, Metric } from "./metric.ts";
import { countFlipped } from "./metrics/label-metric.ts";
import { joinRows, type Rows } from "./rows.ts";

export interface CompareModelsRequest {
  task: Task;
  truth: Truth;
  baseline: Predictions;
  candidate: Predictions;
  /** As in `evaluateModel`. */
  positive: string | undefined;
  metrics: readonly string[];
}

/**
 * The change of each metric from baseline to candidate on the same rows, candidate − baseline, with its paired 95% interval.
 * What is the same in both is a change of exactly 0.
 * @throws MissingDataError when either's predictions are of another kind or of other rows than the truth
 */
export function compareModels(request: CompareModelsRequest): {
  comparisons: Comparison[];
  flipped?: { better: number; worse: number };
} {
  const [baseline, candidate] = joinRows(request, [request.baseline, request.candidate]);
  if (baseline === undefined || candidate === undefined) throw new Error("Two models were joined and fewer came back.");
  const comparisons = request.metrics.map((name) => compareRows(name, request.task, baseline, candidate));
  if (baseline.kind !== "classification" || candidate.kind !== "classification") return { comparisons };
  return { comparisons, flipped: countFlipped(baseline, candidate) };
}

/** One metric of two models whose rows were joined. */
export function compareRows(name: string, task: Task, baseline: Rows, candidate: Rows): Comparison {
  const metric = metricFor(name, task);
  const none = { metric: name, baseline: null, candidate: null, change: null, rows: candidate.count, identical: false };
  if ("undefinedBecause" in metric) {
    return { ...none, greaterIsBetter: true, method: "none", noIntervalBecause: metric.undefinedBecause };
  }
  const { greaterIsBetter } = metric;
  const identical = metric.isIdentical(baseline, candidate);
  const [theirs, ours] = [metric.measure(baseline), metric.measure(candidate)];
  const values = {
    baseline: "value" in theirs ? theirs.value : null,
    candidate: "value" in ours ? ours.value : null,
  };
  if (!("value" in ours)) {
    const noIntervalBecause = `undefined for the candidate: ${ours.undefinedBecause}`;
    return { ...none, ...values, greaterIsBetter, identical, method: "none", noIntervalBecause };
  }
  if (!("value" in theirs)) {
    const noIntervalBecause = `undefined for the baseline: ${theirs.undefinedBecause}`;
    return { ...none, ...values, greaterIsBetter, identical, method: "none", noIntervalBecause };
  }
  const known = { ...none, ...values, greaterIsBetter };
  if (identical) return { ...known, identical, change: 0, interval: { low: 0, high: 0 }, method: "identical predictions" };
  return { ...known, change: ours.value - theirs.value, ...estimate(metric, baseline, candidate, ours.value - theirs.value) };
}

/** Resampling is seeded, so the two directions are kept mirrors of each other by estimating always the one that rises. */
function estimate(metric: Metric, baseline: Rows, candidate: Rows, change: number): Estimated {
  if (change >= 0) return metric.estimateChange(baseline, candidate);
  const estimated = metric.estimateChange(candidate, baseline);
  return "interval" in estimated ? { ...estimated, interval: mirror(estimated.interval) } : estimated;
}
