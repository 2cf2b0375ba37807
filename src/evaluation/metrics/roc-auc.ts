import { delongInterval, delongPairedInterval } from "../../statistics/delong.ts";
import { type RocAuc, rocAuc } from "../../statistics/roc-auc.ts";
import type { Metric } from "../metric.ts";
import { metricFacts } from "../metric-names.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { orderOf } from "./order.ts";
import { type BinaryScores, binaryScores, needOfEachClass, oneClass, sameNumbers } from "./probabilities.ts";

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
    const { auc } = ranked(found);
    return Number.isNaN(auc) ? { undefinedBecause: oneClass(asLabelled(rows)) } : { value: auc };
  },
  missingEvents: (models) =>
    models.map((rows) => needOfEachClass(rows, leastOfEachClass)).find((missing) => missing !== undefined),
  estimate(rows) {
    const missing = needOfEachClass(rows, leastOfEachClass);
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    const ours = defined(rows);
    return { method, interval: delongInterval(ranked(ours), ours.positive) };
  },
  estimateChange(baseline, candidate) {
    const missing = needOfEachClass(candidate, leastOfEachClass);
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    const ours = defined(candidate);
    return { method, ...delongPairedInterval(ranked(defined(baseline)), ranked(ours), ours.positive) };
  },
};

function ranked({ scores, positive }: BinaryScores): RocAuc {
  return rocAuc(scores, positive, orderOf(scores));
}

/** Scores of the positive class, asked only where they were found before. */
function defined(rows: Rows) {
  const found = binaryScores(rows);
  if ("undefinedBecause" in found) throw new Error(`Asked for an interval where there are no scores: ${found.undefinedBecause}.`);
  return found;
}

export function sameBinaryScores(baseline: Rows, candidate: Rows): boolean {
  const [theirs, ours] = [binaryScores(baseline), binaryScores(candidate)];
  return "scores" in theirs && "scores" in ours && sameNumbers(theirs.scores, ours.scores);
}
