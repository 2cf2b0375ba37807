import type { Task } from "../spec/spec.ts";

/** What is known of a metric without loading its implementation. Plain data: specs are checked against it. */
export interface MetricFacts {
  /** For people: `Average precision`. */
  title: string;
  tasks: readonly Task[];
  greaterIsBetter: boolean;
  /** What it reads of a model's predictions: predicted labels, scores or probabilities, or predicted numbers. */
  needs: "labels" | "probabilities" | "values";
  /** Binary tasks: whether it must know which label is the positive one. */
  positive: boolean;
}

const higher = { greaterIsBetter: true, positive: false } as const;
const lower = { greaterIsBetter: false, positive: false } as const;
const binary: readonly Task[] = ["binary"];
const multiclass: readonly Task[] = ["multiclass"];
const classification: readonly Task[] = ["binary", "multiclass"];
const regression: readonly Task[] = ["regression"];

/** Names as scikit-learn's scorers have them, without `neg_`. */
const facts = {
  accuracy: { title: "Accuracy", tasks: classification, needs: "labels", ...higher },
  balanced_accuracy: { title: "Balanced accuracy", tasks: classification, needs: "labels", ...higher },
  precision: { title: "Precision", tasks: binary, needs: "labels", ...higher, positive: true },
  precision_macro: { title: "Precision (macro)", tasks: classification, needs: "labels", ...higher },
  precision_micro: { title: "Precision (micro)", tasks: classification, needs: "labels", ...higher },
  precision_weighted: { title: "Precision (weighted)", tasks: classification, needs: "labels", ...higher },
  recall: { title: "Recall", tasks: binary, needs: "labels", ...higher, positive: true },
  recall_macro: { title: "Recall (macro)", tasks: classification, needs: "labels", ...higher },
  recall_micro: { title: "Recall (micro)", tasks: classification, needs: "labels", ...higher },
  recall_weighted: { title: "Recall (weighted)", tasks: classification, needs: "labels", ...higher },
  f1: { title: "F1", tasks: binary, needs: "labels", ...higher, positive: true },
  f1_macro: { title: "F1 (macro)", tasks: classification, needs: "labels", ...higher },
  f1_micro: { title: "F1 (micro)", tasks: classification, needs: "labels", ...higher },
  f1_weighted: { title: "F1 (weighted)", tasks: classification, needs: "labels", ...higher },
  matthews_corrcoef: { title: "Matthews correlation", tasks: classification, needs: "labels", ...higher },
  roc_auc: { title: "ROC-AUC", tasks: binary, needs: "probabilities", ...higher, positive: true },
  roc_auc_ovr: { title: "ROC-AUC (one vs rest)", tasks: multiclass, needs: "probabilities", ...higher },
  roc_auc_ovr_weighted: { title: "ROC-AUC (one vs rest, weighted)", tasks: multiclass, needs: "probabilities", ...higher },
  roc_auc_ovo: { title: "ROC-AUC (one vs one)", tasks: multiclass, needs: "probabilities", ...higher },
  roc_auc_ovo_weighted: { title: "ROC-AUC (one vs one, weighted)", tasks: multiclass, needs: "probabilities", ...higher },
  average_precision: {
    title: "Average precision",
    tasks: classification,
    needs: "probabilities",
    ...higher,
    positive: true,
  },
  log_loss: { title: "Log loss", tasks: classification, needs: "probabilities", ...lower, positive: true },
  brier_score: { title: "Brier score", tasks: classification, needs: "probabilities", ...lower, positive: true },
  mean_absolute_error: { title: "Mean absolute error", tasks: regression, needs: "values", ...lower },
  mean_squared_error: { title: "Mean squared error", tasks: regression, needs: "values", ...lower },
  root_mean_squared_error: { title: "Root mean squared error", tasks: regression, needs: "values", ...lower },
  mean_absolute_percentage_error: {
    title: "Mean absolute percentage error",
    tasks: regression,
    needs: "values",
    ...lower,
  },
  median_absolute_error: { title: "Median absolute error", tasks: regression, needs: "values", ...lower },
  r2: { title: "R²", tasks: regression, needs: "values", ...higher },
} satisfies Record<string, MetricFacts>;

export type MetricName = keyof typeof facts;

/** Every metric that Assay computes, by name. */
export const metricFacts: Readonly<Record<MetricName, MetricFacts>> = facts;

/** What is known of a metric, or undefined when there is none of that name. */
export function factsOfMetric(name: string): MetricFacts | undefined {
  return isMetricName(name) ? metricFacts[name] : undefined;
}

function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metricFacts, name);
}

/** Names of the metrics of a task. */
export function metricNames(task: Task): readonly MetricName[] {
  return Object.keys(metricFacts)
    .filter(isMetricName)
    .filter((name) => metricFacts[name].tasks.includes(task));
}

/** What a person of the field looks at first. */
export function defaultMetrics(task: Task): readonly MetricName[] {
  switch (task) {
    case "binary":
      return ["accuracy", "balanced_accuracy", "f1", "roc_auc"];
    case "multiclass":
      return ["accuracy", "balanced_accuracy", "f1_macro"];
    case "regression":
      return ["root_mean_squared_error", "mean_absolute_error", "r2"];
  }
}
