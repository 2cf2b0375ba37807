const digits = 11;
const buckets = 1 << digits;

/**
 * Row numbers in the order of their values, smallest first; ties stay in row order, −0 equals 0. Values must not be NaN.
 * A radix sort over the bits of the doubles: linear, and several times faster than a comparator at a million rows.
 */
export function sortedOrder(values: Float64Array): Uint32Array<ArrayBuffer> {
  const rows = values.length;
  // Adding zero turns −0 into 0.
  const words = new Uint32Array(values.map((value) => value + 0).buffer);
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const upper = words[2 * i + 1] ?? 0;
    const lower = words[2 * i] ?? 0;
    // Unsigned order of these is the order of the numbers: negative ones have all bits flipped, others the sign bit.
    const negative = upper >>> 31 === 1;
    low[i] = negative ? ~lower : lower;
    high[i] = negative ? ~upper : upper ^ 0x80000000;
  }
  let order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  let next = new Uint32Array(rows);
  for (const [key, shift] of passes(low, high)) {
    const starts = new Uint32Array(buckets + 1);
    for (let i = 0; i < rows; i++) {
      const bucket = (((key[i] ?? 0) >>> shift) & (buckets - 1)) + 1;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
    if (starts.includes(rows)) continue;
    for (let i = 1; i <= buckets; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    for (let i = 0; i < rows; i++) {
      const row = order[i] ?? 0;
      const bucket = ((key[row] ?? 0) >>> shift) & (buckets - 1);
      const place = starts[bucket] ?? 0;
      next[place] = row;
      starts[bucket] = place + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

function passes(low: Uint32Array, high: Uint32Array): [Uint32Array, number][] {
  const shifts = [0, digits, 2 * digits];
  return [low, high].flatMap((key) => shifts.map((shift): [Uint32Array, number] => [key, shift]));
}
