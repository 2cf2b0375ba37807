import { amongFirst, precisionAtK, precisionAtKInfluence } from "../../statistics/precision-at-k.ts";
import type { Metric } from "../metric.ts";
import type { Rows } from "../rows.ts";
import { countOf } from "./estimating.ts";
import { influenceMetric } from "./influence-metric.ts";
import { orderOf } from "./order.ts";
import { binaryScores, definedScores, sameRanking } from "./probabilities.ts";

/** Hits and misses among the first rows below which the interval of a value is too short: with 1 miss of 73%, with 10 of 94%. */
const leastEvents = 10;

/**
 * Share of positive rows among the `k` with the highest scores. Rows that tie at the cut are taken in random order, and the share is
 * what is expected of it. A row of weight 2 counts as two. Intervals are those of the first k/n of the rows.
 */
export function precisionOfFirst(k: number): Metric {
  const valueAt = (rows: Rows) => {
    const { scores, positive } = definedScores(rows);
    return precisionAtK(scores, positive, k, orderOf(scores), rows.weights);
  };
  return influenceMetric({
    name: "precision_at_k",
    isIdentical: sameRanking,
    taken(rows) {
      const { scores, positive } = definedScores(rows);
      return amongFirst(scores, positive, k, orderOf(scores), rows.weights);
    },
    measure(rows) {
      const found = binaryScores(rows);
      if ("undefinedBecause" in found) return found;
      const value = valueAt(rows);
      return Number.isNaN(value) ? { undefinedBecause: fewer(k, rows) } : { value };
    },
    influence(rows) {
      const { scores, positive } = definedScores(rows);
      return precisionAtKInfluence(scores, positive, k, orderOf(scores), rows.weights);
    },
    events(rows) {
      const { scores, positive } = definedScores(rows);
      const taken = amongFirst(scores, positive, k, orderOf(scores), rows.weights);
      const among = (flag: number) => (row: number) => (positive[row] === flag ? (taken[row] ?? 0) : 0);
      // Of a change it will do that one of the models has as many.
      return [
        { least: leastEvents, of: `positive rows among the first ${k}`, rows: among(1), sides: "one" },
        { least: leastEvents, of: `negative rows among the first ${k}`, rows: among(0), sides: "one" },
      ];
    },
  });
}

function fewer(k: number, { count, weights }: Rows): string {
  if (weights === undefined) return `it needs ${countOf(k, "row")}, and there are ${count}`;
  return `it needs rows whose weights add up to ${k}, and they add up to ${shown(weights.reduce((a, b) => a + b, 0))}`;
}

function shown(count: number): string {
  return String(Math.round(count * 100) / 100);
}
