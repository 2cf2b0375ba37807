import { differences } from "./influence.ts";
import { clip, type Interval, symmetric, type TInterval } from "./interval.ts";
import { degreesOfFreedom, standardDeviation } from "./moments.ts";
import { z95 } from "./normal.ts";
import type { RocAuc } from "./roc-auc.ts";
import { studentTQuantile } from "./student-t.ts";

/**
 * 95% interval of the difference of two AUCs on the same rows (DeLong, DeLong and Clarke-Pearson 1988), with t in the place of
 * z: few rows of the rarer class carry the variance, and their placements are far from normal.
 * Where both models rank nearly all rows right, or the placements leave no variance though the models rank differently,
 * the interval is put together from those of the two AUCs as if they were independent (MOVER, Zou and Donner 2008), which is
 * wider than the truth.
 */
export function delongPairedInterval(baseline: RocAuc, candidate: RocAuc, positive: Uint8Array): TInterval {
  const change = candidate.auc - baseline.auc;
  const apart = differences(candidate.placements, baseline.placements);
  const { error, t, degreesOfFreedom: df } = placementError(apart, positive);
  if (error > 1e-12 && !(rankNearlyAll(baseline) && rankNearlyAll(candidate)))
    return { interval: clip(symmetric(change, t * error), { low: -1, high: 1 }), degreesOfFreedom: df };
  const [theirs, ours] = [delongInterval(baseline, positive), delongInterval(candidate, positive)];
  const interval = {
    low: change - Math.hypot(candidate.auc - ours.low, theirs.high - baseline.auc),
    high: change + Math.hypot(ours.high - candidate.auc, baseline.auc - theirs.low),
  };
  return { interval, degreesOfFreedom: undefined };
}

/**
 * 95% interval of one AUC: DeLong's variance on the logit scale, which keeps it inside (0, 1). An AUC of next to no errors gets Newcombe's score interval instead (2006, Statistics in Medicine 25:559, method 5).
 */
export function delongInterval({ auc, placements, positives, negatives }: RocAuc, positive: Uint8Array): Interval {
  const { error, t } = placementError(placements, positive);
  if (!(error > 1e-12) || rankNearlyAll({ auc, positives, negatives })) return newcombeInterval(auc, positives, negatives);
  const logit = Math.log(auc / (1 - auc));
  const half = (t * error) / (auc * (1 - auc));
  return { low: 1 / (1 + Math.exp(half - logit)), high: 1 / (1 + Math.exp(-half - logit)) };
}

/** Below one row's worth of errors the few rows that would show the noise are likely not in the sample. */
export const leastRankingErrors = 1;

function rankNearlyAll({ auc, positives, negatives }: Pick<RocAuc, "auc" | "positives" | "negatives">): boolean {
  return Math.min(auc, 1 - auc) * Math.min(positives, negatives) < leastRankingErrors;
}

/**
 * Standard error of an AUC, or of a difference of two, by the placements or their differences; and the 97.5% quantile of t with
 * Welch and Satterthwaite's degrees of freedom, each class having those that its own kurtosis leaves.
 */
function placementError(placements: Float64Array, positive: Uint8Array) {
  const classes = [1, 0].map((flag) => {
    const own = placements.filter((_, row) => positive[row] === flag);
    return { variance: standardDeviation(own) ** 2 / own.length, df: degreesOfFreedom(own) };
  });
  const variance = classes.reduce((total, own) => total + own.variance, 0);
  if (!(variance > 0)) return { error: variance, t: z95, degreesOfFreedom: undefined };
  const df = variance ** 2 / classes.reduce((total, own) => total + own.variance ** 2 / own.df, 0);
  return { error: Math.sqrt(variance), t: studentTQuantile(0.975, df), degreesOfFreedom: df };
}

function newcombeInterval(auc: number, positives: number, negatives: number): Interval {
  const others = (positives + negatives) / 2 - 1;
  const reaches = (bound: number) => {
    const spread = 1 + others * ((1 - bound) / (2 - bound) + bound / (1 + bound));
    return (auc - bound) ** 2 <= (z95 * z95 * bound * (1 - bound) * spread) / (positives * negatives);
  };
  return { low: furthest(auc, 0, reaches), high: furthest(auc, 1, reaches) };
}

/** The point furthest from `inside` towards `end` that is still reached. */
function furthest(inside: number, end: number, reaches: (bound: number) => boolean): number {
  if (inside === end) return end;
  let near = inside;
  let far = end;
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2;
    if (reaches(middle)) near = middle;
    else far = middle;
  }
  return near;
}
