import { inRepository } from "./paths.ts";
import { looksForFaults } from "./rules-of-table.ts";
import type { Model } from "./spec.ts";

/** What a model's numbers are of, as text: numbers by other terms say nothing of these. */
export function measuredBy(model: Model, metrics: readonly string[] = model.evaluate.metrics): string {
  const { data, id, target, positive, classes, group, weight, lowerIsBetter } = model.evaluate;
  const directions = lowerIsBetter.filter((metric) => metrics.includes(metric)).toSorted();
  const columns = [id, target, positive, classes, group, weight, directions];
  return JSON.stringify([model.task, inRepository(model, data), ...columns, comparedBy(model), checkedBy(model)]);
}

/** How the training data is compared and profiled, as text; how much of it may drift is the gate's. */
export function comparedBy({ drift }: Model): string {
  if (drift === undefined) return "";
  const { preset, exclude, types, embeddings } = drift;
  const together = Object.entries(embeddings).toSorted();
  return JSON.stringify([
    ...[preset, exclude.toSorted(), Object.entries(types).toSorted()],
    // Left out where there are none, as before they were known.
    ...(together.length === 0 ? [] : [together]),
  ]);
}

/** What tables have to keep, as text; which faults count is the gate's. */
export function checkedBy(model: Model): string {
  return looksForFaults(model) ? JSON.stringify(model.data.rules.map(({ position: _, ...rule }) => rule)) : "";
}
