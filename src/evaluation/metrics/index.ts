import { type MetricName, metricFacts, parseMetricName } from "../../spec/metric-names.ts";
import type { Task } from "../../spec/spec.ts";
import type { Metric } from "../metric.ts";
import { averagePrecisionMetric, multilabelAveragePrecision } from "./average-precision.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { labelMetrics } from "./labels.ts";
import { multiclassRocAucMetrics } from "./multiclass-roc-auc.ts";
import { multilabelMetrics } from "./multilabel.ts";
import { multilabelRocAuc } from "./multilabel-roc-auc.ts";
import { precisionOfFirst } from "./precision-at-k.ts";
import { probabilityLosses } from "./probability-losses.ts";
import { recallAtFpr } from "./recall-at-fpr.ts";
import { pinballLoss, regressionMetrics } from "./regression.ts";
import { rocAucMetric } from "./roc-auc.ts";

/** A metric, or one for each argument. */
type Implementation = Metric | ((argument: number) => Metric);
type Registry = ReadonlyMap<string, Implementation>;

/** The lists of implementations, one a kind of rows; what is known of them without loading them is in `src/spec/metric-names.ts`. */
const classification = registryOf(
  [...labelMetrics, rocAucMetric, ...multiclassRocAucMetrics, averagePrecisionMetric, ...probabilityLosses],
  { recall_at_fpr: recallAtFpr, precision_at_k: precisionOfFirst, expected_calibration_error: expectedCalibrationError },
);
const multilabel = registryOf([...multilabelMetrics, multilabelRocAuc, multilabelAveragePrecision], {});
const regression = registryOf(regressionMetrics, { mean_pinball_loss: pinballLoss });

/** Of `scored` tasks the metric is the mean of a score, whatever its name. */
const registries: Readonly<Record<Exclude<Task, "scored">, Registry>> = {
  binary: classification,
  multiclass: classification,
  multilabel,
  regression,
};

/**
 * The metric of that text, `accuracy` or `recall_at_fpr=0.01`, for the task; its name is the text. Undefined when there is none,
 * when its argument is missing or outside its range, or when it has no meaning for the task.
 */
export function findMetric(text: string, task: Task): Metric | undefined {
  const call = parseMetricName(text);
  if (call === undefined || task === "scored" || !metricFacts[call.name].tasks.includes(task)) return undefined;
  const found = registries[task].get(call.name);
  if (typeof found !== "function") return found;
  return call.argument === undefined ? undefined : { ...found(call.argument), name: text };
}

/** @param withArgument makers of those that take a number */
function registryOf(
  plain: readonly Metric[],
  withArgument: Readonly<Partial<Record<MetricName, (argument: number) => Metric>>>,
): Registry {
  return new Map<string, Implementation>([
    ...plain.map((metric) => [metric.name, metric] as const),
    ...Object.entries(withArgument),
  ]);
}
