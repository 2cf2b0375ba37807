import { operatingPoint, recallAtFprInfluence } from "../../statistics/recall-at-fpr.ts";
import type { Metric } from "../metric.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { firstMissing } from "./estimating.ts";
import { influenceMetric } from "./influence-metric.ts";
import { orderOf } from "./order.ts";
import { binaryScores, definedScores, oneClass, sameRanking } from "./probabilities.ts";
import { isCounted } from "./weighted-mean.ts";

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
    range: { low: 0, high: 1 },
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
    missingEvents: (models) => firstMissing(models, (rows) => missingAround(rows, most)) ?? missingPositives(models, most),
  });
}

/** So few negative rows are allowed above the threshold that one more or less moves it far. */
function missingAround(rows: Rows, most: number): string | undefined {
  const { positive } = definedScores(rows);
  let negatives = 0;
  for (let row = 0; row < rows.count; row++) if (positive[row] !== 1 && isCounted(rows, row)) negatives++;
  // Rates that people write, such as 0.01, times a number of rows miss whole numbers by rounding.
  const needed = Math.ceil(leastAlarms / most - 1e-6);
  return negatives < needed
    ? `needs ${needed} negative rows, so that ${leastAlarms} may be false alarms, has ${negatives}`
    : undefined;
}

/** Of a change it will do that one of the models finds, or misses, as many. */
function missingPositives(models: readonly Rows[], most: number): string | undefined {
  const sides = models.map((rows) => {
    const { positive } = definedScores(rows);
    const called = calledPositive(rows, most);
    const sizes = { found: 0, missed: 0 };
    for (let row = 0; row < rows.count; row++)
      if (positive[row] === 1 && isCounted(rows, row)) sizes[called[row] === 1 ? "found" : "missed"]++;
    return sizes;
  });
  const found = Math.max(...sides.map((side) => side.found));
  const missed = Math.max(...sides.map((side) => side.missed));
  if (found < leastPositives) return `needs ${leastPositives} positive rows above the threshold, has ${found}`;
  return missed < leastPositives ? `needs ${leastPositives} positive rows below the threshold, has ${missed}` : undefined;
}

/** 1 where the row scores at least the threshold. */
function calledPositive(rows: Rows, most: number): Uint8Array {
  const { scores, positive } = definedScores(rows);
  const { threshold } = operatingPoint(scores, positive, most, orderOf(scores), rows.weights);
  return Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));
}
