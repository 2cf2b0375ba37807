import { chiSquareGoodnessOfFit, chiSquareQuantile } from "../../statistics/chi-square.ts";
import { jensenShannonDistance, kullbackLeibler, populationStability } from "../../statistics/divergence.ts";
import { ksPValue, ksQuantile, ksStatistic } from "../../statistics/kolmogorov-smirnov.ts";
import { sum } from "../../statistics/moments.ts";
import { z95 } from "../../statistics/normal.ts";
import { twoProportionPValue } from "../../statistics/two-proportions.ts";
import { wassersteinDistance } from "../../statistics/wasserstein.ts";
import { alignedCounts, type BinnedShares, shares, sturgesShares, withoutZeros } from "./bins.ts";
import { countsOfNumbers } from "./columns.ts";

/** One side of a column, without missing and infinite values. */
export type Side =
  | { kind: "numbers"; values: Float64Array; areIntegers: boolean }
  | { kind: "categories"; counts: ReadonlyMap<string | number, number> };

/** Evidently's names in its own words: `ks`, `wasserstein`, `chisquare`, `z`, `jensenshannon`, `psi`, `kl_div`. */
export type EvidentlyMeasure = "ks" | "wasserstein" | "chi-square" | "z" | "js" | "psi" | "kl";

export interface Measured {
  /** What Evidently calls the drift score: the p-value of a test, else the distance. */
  score: number;
  drifted: boolean;
  /** The statistic or distance, and what it has to exceed. */
  value: number;
  limit: number;
}

const level = 0.05;
const distanceLimit = 0.1;
/** Evidence holds finite numbers only. */
const mostValue = 1e12;

/** By Evidently's implementations; numbers alone have Kolmogorov and Smirnov's test and Wasserstein's distance. */
export function measureSides(measure: EvidentlyMeasure, reference: Side, current: Side): Measured {
  switch (measure) {
    case "ks":
      return ks(numbersOf(reference), numbersOf(current));
    case "wasserstein":
      return distance(normedWasserstein(numbersOf(reference), numbersOf(current)));
    case "chi-square":
      return chiSquare(reference, current);
    case "z":
      return twoProportions(reference, current);
    case "js": {
      const bins = binned(reference, current);
      return distance(jensenShannonDistance(bins.reference, bins.current));
    }
    case "psi": {
      const bins = binned(reference, current);
      return distance(populationStability(withoutZeros(bins.reference), withoutZeros(bins.current)));
    }
    case "kl": {
      const bins = binned(reference, current);
      return distance(kullbackLeibler(withoutZeros(bins.reference), withoutZeros(bins.current)));
    }
  }
}

/** The default: by rows of the reference and distinct values of both sides together. */
export function defaultMeasure(reference: Side, current: Side): EvidentlyMeasure {
  const distinct = distinctUpTo(6, reference, current);
  const areNumbers = reference.kind === "numbers";
  if (rowsOf(reference) > 1_000) return areNumbers && distinct > 5 ? "wasserstein" : "js";
  if (areNumbers && distinct > 5) return "ks";
  return distinct > 2 ? "chi-square" : "z";
}

/** Distinct values of sides together, not counted further than so many. */
function distinctUpTo(most: number, ...sides: readonly Side[]): number {
  const found = new Set<string | number>();
  for (const side of sides) {
    for (const value of side.kind === "numbers" ? side.values : side.counts.keys()) {
      found.add(value);
      if (found.size >= most) return most;
    }
  }
  return found.size;
}

export function rowsOf(side: Side): number {
  if (side.kind === "numbers") return side.values.length;
  let rows = 0;
  for (const count of side.counts.values()) rows += count;
  return rows;
}

function countsOf(side: Side): ReadonlyMap<string | number, number> {
  return side.kind === "numbers" ? countsOfNumbers(side.values) : side.counts;
}

function numbersOf(side: Side): Float64Array {
  if (side.kind !== "numbers") throw new TypeError("Only numbers are compared by ks and wasserstein.");
  return side.values.toSorted();
}

function distance(value: number): Measured {
  return { score: value, drifted: value >= distanceLimit, value: Math.min(mostValue, value), limit: distanceLimit };
}

function ks(reference: Float64Array, current: Float64Array): Measured {
  const value = ksStatistic(reference, current);
  const score = ksPValue(value, reference.length, current.length);
  return { score, drifted: score <= level, value, limit: ksQuantile(level, reference.length, current.length) };
}

function normedWasserstein(reference: Float64Array, current: Float64Array): number {
  const mean = sum(reference) / reference.length;
  const std = Math.sqrt(sum(reference.map((value) => (value - mean) ** 2)) / reference.length);
  return wassersteinDistance(reference, current) / Math.max(std, 0.001);
}

/** Against the reference's counts, as if these were known and not themselves a sample. */
function chiSquare(reference: Side, current: Side): Measured {
  const counts = alignedCounts(countsOf(reference), countsOf(current));
  const scale = rowsOf(current) / rowsOf(reference);
  const expected = counts.reference.map((count) => count * scale);
  const { statistic, degreesOfFreedom, p } = chiSquareGoodnessOfFit(counts.current, expected);
  const limit = degreesOfFreedom === 0 ? 0 : chiSquareQuantile(level, degreesOfFreedom);
  return { score: p, drifted: p < level, value: Math.min(mostValue, statistic), limit };
}

/** Of the share of one of two values; which one does not matter. */
function twoProportions(reference: Side, current: Side): Measured {
  const counts = alignedCounts(countsOf(reference), countsOf(current));
  const rows = [rowsOf(reference), rowsOf(current)] as const;
  const hits = [counts.reference[0] ?? 0, counts.current[0] ?? 0] as const;
  const score = twoProportionPValue(hits, rows);
  const pooled = (hits[0] + hits[1]) / (rows[0] + rows[1]);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / rows[0] + 1 / rows[1]));
  const value = error > 0 ? Math.abs(hits[0] / rows[0] - hits[1] / rows[1]) / error : 0;
  return { score, drifted: score < level, value, limit: z95 };
}

const mostDiscrete = 20;

function binned(reference: Side, current: Side): BinnedShares {
  if (reference.kind === "numbers" && current.kind === "numbers" && distinctUpTo(mostDiscrete + 1, reference) > mostDiscrete)
    return sturgesShares(reference.values, current.values, reference.areIntegers && current.areIntegers);
  const counts = alignedCounts(countsOf(reference), countsOf(current));
  return { reference: shares(counts.reference, rowsOf(reference)), current: shares(counts.current, rowsOf(current)) };
}
