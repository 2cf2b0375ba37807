import type { MetricResult } from "../evidence/evidence.ts";
import { factsOfMetric } from "../spec/metric-names.ts";
import type { Task } from "../spec/spec.ts";
import type { Groups } from "../statistics/groups.ts";
import { mean } from "../statistics/moments.ts";
import { estimateMean } from "./estimate-sides.ts";
import type { Estimated, Metric } from "./metric.ts";
import { findMetric } from "./metrics/index.ts";
import { meanScore } from "./metrics/mean-score.ts";
import { rowNoise, type Trainings } from "./row-noise.ts";
import { withNoise } from "./with-noise.ts";

/**
 * One metric of the trainings of one side whose rows were joined: their mean, with its 95% interval.
 * @param metric or why there is none of that name
 */
export function measureTrainings(
  name: string,
  metric: Metric | { undefinedBecause: string },
  trainings: Trainings,
  groups: Groups | undefined,
): MetricResult {
  if ("undefinedBecause" in metric) return { metric: name, value: null, ...metric };
  const found = valuesOf(metric, trainings);
  if ("undefinedBecause" in found) return { metric: name, value: null, ...found };
  const { values } = found;
  const [first] = trainings;
  const estimated: Estimated =
    first && isPlain([trainings], groups)
      ? metric.estimate(first)
      : estimateMean(metric, { trainings, values }, rowNoise(metric, [trainings], groups), groups);
  const value = mean(values);
  const seeds = values.length > 1 ? { seeds: [...values] } : {};
  return { metric: name, value, ...seeds, ...withNoise(estimated, Math.abs(value)) };
}

/** Whether rows are independent, unweighted and of single trainings, as the metrics' own estimates want them. */
export function isPlain(sides: readonly Trainings[], groups: Groups | undefined): boolean {
  return groups === undefined && sides.every(([first, ...more]) => more.length === 0 && first?.weights === undefined);
}

/** The metric in each training, or why it has none in one of them. */
export function valuesOf(metric: Metric, trainings: Trainings): { values: Float64Array } | { undefinedBecause: string } {
  const values = new Float64Array(trainings.length);
  for (const [i, rows] of trainings.entries()) {
    const measured = metric.measure(rows);
    if ("undefinedBecause" in measured) {
      const which = trainings.length > 1 ? `in training ${i + 1} ` : "";
      return { undefinedBecause: `${which}${measured.undefinedBecause}` };
    }
    values[i] = measured.value;
  }
  return { values };
}

/**
 * The metric of that name if it has a meaning for the task; of `scored` tasks the mean of the score of that name.
 * @param lowerIsBetter scores of which less is better
 */
export function metricFor(
  name: string,
  task: Task,
  lowerIsBetter: readonly string[] = [],
): Metric | { undefinedBecause: string } {
  if (task === "scored") return meanScore(name, !lowerIsBetter.includes(name));
  const metric = findMetric(name, task);
  if (metric !== undefined) return metric;
  const isOfTask = factsOfMetric(name)?.tasks.includes(task) ?? true;
  return { undefinedBecause: isOfTask ? "Assay has no metric of this name" : `it is no metric of ${task} tasks` };
}
