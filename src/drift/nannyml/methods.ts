import { chiSquareContingency, chiSquareTail } from "../../statistics/chi-square.ts";
import { jensenShannonDistance } from "../../statistics/divergence.ts";
import { edgesOfWidth, evenEdges, extent, histogram } from "../../statistics/histogram.ts";
import { ksStatistic } from "../../statistics/kolmogorov-smirnov.ts";
import { sum } from "../../statistics/moments.ts";
import { wassersteinDistance } from "../../statistics/wasserstein.ts";

/** A chunk's value; `pValue` decides instead of a threshold where there is one. */
export interface ChunkValue {
  value: number;
  pValue?: number;
}

/** Made from the reference: measures one chunk against it. Values are without missing ones; of none the result is NaN. */
export type NumberMethod = (reference: Float64Array) => (chunk: Float64Array) => ChunkValue;
export type CategoryMethod = (reference: readonly string[]) => (chunk: readonly string[]) => ChunkValue;

/** With as many rows NannyML keeps the reference as a histogram. */
const mostExact = 10_000;
const estimatedBins = 10_000;

/** By NannyML's names; the first is the default. */
export const numberMethods = {
  jensen_shannon: (reference) => overBins(reference, (p, q) => jensenShannonDistance(p, q) / Math.sqrt(Math.LN2)),
  hellinger: (reference) => overBins(reference, hellinger),
  kolmogorov_smirnov: kolmogorovSmirnov,
  wasserstein,
} satisfies Record<string, NumberMethod>;

export const categoryMethods = {
  jensen_shannon: (reference) => overCategories(reference, (p, q) => jensenShannonDistance(p, q) / Math.sqrt(Math.LN2)),
  hellinger: (reference) => overCategories(reference, hellinger),
  l_infinity: lInfinity,
  chi2: chiSquare,
} satisfies Record<string, CategoryMethod>;

type Distance = (reference: Float64Array, chunk: Float64Array) => number;

function overBins(reference: Float64Array, distance: Distance): ReturnType<NumberMethod> {
  const edges = doaneEdges(reference);
  const expected = shares(histogram(reference, edges), reference.length);
  return (chunk) => ({ value: withRest(expected, shares(histogram(chunk, edges), chunk.length), distance) });
}

function overCategories(reference: readonly string[], distance: Distance): ReturnType<CategoryMethod> {
  const counts = countsOf(reference);
  const expected = shares(Float64Array.from(counts.values()), reference.length);
  return (chunk) => {
    const found = countsOf(chunk);
    return {
      value: withRest(
        expected,
        shares(
          Float64Array.from(counts.keys(), (key) => found.get(key) ?? 0),
          chunk.length,
        ),
        distance,
      ),
    };
  };
}

/** What the reference has no bin for is one more, empty in the reference. */
function withRest(expected: Float64Array, found: Float64Array, distance: Distance): number {
  const rest = 1 - found.reduce((total, share) => total + share, 0);
  return rest > 0 ? distance(Float64Array.of(...expected, 0), Float64Array.of(...found, rest)) : distance(expected, found);
}

function hellinger(p: Float64Array, q: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < p.length; i++) squares += (Math.sqrt(p[i] ?? 0) - Math.sqrt(q[i] ?? 0)) ** 2;
  return Math.sqrt(squares / 2);
}

function lInfinity(reference: readonly string[]): ReturnType<CategoryMethod> {
  const expected = countsOf(reference);
  return (chunk) => {
    const found = countsOf(chunk);
    const difference = (key: string) => (expected.get(key) ?? 0) / reference.length - (found.get(key) ?? 0) / chunk.length;
    return { value: Math.max(...[...expected.keys(), ...found.keys()].map((key) => Math.abs(difference(key)))) };
  };
}

/** With Yates' correction of two by two classes, as SciPy has it by default. */
function chiSquare(reference: readonly string[]): ReturnType<CategoryMethod> {
  const expected = countsOf(reference);
  return (chunk) => {
    const found = countsOf(chunk);
    const keys = [...new Set([...expected.keys(), ...found.keys()])];
    const first = keys.map((key) => expected.get(key) ?? 0);
    const second = keys.map((key) => found.get(key) ?? 0);
    if (keys.length !== 2) {
      const { statistic, p } = chiSquareContingency(first, second);
      return { value: statistic, pValue: p };
    }
    const value = yates(first, second);
    return { value, pValue: chiSquareTail(value, 1) };
  };
}

