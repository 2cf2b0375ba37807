import type { Interval } from "../../statistics/interval.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import { type ClassCounts, total } from "./class-counts.ts";
import { cohenKappa, matthewsCorrelation } from "./label-agreement.ts";
import { type LabelMetric, labelMetric } from "./label-metric.ts";
import {
  balancedAccuracy,
  classesOfTruth,
  f1Of,
  macro,
  ofPositive,
  precisionOf,
  recallOf,
  shareCorrect,
  weighted,
} from "./label-statistics.ts";

const ofShare: LabelMetric["ofValue"] = {
  method: "Wilson",
  interval: ({ correct, rows }) => wilsonInterval(total(correct), rows),
};

/** Given the rows that were predicted positive (precision) or are (recall), the true positives among them are binomial. */
const ofPredicted: LabelMetric["ofValue"] = {
  method: "Wilson",
  interval: ({ correct, predicted }, positive) => wilsonInterval(correct[positive] ?? 0, predicted[positive] ?? 0),
};
const ofTrue: LabelMetric["ofValue"] = {
  method: "Wilson",
  interval: ({ correct, truth }, positive) => wilsonInterval(correct[positive] ?? 0, truth[positive] ?? 0),
};

/** F1 = 2J/(1+J) of the Jaccard index J, a binomial share of the rows that are positive or predicted so. */
function f1Interval({ correct, truth, predicted }: ClassCounts, positive: number): Interval {
  const hits = correct[positive] ?? 0;
  const jaccard = wilsonInterval(hits, (truth[positive] ?? 0) + (predicted[positive] ?? 0) - hits);
  return { low: (2 * jaccard.low) / (1 + jaccard.low), high: (2 * jaccard.high) / (1 + jaccard.high) };
}

const ofPositiveClass: LabelMetric["recallOf"] = ({ positive }) => (typeof positive === "number" ? [positive] : []);
const ofEachClass: LabelMetric["recallOf"] = (_, counts) => classesOfTruth(counts);

/** Metrics of predicted labels. */
export const labelMetrics = [
  labelMetric({ name: "accuracy", statistic: shareCorrect, by: "delta", ofValue: ofShare }),
  labelMetric({ name: "precision_micro", statistic: shareCorrect, by: "delta", ofValue: ofShare }),
  labelMetric({ name: "recall_micro", statistic: shareCorrect, by: "delta", ofValue: ofShare }),
  labelMetric({ name: "recall_weighted", statistic: shareCorrect, by: "delta", ofValue: ofShare }),
  labelMetric({ name: "f1_micro", statistic: shareCorrect, by: "delta", ofValue: ofShare }),
  labelMetric({ name: "precision", statistic: ofPositive(precisionOf), by: "bootstrap", ofValue: ofPredicted }),
  labelMetric({ name: "recall", statistic: ofPositive(recallOf), by: "delta", ofValue: ofTrue, recallOf: ofPositiveClass }),
  labelMetric({
    name: "f1",
    statistic: ofPositive(f1Of),
    by: "delta",
    ofValue: { method: "Wilson, of the Jaccard index", interval: f1Interval },
  }),
  labelMetric({ name: "precision_macro", statistic: macro(precisionOf), by: "bootstrap" }),
  labelMetric({ name: "precision_weighted", statistic: weighted(precisionOf), by: "bootstrap" }),
  labelMetric({ name: "recall_macro", statistic: macro(recallOf), by: "bootstrap", recallOf: ofEachClass }),
  labelMetric({ name: "f1_macro", statistic: macro(f1Of), by: "delta" }),
  labelMetric({ name: "f1_weighted", statistic: weighted(f1Of), by: "delta" }),
  labelMetric({ name: "balanced_accuracy", statistic: balancedAccuracy, by: "bootstrap", recallOf: ofEachClass }),
  labelMetric({ name: "matthews_corrcoef", statistic: matthewsCorrelation, by: "bootstrap" }),
  labelMetric({ name: "cohen_kappa", statistic: cohenKappa, by: "delta" }),
];
