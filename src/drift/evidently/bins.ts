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

/** `numpy.histogram_bin_edges(…, "sturges")` of NumPy 2. */
function sturgesEdges(reference: Float64Array, current: Float64Array, areIntegers: boolean): Float64Array {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of [reference, current]) {
    for (const value of values) {
      if (value < first) first = value;
      if (value > last) last = value;
    }
  }
  const range = last - first;
  const width = range / (Math.log2(reference.length + current.length) + 1);
  if (first === last) [first, last] = [first - 0.5, last + 0.5];
  const bins = width > 0 ? Math.ceil((last - first) / (areIntegers && width < 1 ? 1 : width)) : 1;
  const step = (last - first) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : i * step + first));
}

/** Rows from an edge up to the next; the last bin holds its upper edge too. */
function histogram(values: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  for (const value of values) {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((edges[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    const bin = Math.min(low - 1, counts.length - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
