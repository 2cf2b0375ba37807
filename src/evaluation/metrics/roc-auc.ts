import { metricFacts } from "../../spec/metric-names.ts";
import { delongInterval, delongPairedInterval } from "../../statistics/delong.ts";
import { type RocAuc, rocAuc, rocAucInfluence } from "../../statistics/roc-auc.ts";
import { missingForValue } from "../guards.ts";
import type { Metric } from "../metric.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { rankingErrorsNeed, whereReadDiffers } from "./carriers.ts";
import { orderOf } from "./order.ts";
import { type BinaryScores, binaryScores, definedScores, needsOfEachClass, oneClass, sameRanking } from "./probabilities.ts";

/** Rows of each class below which DeLong's interval does not cover what it says. */
export const leastOfEachClass = 30;

const method = "DeLong";
/** Of single models on plain rows DeLong's interval is wide enough where few rows differ or are ranked wrong. */
const ofEachClass = { events: (rows: Rows) => needsOfEachClass(rows, leastOfEachClass), carries: () => () => 1 };

/** Binary ROC-AUC. */
export const rocAucMetric: Metric = {
  name: "roc_auc",
  ...metricFacts.roc_auc,
  isIdentical: sameRanking,
  measure(rows) {
    const found = binaryScores(rows);
    if ("undefinedBecause" in found) return found;
    const { auc } = ranked(found, rows);
    return Number.isNaN(auc) ? { undefinedBecause: oneClass(asLabelled(rows)) } : { value: auc };
  },
  influence(rows) {
    const found = definedScores(rows);
    return rocAucInfluence(ranked(found, rows), found.positive, rows.weights);
  },
  events(rows) {
    const { positive, ...found } = definedScores(rows);
    const { placements, positives, negatives } = ranked({ positive, ...found }, rows);
    const rarer = positives <= negatives ? 1 : 0;
    const errorOf = (row: number) => (positive[row] === rarer ? 1 - (placements[row] ?? 1) : 0);
    return [...ofEachClass.events(rows), rankingErrorsNeed(errorOf)];
  },
  carries: whereReadDiffers((rows) => [ranked(definedScores(rows), rows).placements]),
  estimate(rows) {
    const missing = missingForValue(ofEachClass, [rows], undefined);
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    const ours = definedScores(rows);
    return { method, interval: delongInterval(ranked(ours, rows), ours.positive) };
  },
  estimateChange(baseline, candidate) {
    const missing = missingForValue(ofEachClass, [candidate], undefined);
    if (missing !== undefined) return { method, noIntervalBecause: missing };
    const [theirs, ours] = [definedScores(baseline), definedScores(candidate)];
    return { method, ...delongPairedInterval(ranked(theirs, baseline), ranked(ours, candidate), ours.positive) };
  },
};

function ranked({ scores, positive }: BinaryScores, { weights }: Rows): RocAuc {
  return rocAuc(scores, positive, orderOf(scores), weights);
}
