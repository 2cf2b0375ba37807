import { kolmogorovQuantile, kolmogorovTail } from "./kolmogorov.ts";

/**
 * D = sup |F₁ − F₂| of two samples' empirical distribution functions.
 * @param first, second finite values sorted upwards, at least one each
 */
export function ksStatistic(first: Float64Array, second: Float64Array): number {
  let [i, j] = [0, 0];
  let most = 0;
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i] ?? 0, second[j] ?? 0);
    while (i < first.length && (first[i] ?? 0) <= value) i++;
    while (j < second.length && (second[j] ?? 0) <= value) j++;
    most = Math.max(most, Math.abs(i / first.length - j / second.length));
  }
  return most;
}

/** As SciPy: with more rows than this on a side the distribution of D is approximated. */
const mostExact = 10_000;
/** Of many different rows, whose exact p takes seconds, one that is smaller than this may be approximated. */
const surelySmall = 1e-12;
const manyPaths = 1e6;

/**
 * Two-sided p-value of D, as `scipy.stats.ks_2samp` gives it with `method="auto"`: exact while both sides have at most 10,000 rows,
 * else by Kolmogorov's distribution of n₁n₂/(n₁ + n₂) rows. Ties make it larger than it is, never smaller.
 * @param first, second rows of the samples, at least one each
 */
export function ksPValue(d: number, first: number, second: number): number {
  const isLong = Math.max(first, second) > mostExact;
  if (isLong || (first !== second && d * first * second > manyPaths)) {
    const approximate = kolmogorovTail(d, effectiveRows(first, second));
    if (isLong || approximate < surelySmall) return approximate;
  }
  const divisor = greatestCommonDivisor(first, second);
  const steps = Math.round(d * (first / divisor) * second);
  if (steps === 0) return 1;
  const p = first === second ? outsideSquare(first, steps) : outsideBand(first, second, divisor, steps);
  return Math.min(1, Math.max(0, p));
}

/** The D that samples of one distribution exceed with probability p, by the approximation for many rows. */
export function ksQuantile(p: number, first: number, second: number): number {
  return kolmogorovQuantile(p, effectiveRows(first, second));
}

/** SciPy rounds it, halves to even. */
function effectiveRows(first: number, second: number): number {
  const exact = (first * second) / (first + second);
  const rounded = Math.round(exact);
  return Math.max(1, rounded - exact === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded);
}

/** Paths of equal samples that leave ±steps/n (Gnedenko and Korolyuk 1951), as a nested product: no large numbers cancel. */
function outsideSquare(rows: number, steps: number): number {
  let p = 0;
  for (let k = Math.floor(rows / steps); k >= 0; k--) {
    let factor = 1;
    for (let j = 0; j < steps; j++) factor *= (rows - k * steps - j) / (rows + k * steps + j + 1);
    p = factor * (1 - p);
  }
  return 2 * p;
}

/**
 * Probability that a random lattice path from (0, 0) to (first, second) leaves the band |x/first − y/second| < steps/lcm (Hodges 1958),
 * column by column: each element is the probability that a path to it has left before.
 */
function outsideBand(first: number, second: number, divisor: number, steps: number): number {
  const long = Math.max(first, second);
  const short = Math.min(first, second);
  const longStep = long / divisor;
  const shortStep = short / divisor;
  let from = 0;
  let to = Math.min(Math.ceil(steps / longStep), short + 1);
  const column = new Float64Array(Math.min(2 * to + 2, short + 1)).fill(1);
  column.fill(0, 0, to);
  for (let x = 1; x <= long; x++) {
    const [fromBefore, lengthBefore] = [from, to - from];
    from = Math.min(short, Math.max(0, Math.floor((shortStep * x - steps) / longStep) + 1));
    to = Math.min(Math.ceil((shortStep * x + steps) / longStep), short + 1);
    if (to <= from) return 1;
    let value = from === 0 ? 0 : 1;
    for (let at = 0; at < to - from; at++) {
      const y = at + from;
      value = ((column[y - fromBefore] ?? 1) * x + value * y) / (x + y);
      column[at] = value;
    }
    if (lengthBefore > to - from) column.fill(1, to - from, lengthBefore);
  }
  return column[to - from - 1] ?? 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
