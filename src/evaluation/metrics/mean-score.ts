import { deltaInterval, differences } from "../../statistics/influence.ts";
import type { Interval } from "../../statistics/interval.ts";
import { tangoInterval } from "../../statistics/tango.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import { missingForChange, missingForValue } from "../guards.ts";
import type { Estimated, Metric } from "../metric.ts";
import { asScored, type Rows } from "../rows.ts";
import { countMoves, rowsNeed, whereReadDiffers } from "./carriers.ts";
import { countOf } from "./estimating.ts";
import { sameNumbers } from "./probabilities.ts";
import { influenceOnMean, weightedMean } from "./weighted-mean.ts";

/** Rows of either score below which a share is far from normal; independent rows need none by Wilson's and Tango's intervals. */
const leastEvents = 10;

/**
 * The mean of a score over the rows, by their weights: what a `scored` task measures. Scores that are all 0 or 1 are shares, with
 * Wilson's interval of the value and Tango's of a change; others have that of t.
 * @param name of the score among the columns of the predictions
 */
export function meanScore(name: string, greaterIsBetter: boolean): Metric {
  const scoresOf = (rows: Rows) => asScored(rows).scores.get(name);
  const defined = (rows: Rows) => {
    const scores = scoresOf(rows);
    if (scores === undefined) throw new Error(`The mean of ${name} was asked for an interval where it is undefined.`);
    return scores;
  };
  const self: Metric = {
    name,
    title: name,
    tasks: ["scored"],
    greaterIsBetter,
    needs: "values",
    positive: false,
    range: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
    isIdentical(baseline, candidate) {
      const theirs = scoresOf(baseline);
      return theirs !== undefined && sameNumbers(theirs, scoresOf(candidate));
    },
    measure(rows) {
      const scores = scoresOf(rows);
      if (scores === undefined) return { undefinedBecause: `the model gives no score "${name}"` };
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const bad = scores.reduce((count, score) => count + (Number.isFinite(score) ? 0 : 1), 0);
      if (bad > 0) return { undefinedBecause: `the score of ${countOf(bad, "row")} is not a finite number` };
      const value = weightedMean(scores, rows);
      return Number.isFinite(value) ? { value } : { undefinedBecause: "the scores are too large to add up" };
    },
    influence: (rows) => influenceOnMean(defined(rows), rows),
    events(rows) {
      const scores = defined(rows);
      if (!isShare(scores)) return [rowsNeed()];
      return [1, 0].map((score) => {
        const of = `rows with a score of ${score}`;
        return { least: leastEvents, of, rows: (row) => (scores[row] === score ? 1 : 0), sides: "one" };
      });
    },
    carries: whereReadDiffers((rows) => [defined(rows)]),
    estimate(rows): Estimated {
      const scores = defined(rows);
      if (isShare(scores)) return { method: "Wilson", interval: wilsonInterval(sumOf(scores), rows.count) };
      const method = "t of the mean";
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      return { method, ...deltaInterval(weightedMean(scores, rows), influenceOnMean(scores, rows)) };
    },
    estimateChange(baseline, candidate): Estimated {
      const [theirs, ours] = [defined(baseline), defined(candidate)];
      if (isShare(theirs) && isShare(ours)) return { method: "Tango", interval: changeOfShare(theirs, ours) };
      const method = "paired t of the mean";
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const apart = differences(ours, theirs);
      const change = weightedMean(apart, candidate);
      return { method, ...deltaInterval(change, apart) };
    },
  };
  return self;
}

/** Whether all scores are 0 or 1. */
function isShare(scores: Float64Array): boolean {
  return scores.every((score) => score === 0 || score === 1);
}

function sumOf(scores: Float64Array): number {
  return scores.reduce((total, score) => total + score, 0);
}

function changeOfShare(theirs: Float64Array, ours: Float64Array): Interval {
  const { gained, lost } = countMoves(theirs, ours);
  return tangoInterval(gained, lost, ours.length);
}
