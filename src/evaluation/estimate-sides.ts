import { boundedInterval } from "../statistics/bounded-interval.ts";
import type { Groups } from "../statistics/groups.ts";
import { clip, type Interval, symmetric } from "../statistics/interval.ts";
import { mean } from "../statistics/moments.ts";
import { leastSeeds, seedInterval, seedMeanInterval } from "../statistics/seed-interval.ts";
import { studentTQuantile } from "../statistics/student-t.ts";
import { missingForChange, missingForValue } from "./guards.ts";
import type { Estimated, Metric } from "./metric.ts";
import type { Noise, RowNoise, Trainings } from "./row-noise.ts";

/** A side with what its metric is in each training. */
export interface Side {
  trainings: Trainings;
  values: Float64Array;
}

const noInfluence = {
  method: "none",
  noIntervalBecause: "of weighted or grouped rows or several trainings no interval is known that covers it",
};

/**
 * 95% interval of a side's mean metric where rows have groups or weights or the side several trainings: ± t · SE, on the logit
 * scale of a metric with two bounds and on the log scale of one that is never negative, so that it stays within them. From
 * three trainings on it holds for other seeds too.
 */
export function estimateMean(metric: Metric, side: Side, noise: RowNoise | undefined, groups: Groups | undefined): Estimated {
  const missing = missingForValue(metric, side.trainings, groups);
  if (missing !== undefined) return { method: noise?.method ?? "none", noIntervalBecause: missing };
  if (noise === undefined) return noInfluence;
  const found = noise.of([1]);
  const range = rangeOf(metric, side.trainings);
  const overSeeds = seedsDiffer(metric, side) ? seedMeanInterval(side.values, rowsOf(found)) : undefined;
  if (overSeeds) {
    const { interval, degreesOfFreedom } = overSeeds;
    return finite(`${noise.method}, over seeds`, clip(interval, range), degreesOfFreedom);
  }
  const interval = clip(boundedInterval(mean(side.values), halfWidth(found), range), range);
  return finite(noise.method, interval, found.degreesOfFreedom);
}

/**
 * Paired 95% interval of the change of two sides' means, as `estimateMean`: candidate − baseline ± t · SE. From three trainings a
 * side on it holds for other seeds of the recipes too; with fewer, or where a side's seeds changed nothing, it speaks of these
 * trained models alone.
 * @param noise of the sides in the order baseline, candidate
 */
export function estimateMeanChange(
  metric: Metric,
  baseline: Side,
  candidate: Side,
  noise: RowNoise | undefined,
  groups: Groups | undefined,
): Estimated & { seedVariance?: true } {
  const missing = missingForChange(metric, baseline.trainings, candidate.trainings, groups);
  if (missing !== undefined) return { method: noise?.method ?? "none", noIntervalBecause: missing };
  if (noise === undefined) return noInfluence;
  const found = noise.of([-1, 1]);
  const { low, high } = rangeOf(metric, [...baseline.trainings, ...candidate.trainings]);
  const range = { low: low - high, high: high - low };
  const overSeeds = hasSeeds(metric, baseline, candidate)
    ? seedInterval({ baseline: baseline.values, candidate: candidate.values, ...rowsOf(found) })
    : undefined;
  if (overSeeds) {
    const { interval, degreesOfFreedom } = overSeeds;
    return { ...finite(`${noise.method}, over seeds`, clip(interval, range), degreesOfFreedom), seedVariance: true };
  }
  const change = mean(candidate.values) - mean(baseline.values);
  return finite(noise.method, clip(symmetric(change, halfWidth(found)), range), found.degreesOfFreedom);
}

/** Whether an interval of the two sides' change takes in the variance between seeds. */
export function hasSeeds(metric: Metric, baseline: Side, candidate: Side): boolean {
  return [baseline, candidate].every((side) => side.values.length >= leastSeeds && seedsDiffer(metric, side));
}

/** Trainings that all say the same tell nothing of how seeds vary: their trainer may not use them. */
function seedsDiffer(metric: Metric, { trainings: [first, ...others] }: Side): boolean {
  return first !== undefined && others.some((rows) => !metric.isIdentical(first, rows));
}

/** The metric's; of scores that are all 0 or 1 that of a share. */
function rangeOf(metric: Metric, trainings: Trainings): Interval {
  const areShares = trainings.every(
    (rows) => rows.kind === "scored" && rows.scores.get(metric.name)?.every((score) => score === 0 || score === 1) === true,
  );
  return areShares ? { low: 0, high: 1 } : metric.range;
}

function rowsOf({ error, degreesOfFreedom }: Noise) {
  return { rowError: error, rowDegreesOfFreedom: degreesOfFreedom };
}

function halfWidth({ error, degreesOfFreedom }: Noise): number {
  return studentTQuantile(0.975, degreesOfFreedom) * error;
}

function finite(method: string, interval: Interval, degreesOfFreedom: number | undefined): Estimated {
  const hasEnds = Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return hasEnds ? { method, interval, degreesOfFreedom } : { method, noIntervalBecause: "it is too wide to write down" };
}
