import type { Metric } from "../metric.ts";
import { averagePrecisionMetric } from "./average-precision.ts";
import { labelMetrics } from "./labels.ts";
import { multiclassRocAucMetrics } from "./multiclass-roc-auc.ts";
import { probabilityLosses } from "./probability-losses.ts";
import { regressionMetrics } from "./regression.ts";
import { rocAucMetric } from "./roc-auc.ts";

export { defaultMetrics, metricNames } from "../metric-names.ts";

/** The one list of implementations; what is known of them without loading them is in `metric-names.ts`. */
const metrics: ReadonlyMap<string, Metric> = new Map(
  [
    ...labelMetrics,
    rocAucMetric,
    ...multiclassRocAucMetrics,
    averagePrecisionMetric,
    ...probabilityLosses,
    ...regressionMetrics,
  ].map((metric) => [metric.name, metric]),
);

/** The metric of that name, or undefined when there is none. */
export function findMetric(name: string): Metric | undefined {
  return metrics.get(name);
}
