import { boundedInterval } from "../statistics/bounded-interval.ts";
import type { Groups } from "../statistics/groups.ts";
import { clip, type Interval, symmetric } from "../statistics/interval.ts";
import { mean } from "../statistics/moments.ts";
import { z95 } from "../statistics/normal.ts";
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

const noNoise = "the rows show no noise to judge by";
const notStable = "the metric is undefined in too many resamples of the rows";

/**
 * 95% interval of a side's mean metric where rows have groups or weights or the side several trainings: ± t · SE, on the logit
 * scale of a metric with two bounds and on the log scale of one that is never negative, so that it stays within them. From
 * three trainings on it holds for other seeds too.
 */
export function estimateMean(metric: Metric, side: Side, noise: RowNoise, groups: Groups | undefined): Estimated {
  const missing = missingForValue(metric, side.trainings, groups);
  if (missing !== undefined) return { method: noise.method, noIntervalBecause: missing };
  const found = noise.of([1]);
  if (found === undefined) return { method: noise.method, noIntervalBecause: notStable };
  const { error: rowError, degreesOfFreedom: rowDegreesOfFreedom } = found;
  const range = rangeOf(metric, side.trainings);
  const overSeeds = seedMeanInterval(side.values, { rowError, rowDegreesOfFreedom });
  if (overSeeds) return finite(`${noise.method}, over seeds`, clip(overSeeds.interval, range));
  const value = mean(side.values);
  if (!hasNoise(found, value)) return { method: noise.method, noIntervalBecause: noNoise };
  return finite(noise.method, clip(found.resampled ?? boundedInterval(value, halfWidth(found), range), range));
}

/**
 * Paired 95% interval of the change of two sides' means, as `estimateMean`: candidate − baseline ± t · SE. From three trainings a
 * side on it holds for other seeds of the recipes too; with fewer it speaks of these trained models alone.
 * @param noise of the sides in the order baseline, candidate
 */
export function estimateMeanChange(
  metric: Metric,
  baseline: Side,
  candidate: Side,
  noise: RowNoise,
  groups: Groups | undefined,
): Estimated & { seedVariance?: true } {
  const missing = missingForChange(metric, baseline.trainings, candidate.trainings, groups);
  if (missing !== undefined) return { method: noise.method, noIntervalBecause: missing };
  const found = noise.of([-1, 1]);
  if (found === undefined) return { method: noise.method, noIntervalBecause: notStable };
  const { error: rowError, degreesOfFreedom: rowDegreesOfFreedom } = found;
  const { low, high } = rangeOf(metric, [...baseline.trainings, ...candidate.trainings]);
  const range = { low: low - high, high: high - low };
  const overSeeds = seedInterval({
    baseline: baseline.values,
    candidate: candidate.values,
    rowError,
    rowDegreesOfFreedom,
  });
  if (overSeeds) {
    const { interval, degreesOfFreedom } = overSeeds;
    return { ...finite(`${noise.method}, over seeds`, clip(interval, range), degreesOfFreedom), seedVariance: true };
  }
  const change = mean(candidate.values) - mean(baseline.values);
  if (!hasNoise(found, change) && change !== 0) return { method: noise.method, noIntervalBecause: noNoise };
  const interval = found.resampled ?? symmetric(change, halfWidth(found));
  return finite(noise.method, clip(interval, range), found.resampled ? undefined : rowDegreesOfFreedom);
}

/** Whether an interval of the two sides' change takes in the variance between seeds. */
export function hasSeeds(baseline: Side, candidate: Side): boolean {
  return Math.min(baseline.values.length, candidate.values.length) >= leastSeeds;
}

/** The metric's; of scores that are all 0 or 1 that of a share. */
function rangeOf(metric: Metric, trainings: Trainings): Interval {
  const areShares = trainings.every(
    (rows) => rows.kind === "scored" && rows.scores.get(metric.name)?.every((score) => score === 0 || score === 1) === true,
  );
  return areShares ? { low: 0, high: 1 } : metric.range;
}

function hasNoise({ error }: Noise, estimate: number): boolean {
  return error > 1e-12 * Math.max(1, Math.abs(estimate));
}

function halfWidth({ error, degreesOfFreedom }: Noise): number {
  return (degreesOfFreedom === undefined ? z95 : studentTQuantile(0.975, degreesOfFreedom)) * error;
}

function finite(method: string, interval: Interval, degreesOfFreedom?: number | undefined): Estimated {
  const hasEnds = Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return hasEnds ? { method, interval, degreesOfFreedom } : { method, noIntervalBecause: "it is too wide to write down" };
}
