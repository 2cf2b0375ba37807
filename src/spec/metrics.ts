import { defaultMetrics, factsOfMetric, metricNames } from "../evaluation/metric-names.ts";
import type { Task } from "./spec.ts";

export const tasks = ["binary", "multiclass", "regression"] as const satisfies readonly Task[];

export const allMetrics: readonly string[] = [...new Set(tasks.flatMap((task) => [...metricNames(task)]))];

/** Whether a metric can be computed for a task with this positive label. */
export function metricApplies(metric: string, task: Task, positive: string | undefined): boolean {
  const facts = factsOfMetric(metric);
  return facts?.tasks.includes(task) === true && (positive !== undefined || !needsPositive(metric, task));
}

/** Whether `evaluate.positive` has to be there for it. */
export function needsPositive(metric: string, task: Task): boolean {
  return task === "binary" && factsOfMetric(metric)?.positive === true;
}

/** What a person of the field looks at first, as far as it can be computed; shown where `assay.yml` names no metrics. */
export function usualMetrics(task: Task, positive: string | undefined): readonly string[] {
  return defaultMetrics(task).filter((metric) => metricApplies(metric, task, positive));
}
