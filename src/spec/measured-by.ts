import { inRepository } from "./paths.ts";
import type { Model } from "./spec.ts";

/** What a model's numbers are of, as text: numbers by other terms say nothing of these. */
export function measuredBy(model: Model, metrics: readonly string[] = model.evaluate.metrics): string {
  const { data, id, target, positive, classes, group, weight, lowerIsBetter } = model.evaluate;
  const directions = lowerIsBetter.filter((metric) => metrics.includes(metric)).toSorted();
  return JSON.stringify([model.task, inRepository(model, data), id, target, positive, classes, group, weight, directions]);
}
