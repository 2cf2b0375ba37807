import { drawHypergeometric } from "./hypergeometric.ts";
import type { Random } from "./random.ts";

/** Rows of two samples by class. Classes must be told apart without looking at which sample a row is of. */
export interface PairedCounts {
  first: ArrayLike<number>;
  second: ArrayLike<number>;
}

/** A number of two samples' counts of the same classes; the arrays are reused. */
export type CountStatistic = (first: Float64Array, second: Float64Array) => number;

/** Called until it is satisfied: each call draws so many tables more and gives all values so far, one array a statistic. */
export type PermutedStatistics = (draws: number) => readonly Float64Array[];

/**
 * What statistics are when rows are dealt to the two samples at random: the classes' counts of the first sample are multivariate
 * hypergeometric, so that a permutation of the rows costs as much as there are classes and not rows.
 */
export function permuteCounts(
  { first, second }: PairedCounts,
  statistics: readonly CountStatistic[],
  random: Random,
): PermutedStatistics {
  const pooled = Float64Array.from(first, (count, i) => count + (second[i] ?? 0));
  const rows = total(first);
  const all = rows + total(second);
  const dealt = new Float64Array(pooled.length);
  const rest = new Float64Array(pooled.length);
  const drawn: number[][] = statistics.map(() => []);
  return (draws) => {
    for (let draw = 0; draw < draws; draw++) {
      deal(pooled, rows, all, random, dealt);
      for (let i = 0; i < pooled.length; i++) rest[i] = (pooled[i] ?? 0) - (dealt[i] ?? 0);
      for (const [i, statistic] of statistics.entries()) drawn[i]?.push(statistic(dealt, rest));
    }
    return drawn.map((values) => Float64Array.from(values));
  };
}

function deal(pooled: Float64Array, rows: number, all: number, random: Random, dealt: Float64Array): void {
  let [drawn, balls] = [rows, all];
  for (let i = 0; i < pooled.length; i++) {
    const marked = pooled[i] ?? 0;
    const hits = drawHypergeometric({ balls, marked, drawn }, random.uniform());
    dealt[i] = hits;
    drawn -= hits;
    balls -= marked;
  }
}

/** (k + 1)/(B + 1) with the k of B drawn values that are as large as the observed one: never 0, and valid for any B. */
export function permutationPValue(observed: number, drawn: Float64Array): number {
  return (exceedances(observed, drawn) + 1) / (drawn.length + 1);
}

/** Drawn values as large as the observed one; sums in another order differ in their last digits. */
export function exceedances(observed: number, drawn: Float64Array): number {
  const least = observed - 1e-9 * Math.abs(observed);
  let count = 0;
  for (const value of drawn) if (value >= least) count++;
  return count;
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}
