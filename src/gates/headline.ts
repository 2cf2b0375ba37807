import type { Comparison, Slice } from "../evidence/evidence.ts";
import { holmAdjusted, pValueOfNoChange } from "../statistics/significance.ts";
import type { ModelVerdict } from "./verdict.ts";

/** At most this share of changes that are none makes a claim. */
const level = 0.05;

type Headline = NonNullable<ModelVerdict["headline"]>;

/**
 * What the change may be called as a whole. With a primary metric by its 95% interval alone; without one each metric may claim
 * better or worse, and Holm's correction over all that have an interval keeps the chance of any false claim at 5%.
 * @returns metrics by name, in their order; undefined where none has an interval
 */
export function headlineOf(comparisons: readonly Comparison[], primary: string | undefined): Headline | undefined {
  const judged = comparisons
    .filter(({ metric }) => primary === undefined || metric === primary)
    .flatMap((comparison) => claimOf(comparison) ?? []);
  if (judged.length === 0) return undefined;
  const adjusted = holmAdjusted(judged.map(({ p }) => p));
  const claimed = judged.filter((_, i) => (adjusted[i] ?? 1) < level);
  return {
    basis: primary === undefined ? "holm" : "primary",
    better: claimed.filter(({ isBetter }) => isBetter).map(({ comparison }) => comparison.metric),
    worse: claimed.filter(({ isBetter }) => !isBetter).map(({ comparison }) => comparison.metric),
  };
}

export interface WorseSlice {
  slice: Slice;
  comparison: Comparison;
}

/** Slices on which a metric is shown to be worse, with Holm's correction over all slices that the metrics have an interval on; worst first. */
export function worstSlices(slices: readonly Slice[], ...metrics: readonly string[]): WorseSlice[] {
  const judged = slices.flatMap((slice) =>
    slice.comparisons
      .filter(({ metric }) => metrics.includes(metric) && slice.tooSmall === undefined)
      .flatMap((comparison) => claimOf(comparison) ?? [])
      .map((claim) => ({ ...claim, slice })),
  );
  const adjusted = holmAdjusted(judged.map(({ p }) => p));
  return judged
    .filter(({ isBetter }, i) => !isBetter && (adjusted[i] ?? 1) < level)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .map(({ slice, comparison }) => ({ slice, comparison }));
}

/** How unlikely the change is where there is none; undefined where it has no interval. */
function claimOf(comparison: Comparison) {
  const { change, interval, degreesOfFreedom, greaterIsBetter } = comparison;
  if (change === null || interval === undefined) return undefined;
  const p = pValueOfNoChange({ change, interval, degreesOfFreedom });
  return { comparison, change, p, isBetter: change > 0 === greaterIsBetter };
}
