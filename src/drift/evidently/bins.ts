import { edgesOfWidth, extent, histogram } from "../../statistics/histogram.ts";

/** Rows of both sides in the same bins, as shares. */
export interface BinnedShares {
  reference: Float64Array;
  current: Float64Array;
}

/** Evidently's `get_binned_data` of numbers with more than 20 distinct values in the reference: NumPy's Sturges bins of both together. */
export function sturgesShares(reference: Float64Array, current: Float64Array, areIntegers: boolean): BinnedShares {
  const edges = sturgesEdges(reference, current, areIntegers);
  return {
    reference: shares(histogram(reference, edges), reference.length),
    current: shares(histogram(current, edges), current.length),
  };
}

/** And otherwise: each value that either side has is a bin. */
export function alignedCounts(
  reference: ReadonlyMap<string | number, number>,
  current: ReadonlyMap<string | number, number>,
): { reference: Float64Array; current: Float64Array } {
  const keys = [...new Set([...reference.keys(), ...current.keys()])];
  const of = (counts: ReadonlyMap<string | number, number>) => Float64Array.from(keys, (key) => counts.get(key) ?? 0);
  return { reference: of(reference), current: of(current) };
}

export function shares(counts: Float64Array, rows: number): Float64Array {
  return counts.map((count) => count / rows);
}

const filled = 1e-4;

/** Zeros become 1e-4, or a millionth of the side's smallest share where that is no larger; nothing is scaled back to a sum of 1. */
export function withoutZeros(side: Float64Array): Float64Array {
  const least = side.reduce((min, share) => (share > 0 && share < min ? share : min), Number.POSITIVE_INFINITY);
  return side.map((share) => (share > 0 ? share : least <= filled ? least / 1e6 : filled));
}

/** `numpy.histogram_bin_edges(…, "sturges")` of NumPy 2: bins of whole numbers are at least 1 wide. */
function sturgesEdges(reference: Float64Array, current: Float64Array, areIntegers: boolean): Float64Array {
  const [first, last] = extent(reference, current);
  const width = (last - first) / (Math.log2(reference.length + current.length) + 1);
  return edgesOfWidth(first, last, areIntegers && width > 0 && width < 1 ? 1 : width);
}
