import type { MetricResult, Pictures } from "../evidence/evidence.ts";
import type { Predictions, Truth } from "../scoring/predictions.ts";
import type { Task } from "../spec/spec.ts";
import type { Metric } from "./metric.ts";
import { factsOfMetric } from "./metric-names.ts";
import { findMetric } from "./metrics/index.ts";
import { drawPictures } from "./pictures.ts";
import { joinRows, type Rows } from "./rows.ts";

export interface EvaluateModelRequest {
  task: Task;
  truth: Truth;
  predictions: Predictions;
  /** Binary tasks: the label that counts as positive. Undefined: known only where the labels are 0/1, −1/1 or false/true. */
  positive: string | undefined;
  metrics: readonly string[];
}

/**
 * The metrics of one model on a test set, each with the 95% interval of its value, and what is drawn of it.
 * @throws MissingDataError when the predictions are of another kind or of other rows than the truth
 */
export function evaluateModel(request: EvaluateModelRequest): { metrics: MetricResult[]; pictures: Pictures } {
  const [rows] = joinRows(request, [request.predictions]);
  if (rows === undefined) throw new Error("One model was joined and none came back.");
  return { metrics: request.metrics.map((name) => measureRows(name, request.task, rows)), pictures: drawPictures(rows) };
}

/** One metric of one model whose rows were joined. */
export function measureRows(name: string, task: Task, rows: Rows): MetricResult {
  const found = metricFor(name, task);
  if ("undefinedBecause" in found) return { metric: name, value: null, ...found };
  const measured = found.measure(rows);
  if ("undefinedBecause" in measured) return { metric: name, value: null, ...measured };
  const { degreesOfFreedom: _, ...estimated } = { degreesOfFreedom: undefined, ...found.estimate(rows) };
  return { metric: name, ...measured, ...estimated };
}

/** The metric of that name if it has a meaning for the task. */
export function metricFor(name: string, task: Task): Metric | { undefinedBecause: string } {
  const metric = findMetric(name, task);
  if (metric !== undefined) return metric;
  const isOfTask = factsOfMetric(name)?.tasks.includes(task) ?? true;
  return { undefinedBecause: isOfTask ? "Assay has no metric of this name" : `it is no metric of ${task} tasks` };
}
