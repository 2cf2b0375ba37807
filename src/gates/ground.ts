import type { Comparison, MetricResult, Slice } from "../evidence/evidence.ts";
import type { Gate } from "../spec/spec.ts";
import type { TrainedSide } from "../statistics/sample-size.ts";
import { intervalAtLevel } from "../statistics/significance.ts";
import { decideChange, decideValue } from "./decide.ts";
import { type Decision, inconclusive, missing } from "./decision.ts";
import type { JudgedEvaluation } from "./judged-evaluation.ts";
import type { GateResult } from "./verdict.ts";
import { type Sampling, seedsAndUnits, seedsOrMore, testRows, units } from "./what-would-decide.ts";

/** What a gate is judged on: its metric on the whole test set, on a slice, or as the trainer reported it. */
export interface Ground {
  comparison: Comparison | undefined;
  value: MetricResult | undefined;
  ofChange: Sampling;
  ofValue: Sampling;
}

/** A decision, and what it is about. */
export interface Judged {
  decision: Decision;
  about: Omit<GateResult, "outcome" | "note" | "waiver" | "missing">;
}

/** Why nothing can be decided on an evaluation that lacks a side; undefined when it has what the gate needs. */
export function missingSide(gate: Gate, { candidate, baseline }: JudgedEvaluation): Decision | undefined {
  if (candidate === undefined) return missing("the candidate could not be scored");
  if ("margin" in gate && baseline === undefined) return missing("there is no baseline to compare with");
  return undefined;
}

/**
 * With fewer trainings than the law asks, how much they vary is not known as well as it should be; a limit on the value needs that
 * too. Trainings that are all the same say no more than one.
 */
export function missingTrainings(evaluation: JudgedEvaluation, asked: number): Decision | undefined {
  const { candidate, baseline, seedsEqual = [] } = evaluation;
  if (candidate === undefined) return undefined;
  const trainings = candidate.predictions.length;
  if (trainings < asked) return inconclusive(`the base branch trains ${asked} seeds, this run has ${trainings}`);
  // Where the baseline's seeds change nothing either, the recipe has no noise of theirs to hide.
  const ignoresSeeds =
    seedsEqual.includes("candidate") && (baseline?.predictions.length ?? 1) > 1 && !seedsEqual.includes("baseline");
  if (asked === 1 || !ignoresSeeds) return undefined;
  return inconclusive(
    `the base branch trains ${asked} seeds, and the ${trainings} trainings of this change count as one: they all predict the same, where the baseline's differ`,
  );
}

export function wholeTestSet(metric: string, evaluation: JudgedEvaluation): Ground {
  const { candidate, baseline, comparisons, group, testSet } = evaluation;
  const comparison = ofMetric(metric, comparisons);
  const value = ofMetric(metric, candidate?.metrics);
  const narrowing = group
    ? units(group.groups, "group of test rows", "groups of test rows")
    : testRows(comparison?.rows ?? testSet.rows);
  const theirs = side(baseline?.predictions, ofMetric(metric, baseline?.metrics));
  const ofChange = withSeeds(narrowing, theirs, side(candidate?.predictions, value), comparison);
  return { comparison, value, ofChange, ofValue: withOwnSeeds(narrowing, value) };
}

export function oneSlice(
  metric: string,
  { metrics, comparisons, rows }: Slice,
  { candidate, baseline }: JudgedEvaluation,
): Ground {
  const comparison = ofMetric(metric, comparisons);
  const value = ofMetric(metric, metrics);
  const narrowing = units(rows, "row of the slice", "rows of the slice");
  const ofChange = withSeeds(narrowing, side(baseline?.predictions, undefined), side(candidate?.predictions, value), comparison);
  return { comparison, value, ofChange, ofValue: withOwnSeeds(narrowing, value) };
}

/** The gate's own rule, for the whole test set and for a slice alike. */
export function decideOn(gate: Gate, { comparison, value, ofChange, ofValue }: Ground): Decision {
  if (value === undefined) return missing("the evidence does not have this metric");
  if (value.value === null) return inconclusive(`undefined: ${value.undefinedBecause ?? "the evidence does not say why"}`);
  if ("limit" in gate) return decideValue(gate, value, value.value, ofValue);
  if (comparison === undefined) return missing("the evidence does not compare this metric");
  if (comparison.change === null) return inconclusive(comparison.noIntervalBecause ?? "undefined for the baseline");
  return decideChange(gate, comparison, comparison.change, ofChange);
}

/** The same with its intervals at another level, 0 < level < 1. */
export function atLevel(ground: Ground, level: number): Ground {
  const { comparison, value } = ground;
  return { ...ground, comparison: comparison && changeAtLevel(comparison, level), value: value && valueAtLevel(value, level) };
}

function changeAtLevel(comparison: Comparison, level: number): Comparison {
  const { change, interval, relative, degreesOfFreedom } = comparison;
  if (change === null || interval === undefined) return comparison;
  const wide = { ...comparison, interval: intervalAtLevel({ change, interval, degreesOfFreedom }, level) };
  if (relative?.interval === undefined) return wide;
  const share = { change: relative.change, interval: relative.interval, degreesOfFreedom };
  return { ...wide, relative: { ...relative, interval: intervalAtLevel(share, level) } };
}

function valueAtLevel(result: MetricResult, level: number): MetricResult {
  const { value, interval, degreesOfFreedom } = result;
  if (value === null || interval === undefined) return result;
  return { ...result, interval: intervalAtLevel({ change: value, interval, degreesOfFreedom }, level) };
}

function withSeeds(
  narrowing: ReturnType<typeof units>,
  theirs: TrainedSide,
  ours: TrainedSide,
  comparison: Comparison | undefined,
) {
  if (!comparison?.seedVariance || comparison.interval === undefined) return narrowing;
  const { interval, degreesOfFreedom } = comparison;
  return seedsAndUnits(narrowing, theirs, ours, { interval, degreesOfFreedom });
}

function withOwnSeeds(narrowing: ReturnType<typeof units>, value: MetricResult | undefined): Sampling {
  return (value?.seeds?.length ?? 1) > 2 ? seedsOrMore(narrowing, "seeds") : narrowing;
}

function side(predictions: readonly string[] | undefined, result: MetricResult | undefined): TrainedSide {
  return { trainings: predictions?.length ?? 1, values: result?.seeds };
}

function ofMetric<Result extends { metric: string }>(metric: string, results: readonly Result[] | undefined): Result | undefined {
  return results?.find((result) => result.metric === metric);
}
