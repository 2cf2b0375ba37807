/** Sum with Neumaier's compensation, so that a million small numbers keep their digits. */
export function sum(values: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** NaN when there are none. */
export function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/** Sample standard deviation (n − 1); NaN below two values. */
export function standardDeviation(values: Float64Array): number {
  const centre = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}

/**
 * How many degrees of freedom the standard deviation of these values has: 2n/(κ − 1) with their own kurtosis κ, since the
 * variance of a variance is about σ⁴(κ − 1)/n (Satterthwaite 1946); n − 1 for normal values, few where few rows carry the spread.
 */
export function degreesOfFreedom(values: Float64Array): number {
  const centre = mean(values);
  let second = 0;
  let fourth = 0;
  for (const value of values) {
    const square = (value - centre) ** 2;
    second += square;
    fourth += square * square;
  }
  const rows = values.length;
  const excess = (rows * fourth) / (second * second) - 1;
  return excess > 0 ? Math.max(1, Math.min(rows - 1, (2 * rows) / excess)) : rows - 1;
}

/** Linear interpolation between order statistics (Hyndman and Fan's type 7) of values sorted upwards. */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}
