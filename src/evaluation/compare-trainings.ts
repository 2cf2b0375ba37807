import type { Comparison } from "../evidence/evidence.ts";
import type { Groups } from "../statistics/groups.ts";
import { mirror } from "../statistics/interval.ts";
import { mean } from "../statistics/moments.ts";
import { estimateMeanChange, type Side } from "./estimate-sides.ts";
import { isPlain, valuesOf } from "./measure-trainings.ts";
import type { Estimated, Metric } from "./metric.ts";
import { relativeChange } from "./relative-change.ts";
import { rowNoise, type Trainings } from "./row-noise.ts";
import type { Rows } from "./rows.ts";
import { withNoise } from "./with-noise.ts";

/**
 * One metric of two sides whose rows were joined: the change of the means of their trainings, candidate − baseline, with its paired
 * 95% interval. What is the same in both is a change of exactly 0.
 * @param metric or why there is none of that name
 */
export function compareTrainings(
  name: string,
  metric: Metric | { undefinedBecause: string },
  baseline: Trainings,
  candidate: Trainings,
  groups: Groups | undefined,
): Comparison {
  const rows = candidate[0]?.count ?? 0;
  const none = { metric: name, baseline: null, candidate: null, change: null, rows, identical: false };
  if ("undefinedBecause" in metric) {
    return { ...none, greaterIsBetter: true, method: "none", noIntervalBecause: metric.undefinedBecause };
  }
  const { greaterIsBetter } = metric;
  const identical = areIdentical(metric, baseline, candidate);
  const [theirs, ours] = [valuesOf(metric, baseline), valuesOf(metric, candidate)];
  const values = {
    baseline: "values" in theirs ? mean(theirs.values) : null,
    candidate: "values" in ours ? mean(ours.values) : null,
  };
  if (!("values" in ours)) {
    const noIntervalBecause = `undefined for the candidate: ${ours.undefinedBecause}`;
    return { ...none, ...values, greaterIsBetter, identical, method: "none", noIntervalBecause };
  }
  if (!("values" in theirs)) {
    const noIntervalBecause = `undefined for the baseline: ${theirs.undefinedBecause}`;
    return { ...none, ...values, greaterIsBetter, identical, method: "none", noIntervalBecause };
  }
  const known = { ...none, ...values, greaterIsBetter };
  if (identical) {
    const relative = values.baseline === 0 ? undefined : { change: 0, interval: { low: 0, high: 0 } };
    return { ...known, identical, change: 0, interval: { low: 0, high: 0 }, relative, method: "identical predictions" };
  }
  const change = mean(ours.values) - mean(theirs.values);
  const sides = [
    { trainings: baseline, values: theirs.values },
    { trainings: candidate, values: ours.values },
  ] as const;
  return { ...known, change, ...estimateChange(metric, ...sides, groups) };
}

function estimateChange(metric: Metric, baseline: Side, candidate: Side, groups: Groups | undefined) {
  const trainings = [baseline.trainings, candidate.trainings];
  const [theirs, ours] = [baseline.trainings[0], candidate.trainings[0]];
  if (!theirs || !ours) throw new Error("Two sides were compared and one has no training.");
  const [before, after] = [mean(baseline.values), mean(candidate.values)];
  const noise = rowNoise(metric, trainings, groups);
  const found: Estimated & { seedVariance?: true } = isPlain(trainings, groups)
    ? estimatePlain(metric, theirs, ours, after - before)
    : estimateMeanChange(metric, baseline, candidate, noise, groups);
  const estimated = withNoise(found, Math.max(Math.abs(before), Math.abs(after)));
  if (!("interval" in estimated)) return { ...estimated, relative: relativeChange({ metric, baseline, candidate }) };
  return { ...estimated, relative: relativeChange({ metric, baseline, candidate, estimated, noise }) };
}

/** Resampling is seeded, so the two directions are kept mirrors of each other by estimating always the one that rises. */
function estimatePlain(metric: Metric, baseline: Rows, candidate: Rows, change: number): Estimated {
  if (change >= 0) return metric.estimateChange(baseline, candidate);
  const estimated = metric.estimateChange(candidate, baseline);
  return "interval" in estimated ? { ...estimated, interval: mirror(estimated.interval) } : estimated;
}

/** Whether every training of one side has its like on the other: the mean is the same, and no row says anything. */
function areIdentical(metric: Metric, baseline: Trainings, candidate: Trainings): boolean {
  const [first] = baseline;
  if (first === undefined) return false;
  if (baseline.length !== candidate.length) return [...baseline, ...candidate].every((rows) => metric.isIdentical(first, rows));
  const unmatched = [...baseline];
  return candidate.every((ours) => {
    const match = unmatched.findIndex((theirs) => metric.isIdentical(theirs, ours));
    if (match >= 0) unmatched.splice(match, 1);
    return match >= 0;
  });
}
