/** Rows from each edge up to the next, the last edge included, as `numpy.histogram`; what lies outside is in no bin. */
export function histogram(values: Float64Array, edges: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  const [first = Number.NaN, last = Number.NaN] = [edges[0], edges[bins]];
  for (const value of values) {
    if (!(value >= first && value <= last)) continue;
    let [low, high] = [0, bins];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((edges[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    counts[low - 1] = (counts[low - 1] ?? 0) + 1;
  }
  return counts;
}

/** `numpy.linspace`: so many values more than bins, from one to the other. */
export function evenEdges(first: number, last: number, bins: number): Float64Array {
  const step = (last - first) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : i * step + first));
}

/** The edges that `numpy.histogram_bin_edges` makes of a rule's bin width; around a single value one bin of width 1. */
export function edgesOfWidth(first: number, last: number, width: number): Float64Array {
  const [low, high] = first === last ? [first - 0.5, last + 0.5] : [first, last];
  return evenEdges(low, high, width > 0 ? Math.ceil((high - low) / width) : 1);
}

/** The least and the greatest value; infinite of none. */
export function extent(...samples: Float64Array[]): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of samples) {
    for (const value of values) {
      if (value < first) first = value;
      if (value > last) last = value;
    }
  }
  return [first, last];
}
