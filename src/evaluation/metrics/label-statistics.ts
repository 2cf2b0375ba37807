import { type ClassCounts, occurring, total } from "./class-counts.ts";

/** A statistic of class counts: NaN where undefined, with the reason by `undefinedBecause`. */
export interface LabelStatistic {
  value(counts: ClassCounts, positive: number): number;
  /** `name` gives a label for people. */
  undefinedBecause(counts: ClassCounts, positive: number, name: (label: number) => string): string;
}

type OfClass = (counts: ClassCounts, label: number) => number;

const at = (values: Float64Array, label: number) => values[label] ?? 0;
export const precisionOf: OfClass = ({ correct, predicted }, label) => at(correct, label) / at(predicted, label);
export const recallOf: OfClass = ({ correct, truth }, label) => at(correct, label) / at(truth, label);
export const f1Of: OfClass = ({ correct, truth, predicted }, label) =>
  (2 * at(correct, label)) / (at(truth, label) + at(predicted, label));

/** Of the positive class. */
export function ofPositive(ofClass: OfClass): LabelStatistic {
  return {
    value: ofClass,
    undefinedBecause: (counts, positive, name) => whyUndefined(ofClass, counts, positive, name),
  };
}

/** Unweighted mean over the classes that occur. */
export function macro(ofClass: OfClass): LabelStatistic {
  return {
    value: (counts) => {
      const classes = occurring(counts);
      return classes.reduce((sum, label) => sum + ofClass(counts, label), 0) / classes.length;
    },
    undefinedBecause: (counts, _, name) => firstUndefined(ofClass, counts, name),
  };
}

/** Mean over the classes of the truth, weighted by how often each occurs there. */
export function weighted(ofClass: OfClass): LabelStatistic {
  return {
    value: (counts) => {
      let sum = 0;
      for (const [label, rows] of counts.truth.entries()) if (rows > 0) sum += rows * ofClass(counts, label);
      return sum / total(counts.truth);
    },
    undefinedBecause: (counts, _, name) => firstUndefined(ofClass, counts, name),
  };
}

/** Share of rows with the right label: for one label a row also micro-averaged precision, recall and F1. */
export const shareCorrect: LabelStatistic = {
  value: ({ correct, rows }) => total(correct) / rows,
  undefinedBecause: noRows,
};

/** Mean recall over the classes of the truth (Brodersen et al. 2010). */
export const balancedAccuracy: LabelStatistic = {
  value: (counts) => {
    const classes = classesOfTruth(counts);
    if (classes.length < 2) return Number.NaN;
    return classes.reduce((sum, label) => sum + recallOf(counts, label), 0) / classes.length;
  },
  undefinedBecause: (counts, _, name) => oneClassOnly(counts, name),
};

/** Correlation of truth and prediction (Matthews 1975; for more classes Gorodkin 2004). */
export const matthewsCorrelation: LabelStatistic = {
  value: ({ truth, predicted, correct, rows }) => {
    let both = 0;
    let truths = 0;
    let predictions = 0;
    for (let label = 0; label < truth.length; label++) {
      both += at(truth, label) * at(predicted, label);
      truths += at(truth, label) ** 2;
      predictions += at(predicted, label) ** 2;
    }
    const spread = (rows * rows - truths) * (rows * rows - predictions);
    return spread > 0 ? (total(correct) * rows - both) / Math.sqrt(spread) : Number.NaN;
  },
  undefinedBecause: (counts, _, name) =>
    classesOfTruth(counts).length < 2 ? oneClassOnly(counts, name) : "the model gives every row the same label",
};

export function classesOfTruth({ truth }: ClassCounts): number[] {
  return [...truth.keys()].filter((label) => at(truth, label) > 0);
}

function oneClassOnly(counts: ClassCounts, name: (label: number) => string): string {
  const [only] = classesOfTruth(counts);
  return only === undefined ? noRows() : `every row of the test set is of class ${name(only)}`;
}

function firstUndefined(ofClass: OfClass, counts: ClassCounts, name: (label: number) => string): string {
  const label = occurring(counts).find((candidate) => Number.isNaN(ofClass(counts, candidate)));
  return label === undefined ? noRows() : whyUndefined(ofClass, counts, label, name);
}

function whyUndefined(ofClass: OfClass, counts: ClassCounts, label: number, name: (label: number) => string): string {
  if (counts.rows === 0) return noRows();
  if (ofClass === precisionOf) return `class ${name(label)} is never predicted`;
  if (ofClass === recallOf) return `no row of the test set is of class ${name(label)}`;
  return `class ${name(label)} is neither in the test set nor predicted`;
}

function noRows(): string {
  return "there are no rows";
}
