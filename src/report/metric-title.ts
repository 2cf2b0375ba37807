import type { Phrase } from "../markdown/phrase.ts";
import { factsOfMetric, parseMetricName } from "../spec/metric-names.ts";
import type { Task } from "../spec/spec.ts";
import { formatLimit } from "./format.ts";

/** A metric's name for people, with its argument. One that is not known, and each score of a `scored` task, keeps its own, as code. */
export function metricTitle(metric: string, task?: Task): Phrase {
  const call = task === "scored" ? undefined : parseMetricName(metric);
  if (call === undefined) return [{ code: metric }];
  const title = factsOfMetric(call.name)?.title ?? call.name;
  const { argument } = call;
  if (argument === undefined) return title;
  switch (call.name) {
    case "recall_at_fpr":
      return `Recall at FPR ${formatLimit(argument)}`;
    case "precision_at_k":
      return `Precision of the first ${formatLimit(argument)}`;
    case "mean_pinball_loss":
      return `${title} (${formatLimit(argument)} quantile)`;
    case "expected_calibration_error":
      return metric.includes("=") ? `${title} (${formatLimit(argument)} bins)` : title;
    default:
      return `${title} (${formatLimit(argument)})`;
  }
}

/** Undefined for a metric that is not known. */
export function greaterIsBetter(metric: string): boolean | undefined {
  return factsOfMetric(metric)?.greaterIsBetter;
}
