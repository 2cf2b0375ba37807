import { defaultMetrics, factsOfMetric, metricFacts, parseMetricName } from "./metric-names.ts";
import { isMap } from "./rule.ts";
import type { Task } from "./spec.ts";

export const tasks = ["binary", "multiclass", "multilabel", "regression", "scored"] as const satisfies readonly Task[];

export const allMetrics: readonly string[] = Object.keys(metricFacts);

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
function usualMetrics(task: Task, positive: string | undefined): readonly string[] {
  return defaultMetrics(task).filter((metric) => metricApplies(metric, task, positive));
}

/** A metric as it is written, `accuracy`, `recall_at_fpr=0.01` or `{recall_at_fpr: 0.01}`, as a text; undefined for anything else. */
export function textOfMetric(written: unknown): string | undefined {
  if (typeof written === "string") return written;
  const [argument, ...more] = isMap(written) ? Object.entries(written) : [];
  return argument !== undefined && more.length === 0 && typeof argument[1] === "number" ? argument.join("=") : undefined;
}

/**
 * One text for one metric, whatever its spelling: `recall_at_fpr=1e-2` → `recall_at_fpr=0.01`; the default argument is left out.
 * Of `scored` tasks any name is one. Undefined when there is no such metric.
 */
export function metricOf(written: unknown, task: Task | undefined): string | undefined {
  if (task === "scored") return typeof written === "string" ? written : undefined;
  const call = parseMetricName(textOfMetric(written) ?? "");
  if (call === undefined) return undefined;
  const usual = factsOfMetric(call.name)?.argument?.default;
  return call.argument === undefined || call.argument === usual ? call.name : `${call.name}=${call.argument}`;
}

/** The metrics among `declared` that a name without its argument can mean. */
export function metricsCalled(written: unknown, declared: readonly string[]): readonly string[] {
  if (typeof written !== "string" || written.includes("=")) return [];
  return declared.includes(written) ? [written] : declared.filter((metric) => metric.split("=", 1)[0] === written);
}

/** The metric that a gate or the headline means: what is written, or the only declared one of that name. */
export function meantMetricOf(written: unknown, declared: readonly string[], task: Task | undefined): string | undefined {
  const [called, second] = task === "scored" ? [] : metricsCalled(written, declared);
  if (second !== undefined) return undefined;
  return called ?? metricOf(written, task);
}

export interface WrittenMetrics {
  task: Task | undefined;
  positive: string | undefined;
  /** `evaluate.metrics`, undefined when it is not there. */
  metrics: readonly unknown[] | undefined;
  gates: readonly unknown[];
}

/** Every metric of a model: the declared ones, those of its gates and, where none are declared, the usual ones. */
export function metricsOfModel({ task, positive, metrics, gates }: WrittenMetrics): string[] {
  const declared = declaredMetrics(metrics, task);
  const judged = gates.map((gate) => (isMap(gate) ? meantMetricOf(gate.metric, declared, task) : undefined));
  const usual = metrics === undefined && task !== undefined ? usualMetrics(task, positive) : [];
  return [...new Set([...declared, ...judged.filter((metric) => metric !== undefined), ...usual])];
}

export function declaredMetrics(metrics: readonly unknown[] | undefined, task: Task | undefined): string[] {
  return (metrics ?? []).map((metric) => metricOf(metric, task)).filter((metric) => metric !== undefined);
}
