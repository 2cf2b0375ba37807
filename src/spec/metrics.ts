import type { Task } from "./spec.ts";

const metrics: Record<string, { tasks: readonly Task[]; needs: "labels" | "scores" | "values"; positive?: boolean }> = {
  accuracy: { tasks: ["binary", "multiclass"], needs: "labels" },
  f1: { tasks: ["binary"], needs: "labels" },
  f1_macro: { tasks: ["binary", "multiclass"], needs: "labels" },
  roc_auc: { tasks: ["binary"], needs: "scores" },
  log_loss: { tasks: ["binary", "multiclass"], needs: "scores" },
  mean_absolute_error: { tasks: ["regression"], needs: "values" },
  root_mean_squared_error: { tasks: ["regression"], needs: "values" },
};

export const metricNames = Object.keys(metrics);
export const tasksOf = (metric: string): readonly Task[] => metrics[metric]?.tasks ?? [];
export const needsPositive = (metric: string): boolean => ["f1", "roc_auc"].includes(metric);

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
