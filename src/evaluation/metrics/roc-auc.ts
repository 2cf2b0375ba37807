import { delongInterval, delongPairedInterval } from "../../statistics/delong.ts";
import { rocAuc } from "../../statistics/roc-auc.ts";
import type { Metric } from "../metric.ts";
import { metricFacts } from "../metric-names.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { binaryScores, needOfEachClass, oneClass, sameNumbers } from "./probabilities.ts";

/** Rows of each class below which DeLong's interval does not cover what it says. */
export const leastOfEachClass = 30;

const method = "DeLong";

/** Binary ROC-AUC. */
export const rocAucMetric: Metric = {
  name: "roc_auc",
  ...metricFacts.roc_auc,
  range: { low: 0, high: 1 },
  isIdentical: sameBinaryScores,
  measure(rows) {
    const found = binaryScores(rows);
    if ("undefinedBecause" in found) return found;
    const { auc } = rocAuc(found.scores, found.positive);
    return Number.isNaN(auc) ? { undefinedBecause: oneClass(asLabelled(rows)) } : { value: auc };
  },
  estimate(rows) {
    const missing = needOfEachClass(rows, leastOfEachClass);
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    const { scores, positive } = defined(rows);
    return { method, interval: delongInterval(rocAuc(scores, positive), positive) };
  },
  estimateChange(baseline, candidate) {
    const missing = needOfEachClass(candidate, leastOfEachClass);
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    const { scores, positive } = defined(candidate);
    return {
      method,
      interval: delongPairedInterval(rocAuc(defined(baseline).scores, positive), rocAuc(scores, positive), positive),
    };
  },
};

/** Scores of the positive class, asked only where they were found before. */
export function defined(rows: Rows) {
  const found = binaryScores(rows);
  if ("undefinedBecause" in found) throw new Error(`Asked for an interval where there are no scores: ${found.undefinedBecause}.`);
  return found;
}

export function sameBinaryScores(baseline: Rows, candidate: Rows): boolean {
  const [theirs, ours] = [binaryScores(baseline), binaryScores(candidate)];
  return "scores" in theirs && "scores" in ours && sameNumbers(theirs.scores, ours.scores);
}
