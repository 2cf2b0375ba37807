import type { Comparison, Evaluation, Slice } from "../evidence/evidence.ts";
import { holmAdjusted, pValueOfNoChange } from "../statistics/significance.ts";
import type { ModelVerdict, SliceClaim } from "./verdict.ts";

/** At most this share of changes that are none makes a claim. */
const level = 0.05;

type Headline = NonNullable<ModelVerdict["headline"]>;

/** All that may be claimed of a change: the only place where that is decided, for reports, terminals and exit codes alike. */
export type Claims = Pick<ModelVerdict, "headline" | "worseSlices" | "betterSlices">;

/** @param primary the metric of record; undefined: all of them, Holm-corrected */
export function claimsOf({ comparisons, slices }: Pick<Evaluation, "comparisons" | "slices">, primary?: string): Claims {
  const headline = headlineOf(comparisons, primary);
  return { ...(headline && { headline }), ...claimedSlices(slices ?? [], primary) };
}

/**
 * What the change may be called as a whole. With a primary metric by its 95% interval alone; without one each metric may claim
 * better or worse, and Holm's correction over all that have an interval keeps the chance of any false claim at 5%.
 * @returns metrics by name, in their order; undefined where none has an interval
 */
export function headlineOf(comparisons: readonly Comparison[], primary: string | undefined): Headline | undefined {
  const judged = comparisons.filter(({ metric }) => isAsked(metric, primary)).flatMap((comparison) => changeOf(comparison) ?? []);
  if (judged.length === 0) return undefined;
  const { better, worse } = claimed(judged);
  return {
    ...(primary === undefined ? { basis: "holm" } : { basis: "primary", metric: primary }),
    better: better.map(({ comparison }) => comparison.metric),
    worse: worse.map(({ comparison }) => comparison.metric),
  };
}

/** One family: every metric that is asked, on every slice that has an interval of it. */
function claimedSlices(slices: readonly Slice[], primary: string | undefined): Claims {
  const judged = slices
    .filter(({ tooSmall }) => !tooSmall)
    .flatMap((slice) =>
      slice.comparisons
        .filter(({ metric }) => isAsked(metric, primary))
        .flatMap((comparison) => changeOf(comparison) ?? [])
        .map((change) => ({ ...change, slice })),
    );
  if (judged.length === 0) return {};
  const { better, worse } = claimed(judged);
  const largestFirst = (claims: typeof judged) =>
    claims
      .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
      .map(({ slice, comparison }): SliceClaim => ({ slice, comparison }));
  return { worseSlices: largestFirst(worse), betterSlices: largestFirst(better) };
}

function isAsked(metric: string, primary: string | undefined): boolean {
  return primary === undefined || metric === primary;
}

interface KnownChange {
  comparison: Comparison;
  change: number;
  /** How unlikely it is where there is none. */
  p: number;
  isBetter: boolean;
}

/** Undefined where it has no interval. */
function changeOf(comparison: Comparison): KnownChange | undefined {
  const { change, interval, degreesOfFreedom, greaterIsBetter } = comparison;
  if (change === null || interval === undefined) return undefined;
  const p = pValueOfNoChange({ change, interval, degreesOfFreedom });
  return { comparison, change, p, isBetter: change > 0 === greaterIsBetter };
}

/** Those of a family that can be told from no change, with Holm's correction over all of it. */
function claimed<Change extends KnownChange>(family: readonly Change[]): { better: Change[]; worse: Change[] } {
  const adjusted = holmAdjusted(family.map(({ p }) => p));
  const shown = family.filter((_, i) => (adjusted[i] ?? 1) < level);
  return { better: shown.filter(({ isBetter }) => isBetter), worse: shown.filter(({ isBetter }) => !isBetter) };
}
