import type { Task } from "./spec.ts";

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
  /** Least and greatest possible value. */
  range: { low: number; high: number };
  /** Of a metric that takes a number, written `recall_at_fpr=0.01`. */
  argument?: MetricArgument;
}

export interface MetricArgument {
  /** For people: `false positive rate`. */
  meaning: string;
  /** Least and greatest value, both allowed. */
  least: number;
  most: number;
  whole: boolean;
  /** Where it may be left out. */
  default?: number;
}

const share = { low: 0, high: 1 } as const;
const correlation = { low: -1, high: 1 } as const;
const higher = { greaterIsBetter: true, positive: false, range: share } as const;
const lower = { greaterIsBetter: false, positive: false, range: { low: 0, high: Number.POSITIVE_INFINITY } } as const;
const binary: readonly Task[] = ["binary"];
const multiclass: readonly Task[] = ["multiclass"];
const classification: readonly Task[] = ["binary", "multiclass"];
const regression: readonly Task[] = ["regression"];
const multilabel: readonly Task[] = ["multilabel"];
const labelled: readonly Task[] = ["binary", "multiclass", "multilabel"];

/** Names as scikit-learn's scorers have them, without `neg_`. */
const facts = {
  accuracy: { title: "Accuracy", tasks: labelled, needs: "labels", ...higher },
  balanced_accuracy: { title: "Balanced accuracy", tasks: classification, needs: "labels", ...higher },
  precision: { title: "Precision", tasks: binary, needs: "labels", ...higher, positive: true },
  precision_macro: { title: "Precision (macro)", tasks: labelled, needs: "labels", ...higher },
  precision_micro: { title: "Precision (micro)", tasks: labelled, needs: "labels", ...higher },
  precision_weighted: { title: "Precision (weighted)", tasks: labelled, needs: "labels", ...higher },
  recall: { title: "Recall", tasks: binary, needs: "labels", ...higher, positive: true },
  recall_macro: { title: "Recall (macro)", tasks: labelled, needs: "labels", ...higher },
  recall_micro: { title: "Recall (micro)", tasks: labelled, needs: "labels", ...higher },
  recall_weighted: { title: "Recall (weighted)", tasks: labelled, needs: "labels", ...higher },
  f1: { title: "F1", tasks: binary, needs: "labels", ...higher, positive: true },
  f1_macro: { title: "F1 (macro)", tasks: labelled, needs: "labels", ...higher },
  f1_micro: { title: "F1 (micro)", tasks: labelled, needs: "labels", ...higher },
  f1_weighted: { title: "F1 (weighted)", tasks: labelled, needs: "labels", ...higher },
  precision_samples: { title: "Precision (mean of rows)", tasks: multilabel, needs: "labels", ...higher },
  recall_samples: { title: "Recall (mean of rows)", tasks: multilabel, needs: "labels", ...higher },
  f1_samples: { title: "F1 (mean of rows)", tasks: multilabel, needs: "labels", ...higher },
  hamming_loss: { title: "Hamming loss", tasks: multilabel, needs: "labels", ...lower },
  cohen_kappa: { title: "Cohen's kappa", tasks: classification, needs: "labels", ...higher, range: correlation },
  matthews_corrcoef: { title: "Matthews correlation", tasks: classification, needs: "labels", ...higher, range: correlation },
  recall_at_fpr: {
    title: "Recall at a false positive rate",
    tasks: binary,
    needs: "probabilities",
    ...higher,
    positive: true,
    argument: { meaning: "highest false positive rate", least: 1e-6, most: 0.999999, whole: false },
  },
  precision_at_k: {
    title: "Precision of the first rows by score",
    tasks: binary,
    needs: "probabilities",
    ...higher,
    positive: true,
    argument: { meaning: "rows with the highest scores", least: 1, most: 1e9, whole: true },
  },
  roc_auc: { title: "ROC-AUC", tasks: ["binary", "multilabel"], needs: "probabilities", ...higher, positive: true },
  roc_auc_ovr: { title: "ROC-AUC (one vs rest)", tasks: multiclass, needs: "probabilities", ...higher },
  roc_auc_ovr_weighted: { title: "ROC-AUC (one vs rest, weighted)", tasks: multiclass, needs: "probabilities", ...higher },
  roc_auc_ovo: { title: "ROC-AUC (one vs one)", tasks: multiclass, needs: "probabilities", ...higher },
  roc_auc_ovo_weighted: { title: "ROC-AUC (one vs one, weighted)", tasks: multiclass, needs: "probabilities", ...higher },
  average_precision: {
    title: "Average precision",
    tasks: labelled,
    needs: "probabilities",
    ...higher,
    positive: true,
  },
  log_loss: { title: "Log loss", tasks: classification, needs: "probabilities", ...lower, positive: true },
  brier_score: {
    title: "Brier score",
    tasks: classification,
    needs: "probabilities",
    ...lower,
    range: { low: 0, high: 2 },
    positive: true,
  },
  expected_calibration_error: {
    title: "Expected calibration error",
    tasks: classification,
    needs: "probabilities",
    ...lower,
    range: share,
    positive: true,
    argument: { meaning: "bins of equal width", least: 2, most: 100, whole: true, default: 10 },
  },
  mean_absolute_error: { title: "Mean absolute error", tasks: regression, needs: "values", ...lower },
  mean_squared_error: { title: "Mean squared error", tasks: regression, needs: "values", ...lower },
  root_mean_squared_error: { title: "Root mean squared error", tasks: regression, needs: "values", ...lower },
  mean_absolute_percentage_error: {
    title: "Mean absolute percentage error",
    tasks: regression,
    needs: "values",
    ...lower,
  },
  smape: {
    title: "Symmetric mean absolute percentage error",
    tasks: regression,
    needs: "values",
    ...lower,
    range: { low: 0, high: 2 },
  },
  max_error: { title: "Largest error", tasks: regression, needs: "values", ...lower },
  mean_pinball_loss: {
    title: "Pinball loss",
    tasks: regression,
    needs: "values",
    ...lower,
    argument: { meaning: "quantile that is predicted", least: 0, most: 1, whole: false, default: 0.5 },
  },
  median_absolute_error: { title: "Median absolute error", tasks: regression, needs: "values", ...lower },
  r2: { title: "R²", tasks: regression, needs: "values", ...higher, range: { low: Number.NEGATIVE_INFINITY, high: 1 } },
} satisfies Record<string, MetricFacts>;

