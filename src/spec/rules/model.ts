import { maxRules } from "../data-rule-schema.ts";
import { didYouMean } from "../did-you-mean.ts";
import { declaredMetrics, metricsOfModel, tasks } from "../metrics.ts";
import { isMap, type Loose, listOf } from "../rule.ts";
import type { Task } from "../spec.ts";
import { maxGates, maxMetrics, maxWaivers } from "../values.ts";

/** A model as it is written, as far as it can be read; of lists that are too long the first items. */
export interface WrittenModel {
  /** What is written, or what was probably meant. */
  task: Task | undefined;
  train: Loose | undefined;
  evaluate: Loose | undefined;
  gates: readonly unknown[];
  waivers: readonly unknown[];
  dataRules: readonly unknown[];
  promote: Loose | undefined;
  drift: Loose | undefined;
  /** Those of `evaluate.metrics` that are metrics. */
  declared: readonly string[];
  /** All that are computed. */
  metrics: readonly string[];
  /** Line in the file of a path below the model. */
  line: (path: readonly PropertyKey[]) => number;
}

export function isLabel(value: unknown): value is string | number {
  return typeof value === "string" || Number.isInteger(value);
}

export function readModel(model: Loose, line: WrittenModel["line"]): WrittenModel {
  const meant = typeof model.task === "string" ? didYouMean(model.task, tasks) : undefined;
  const task = tasks.find((name) => name === meant);
  const evaluate = isMap(model.evaluate) ? model.evaluate : undefined;
  const metrics = Array.isArray(evaluate?.metrics) ? listOf(evaluate.metrics).slice(0, maxMetrics) : undefined;
  const gates = listOf(model.gates).slice(0, maxGates);
  const positive = isLabel(evaluate?.positive) ? String(evaluate.positive) : undefined;
  return {
    task,
    train: isMap(model.train) ? model.train : undefined,
    evaluate,
    gates,
    waivers: listOf(model.waivers).slice(0, maxWaivers),
    dataRules: (isMap(model.data) ? listOf(model.data.rules) : []).slice(0, maxRules),
    promote: isMap(model.promote) ? model.promote : undefined,
    drift: isMap(model.drift) ? model.drift : undefined,
    declared: declaredMetrics(metrics, task),
    metrics: metricsOfModel({ task, positive, metrics, gates }),
    line,
  };
}
