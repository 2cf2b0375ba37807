import type { Task } from "./spec.ts";

const binary = ["precision", "recall", "f1", "roc_auc", "average_precision", "brier_score"];
const averaged = ["precision", "recall", "f1"].flatMap((name) =>
  ["macro", "micro", "weighted"].map((average) => `${name}_${average}`),
);
const classification = ["accuracy", "balanced_accuracy", ...averaged, "log_loss", "matthews_corrcoef"];
const multiclass = ["roc_auc_ovr", "roc_auc_ovo"];
const regression = ["mean_absolute_error", "root_mean_squared_error", "r2", "median_absolute_error"];

export const metricNames = [...binary, ...classification, ...multiclass, ...regression];

export function tasksOf(metric: string): readonly Task[] {
  if (binary.includes(metric)) return ["binary"];
  if (classification.includes(metric)) return ["binary", "multiclass"];
  return multiclass.includes(metric) ? ["multiclass"] : ["regression"];
}

export function needsPositive(metric: string): boolean {
  return binary.includes(metric);
}

/** Whether a metric can be computed for a task with this positive label. */
export function metricApplies(metric: string, task: Task, positive: string | undefined): boolean {
  return tasksOf(metric).includes(task) && (positive !== undefined || task !== "binary" || !needsPositive(metric));
}

/** What a person of the field looks at first; shown where `assay.yml` names no metrics. */
export function defaultMetrics(task: Task, positive: string | undefined): readonly string[] {
  const usual = {
    binary: ["accuracy", "f1"],
    multiclass: ["accuracy", "f1_macro"],
    regression: ["mean_absolute_error", "root_mean_squared_error"],
  }[task];
  return usual.filter((metric) => metricApplies(metric, task, positive));
}