export type MetricName = keyof typeof facts;

/** Every metric that Assay computes, by name. */
export const metricFacts: Readonly<Record<MetricName, MetricFacts>> = facts;

/** A metric's name as people write it: `accuracy`, `recall_at_fpr=0.01`. */
export interface MetricCall {
  name: MetricName;
  /** Given, or its default; undefined for metrics without one. */
  argument: number | undefined;
}

/** The name without its argument, and the argument; undefined when there is no such metric, or its argument is missing or outside its range. */
export function parseMetricName(text: string): MetricCall | undefined {
  const [, name = "", given] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
  if (!isMetricName(name)) return undefined;
  const { argument }: MetricFacts = metricFacts[name];
  if (argument === undefined) return given === undefined ? { name, argument: undefined } : undefined;
  const value = given === undefined ? argument.default : Number(given);
  if (value === undefined || !(value >= argument.least && value <= argument.most)) return undefined;
  return argument.whole && !Number.isInteger(value) ? undefined : { name, argument: value };
}

/** What is known of a metric, whatever its argument; undefined when there is none of that name. */
export function factsOfMetric(text: string): MetricFacts | undefined {
  const [name = ""] = text.split("=", 1);
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
    case "multilabel":
      return ["accuracy", "f1_macro", "f1_micro", "hamming_loss"];
    case "scored":
      return [];
  }
}