function yates([a = 0, b = 0]: readonly number[], [c = 0, d = 0]: readonly number[]): number {
  const all = a + b + c + d;
  const off = Math.abs(a - ((a + b) * (a + c)) / all);
  return ((off - Math.min(0.5, off)) ** 2 * all ** 3) / ((a + b) * (c + d) * (a + c) * (b + d));
}

function kolmogorovSmirnov(reference: Float64Array): ReturnType<NumberMethod> {
  if (reference.length < mostExact) {
    const sorted = reference.toSorted();
    return (chunk) => ({ value: ksStatistic(sorted, chunk.toSorted()) });
  }
  const [first, last] = extent(reference);
  const edges = evenEdges(first, last, estimatedBins);
  const expected = cumulative(shares(histogram(reference, edges), reference.length), 0);
  return (chunk) => {
    const below = chunk.reduce((count, value) => count + (value < first ? 1 : 0), 0) / chunk.length;
    const found = cumulative(shares(histogram(chunk, edges), chunk.length), below);
    return { value: found.reduce((most, share, i) => Math.max(most, Math.abs(share - (expected[i] ?? 0))), 0) };
  };
}

function wasserstein(reference: Float64Array): ReturnType<NumberMethod> {
  if (reference.length < mostExact) {
    const sorted = reference.toSorted();
    return (chunk) => ({ value: wassersteinDistance(sorted, chunk.toSorted()) });
  }
  const [first, last] = extent(reference);
  const edges = first === last ? evenEdges(first - 0.5, last + 0.5, estimatedBins) : evenEdges(first, last, estimatedBins);
  const width = (edges[1] ?? 0) - (edges[0] ?? 0);
  const expected = cumulative(shares(histogram(reference, edges), reference.length), 0);
  const [low = Number.NaN, high = Number.NaN] = [edges[0], edges.at(-1)];
  return (chunk) => {
    const smaller = chunk.filter((value) => value < low).toSorted();
    const bigger = chunk.filter((value) => value > high).toSorted();
    const [shareBelow, shareAbove] = [smaller, bigger].map((values) =>
      values.length === 0 ? 0 : (values.length + 1) / chunk.length,
    );
    const found = cumulative(shares(histogram(chunk, edges), chunk.length), shareBelow ?? 0);
    let within = 0;
    for (const [i, share] of found.entries()) within += Math.abs((expected[i] ?? 0) - share) * width;
    // Its distance of the values beyond an end to that end, which counts the end as one of them.
    const ofSmaller = area(Float64Array.of(...smaller, low), (share) => share) * (shareBelow ?? 0);
    const ofBigger = area(Float64Array.of(high, ...bigger), (share) => 1 - share) * (shareAbove ?? 0);
    return { value: within + ofSmaller + ofBigger };
  };
}

/** Under the empirical distribution function of sorted values, or above it. */
function area(sorted: Float64Array, of: (share: number) => number): number {
  let sum = 0;
  for (let i = 0; i + 1 < sorted.length; i++) sum += of((i + 1) / sorted.length) * ((sorted[i + 1] ?? 0) - (sorted[i] ?? 0));
  return sum;
}

/** `numpy.histogram_bin_edges(…, "doane")`. */
function doaneEdges(values: Float64Array): Float64Array {
  const rows = values.length;
  const [first, last] = extent(values);
  const mean = sum(values) / rows;
  const sigma = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / rows);
  if (rows <= 2 || sigma === 0) return edgesOfWidth(first, last, 0);
  const error = Math.sqrt((6 * (rows - 2)) / ((rows + 1) * (rows + 3)));
  const skewness = sum(values.map((value) => ((value - mean) / sigma) ** 3)) / rows;
  return edgesOfWidth(first, last, (last - first) / (1 + Math.log2(rows) + Math.log2(1 + Math.abs(skewness) / error)));
}

function shares(counts: Float64Array, rows: number): Float64Array {
  return counts.map((count) => count / rows);
}

function cumulative(values: Float64Array, start: number): Float64Array {
  let total = start;
  return values.map((value) => {
    total += value;
    return total;
  });
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
