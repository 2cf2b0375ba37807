import type { Interval } from "../../statistics/interval.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import { type ClassCounts, emptyCounts, occurring, total } from "./class-counts.ts";

/** A statistic of class counts: NaN where undefined, with the reason by `undefinedBecause`. */
export interface LabelStatistic {
  value(counts: ClassCounts, positive: number): number;
  /** Its derivative towards each of the counts; asked only where it is defined. */
  gradient(counts: ClassCounts, positive: number): ClassCounts;
  /** `name` gives a label for people: `class "a"`. */
  undefinedBecause(counts: ClassCounts, positive: number, name: NameLabel): string;
}

type NameLabel = (label: number) => string;

/** Right rows of a class over a mix of its true and its predicted rows. */
export interface ClassShare {
  ofTruth: number;
  ofPredicted: number;
  /** Why there is nothing to divide by. */
  why(label: string): string;
}

export const precisionOf: ClassShare = { ofTruth: 0, ofPredicted: 1, why: (label) => `${label} is never predicted` };
export const recallOf: ClassShare = { ofTruth: 1, ofPredicted: 0, why: (label) => `no row of the test set is of ${label}` };
/** 2 · correct / (truth + predicted). */
export const f1Of: ClassShare = {
  ofTruth: 0.5,
  ofPredicted: 0.5,
  why: (label) => `${label} is neither in the test set nor predicted`,
};

const at = (values: Float64Array, label: number) => values[label] ?? 0;

function shareOf({ ofTruth, ofPredicted }: ClassShare, { truth, predicted, correct }: ClassCounts, label: number): number {
  return at(correct, label) / (ofTruth * at(truth, label) + ofPredicted * at(predicted, label));
}

/** Adds the derivative of a class's share, times a factor. */
function addSlope(gradient: ClassCounts, share: ClassShare, counts: ClassCounts, label: number, factor: number): void {
  const scale = factor / (share.ofTruth * at(counts.truth, label) + share.ofPredicted * at(counts.predicted, label));
  const value = shareOf(share, counts, label);
  gradient.correct[label] = at(gradient.correct, label) + scale;
  gradient.truth[label] = at(gradient.truth, label) - share.ofTruth * value * scale;
  gradient.predicted[label] = at(gradient.predicted, label) - share.ofPredicted * value * scale;
}

/** Of the positive class. */
export function ofPositive(share: ClassShare): LabelStatistic {
  return {
    value: (counts, positive) => shareOf(share, counts, positive),
    gradient(counts, positive) {
      const gradient = emptyCounts(counts.truth.length);
      addSlope(gradient, share, counts, positive, 1);
      return gradient;
    },
    undefinedBecause: (counts, positive, name) => (counts.rows === 0 ? noRows() : share.why(name(positive))),
  };
}

/** Unweighted mean over the classes that occur. */
export function macro(share: ClassShare): LabelStatistic {
  return {
    value: (counts) => meanOver(occurring(counts), share, counts),
    gradient: (counts) => gradientOver(occurring(counts), share, counts),
    undefinedBecause: (counts, _, name) => firstUndefined(share, counts, name),
  };
}

/** Mean over the classes of the truth, weighted by how often each occurs there. */
export function weighted(share: ClassShare): LabelStatistic {
  const value = (counts: ClassCounts) => {
    let sum = 0;
    for (const label of classesOfTruth(counts)) sum += at(counts.truth, label) * shareOf(share, counts, label);
    return sum / total(counts.truth);
  };
  return {
    value,
    gradient(counts) {
      const gradient = emptyCounts(counts.truth.length);
      const [mean, rows] = [value(counts), total(counts.truth)];
      for (const label of gradient.truth.keys()) {
        const own = at(counts.truth, label) > 0 ? shareOf(share, counts, label) : 0;
        gradient.truth[label] = (own - mean) / rows;
        if (at(counts.truth, label) > 0) addSlope(gradient, share, counts, label, at(counts.truth, label) / rows);
      }
      return gradient;
    },
    undefinedBecause: (counts, _, name) =>
      counts.rows > 0 && total(counts.truth) === 0 ? nothingTrue : firstUndefined(share, counts, name),
  };
}

