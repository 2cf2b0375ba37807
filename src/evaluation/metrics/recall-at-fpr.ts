import { operatingPoint, recallAtFprInfluence } from "../../statistics/recall-at-fpr.ts";
import type { Need } from "../guards.ts";
import type { Metric } from "../metric.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { influenceMetric } from "./influence-metric.ts";
import { orderOf } from "./order.ts";
import { binaryScores, definedScores, oneClass, sameRanking } from "./probabilities.ts";

/** Below these numbers of rows on either side of the threshold the interval is too short: with 4 of 93%, with 10 of 94% to 96%. */
const leastAlarms = 10;
const leastPositives = 10;

/**
 * Recall at the lowest threshold whose false positive rate is not above `most`: a point of the ROC curve, with nothing
 * interpolated between points; rows of one score are called positive together.
 */
export function recallAtFpr(most: number): Metric {
  return influenceMetric({
    name: "recall_at_fpr",
    isIdentical: sameRanking,
    taken: (rows) => calledPositive(rows, most),
    measure(rows) {
      const found = binaryScores(rows);
      if ("undefinedBecause" in found) return found;
      const { recall } = operatingPoint(found.scores, found.positive, most, orderOf(found.scores), rows.weights);
      return Number.isNaN(recall) ? { undefinedBecause: oneClass(asLabelled(rows)) } : { value: recall };
    },
    influence(rows) {
      const { scores, positive } = definedScores(rows);
      return recallAtFprInfluence(scores, positive, most, orderOf(scores), rows.weights);
    },
    events: (rows) => needsAround(rows, most),
  });
}

/**
 * Few negative rows above the threshold move it far by one more or less. Of the positive ones it will do, of a change, that one of
 * the models finds or misses as many.
 */
function needsAround(rows: Rows, most: number): Need[] {
  const { positive } = definedScores(rows);
  const called = calledPositive(rows, most);
  const of = (flag: number, call: number) => (row: number) => (positive[row] === flag && called[row] === call ? 1 : 0);
  // Rates that people write, such as 0.01, times a number of rows miss whole numbers by rounding.
  const negatives = Math.ceil(leastAlarms / most - 1e-6);
  const isNegative = (row: number) => (positive[row] === 1 ? 0 : 1);
  return [
    {
      least: negatives,
      of: `negative rows, so that ${leastAlarms} may be false alarms`,
      rows: isNegative,
      sides: "truth",
      inRows: true,
    },
    { least: leastAlarms, of: "negative rows above the threshold", rows: of(0, 1), sides: "each" },
    { least: leastPositives, of: "positive rows above the threshold", rows: of(1, 1), sides: "one" },
    { least: leastPositives, of: "positive rows below the threshold", rows: of(1, 0), sides: "one" },
  ];
}

/** 1 where the row scores at least the threshold. */
function calledPositive(rows: Rows, most: number): Uint8Array {
  const { scores, positive } = definedScores(rows);
  const { threshold } = operatingPoint(scores, positive, most, orderOf(scores), rows.weights);
  return Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));
}
