import { normalQuantile } from "./normal.ts";
import { logGamma } from "./student-t.ts";

/** P(X² ≥ x) of a chi-square variable with `df` > 0 degrees of freedom; 1 for x ≤ 0. */
export function chiSquareTail(x: number, df: number): number {
  if (Number.isNaN(x) || !(df > 0)) return Number.NaN;
  return x <= 0 ? 1 : upperGamma(df / 2, x / 2);
}

/** The x with P(X² ≥ x) = p, 0 < p < 1, by bisection. */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) return Number.NaN;
  // Wilson and Hilferty's approximation, from which the bounds are looked for.
  const cube = 1 - 2 / (9 * df) - normalQuantile(p) * Math.sqrt(2 / (9 * df));
  let high = Math.max(1, df * Math.max(0, cube) ** 3);
  let low = 0;
  while (chiSquareTail(high, df) > p) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 100 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (chiSquareTail(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface ChiSquare {
  statistic: number;
  degreesOfFreedom: number;
  p: number;
}

/**
 * Pearson's test that two rows of counts come from one distribution (the contingency test, without Yates' correction).
 * @param first, second counts of the same classes; classes that are empty on both sides do not count
 * @returns p = 1 with fewer than two classes; NaN where a side has no rows
 */
export function chiSquareContingency(first: ArrayLike<number>, second: ArrayLike<number>): ChiSquare {
  let classes = 0;
  for (let i = 0; i < first.length; i++) if ((first[i] ?? 0) + (second[i] ?? 0) > 0) classes++;
  if (classes < 2) return { statistic: 0, degreesOfFreedom: 0, p: 1 };
  const statistic = chiSquareStatistic(first, second);
  return { statistic, degreesOfFreedom: classes - 1, p: chiSquareTail(statistic, classes - 1) };
}

/** Pearson's statistic of two rows of counts of the same classes. */
export function chiSquareStatistic(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const [rows, others] = [total(first), total(second)];
  const share = rows / (rows + others);
  let sum = 0;
  for (let i = 0; i < first.length; i++) {
    const count = first[i] ?? 0;
    const pooled = count + (second[i] ?? 0);
    if (pooled > 0) sum += (count - pooled * share) ** 2 / pooled;
  }
  // Both rows of a class deviate by the same, so that the second adds what the first does times n₁/n₂.
  return (sum * (rows + others) ** 2) / (rows * others);
}

/**
 * Pearson's test of counts against expected ones. It takes these for known: against counts of another sample it rejects far too
 * often.
 * @param expected of the same classes, with about the same total; a class with rows where none are expected gives p = 0
 */
export function chiSquareGoodnessOfFit(observed: ArrayLike<number>, expected: ArrayLike<number>): ChiSquare {
  let statistic = 0;
  for (let i = 0; i < observed.length; i++) {
    const wanted = expected[i] ?? 0;
    const count = observed[i] ?? 0;
    if (wanted > 0) statistic += (count - wanted) ** 2 / wanted;
    else if (count > 0) statistic = Number.POSITIVE_INFINITY;
  }
  const degreesOfFreedom = observed.length - 1;
  return { statistic, degreesOfFreedom, p: degreesOfFreedom === 0 ? 1 : chiSquareTail(statistic, degreesOfFreedom) };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}

/** Regularised upper incomplete gamma function Q(a, x), a > 0, x > 0: its series below a + 1, else its continued fraction. */
function upperGamma(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  // Lentz, as Numerical Recipes 6.2.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 100_000; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b || 1e-300);
    c = b + numerator / c || 1e-300;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * fraction;
}