/** Of all labels' rows together. Of one label a row this is the share of right rows. */
export function micro(share: ClassShare): LabelStatistic {
  const pool = ({ rows, truth, predicted, correct }: ClassCounts): ClassCounts => ({
    rows,
    truth: Float64Array.of(total(truth)),
    predicted: Float64Array.of(total(predicted)),
    correct: Float64Array.of(total(correct)),
  });
  return {
    value: (counts) => shareOf(share, pool(counts), 0),
    gradient(counts) {
      const pooled = emptyCounts(1);
      addSlope(pooled, share, pool(counts), 0, 1);
      const { length } = counts.truth;
      const spread = (values: Float64Array) => new Float64Array(length).fill(at(values, 0));
      return {
        rows: 0,
        truth: spread(pooled.truth),
        predicted: spread(pooled.predicted),
        correct: spread(pooled.correct),
      };
    },
    undefinedBecause(counts) {
      if (counts.rows === 0) return noRows();
      if (share.ofTruth === 0) return "the model gives no row a label";
      return share.ofPredicted === 0 ? nothingTrue : "no row has a label, neither in the test set nor predicted";
    },
  };
}

const nothingTrue = "no row of the test set has a label";

/** Share of rows with the right label: for one label a row also micro-averaged precision, recall and F1. */
export const shareCorrect: LabelStatistic = {
  value: ({ correct, rows }) => total(correct) / rows,
  gradient: ({ correct, rows }) => ({
    ...emptyCounts(correct.length),
    rows: -total(correct) / (rows * rows),
    correct: new Float64Array(correct.length).fill(1 / rows),
  }),
  undefinedBecause: noRows,
};

/** Mean recall over the classes of the truth (Brodersen et al. 2010). */
export const balancedAccuracy: LabelStatistic = {
  value(counts) {
    const classes = classesOfTruth(counts);
    return classes.length < 2 ? Number.NaN : meanOver(classes, recallOf, counts);
  },
  gradient: (counts) => gradientOver(classesOfTruth(counts), recallOf, counts),
  undefinedBecause: (counts, _, name) => oneClassOnly(counts, name),
};

export function classesOfTruth({ truth }: ClassCounts): number[] {
  return [...truth.keys()].filter((label) => at(truth, label) > 0);
}

/**
 * No row is wrong, so neither resampling nor influence would show any noise. Each class's share of right rows is at least Wilson's
 * lower bound; their mean bounds an average over classes, and twice that less one a correlation.
 */
export function withoutErrors(counts: ClassCounts, range: Interval): Interval {
  const bounds = classesOfTruth(counts).map((label) => wilsonInterval(at(counts.correct, label), at(counts.correct, label)).low);
  const low = bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length;
  return { low: range.low + low * (range.high - range.low), high: range.high };
}

export function oneClassOnly(counts: ClassCounts, name: NameLabel): string {
  const [only] = classesOfTruth(counts);
  return only === undefined ? noRows() : `every row of the test set is of ${name(only)}`;
}

export function noRows(): string {
  return "there are no rows";
}

function meanOver(classes: readonly number[], share: ClassShare, counts: ClassCounts): number {
  return classes.reduce((sum, label) => sum + shareOf(share, counts, label), 0) / classes.length;
}

function gradientOver(classes: readonly number[], share: ClassShare, counts: ClassCounts): ClassCounts {
  const gradient = emptyCounts(counts.truth.length);
  for (const label of classes) addSlope(gradient, share, counts, label, 1 / classes.length);
  return gradient;
}

function firstUndefined(share: ClassShare, counts: ClassCounts, name: NameLabel): string {
  if (counts.rows === 0) return noRows();
  const label = occurring(counts).find((candidate) => Number.isNaN(shareOf(share, counts, candidate)));
  return label === undefined ? "no label is in the test set or predicted" : share.why(name(label));
}
