import type { Distribution } from "../data/profile.ts";
import type { DistributionCounts } from "../data/profile-counts.ts";
import { beyondRangePValue } from "../statistics/beyond-range.ts";
import { ksPValue, ksQuantile } from "../statistics/kolmogorov-smirnov.ts";
import { exceedances, type PairedCounts, permuteCounts } from "../statistics/permutation.ts";
import type { Random } from "../statistics/random.ts";
import { normalScoreDistance } from "../statistics/wasserstein.ts";
import type { Candidate } from "./candidate.ts";
import { limits, noiseTail } from "./limits.ts";

/** Rows with at most each of the same ascending places on the real line, on both sides; the last is all rows. */
interface Cumulative {
  reference: number[];
  current: number[];
}

/** Where the values lie: D at the reference's knots, of all values where these are all that the reference has. */
export function valuesTest(reference: Distribution, current: DistributionCounts, random: Random): Candidate {
  const cumulative = cumulativeCounts(reference, current);
  const [rows, others] = [reference.count, current.count];
  const value = largestDifference(cumulative.reference, cumulative.current, rows, others);
  return {
    ...{ of: "values", measure: "ks", value, limit: limits.ks },
    noise: ksQuantile(noiseTail, rows, others),
    shift: normalScoreDistance(cumulative.reference, cumulative.current),
    pValue: ksPValue(value, rows, others),
    counts: !(reference.knots.length === 1 && reference.knots[0] === current.least && current.least === current.greatest),
    permute: isDiscrete(reference) ? permuted(classesOf(cumulative), value, random) : undefined,
  };
}

function cumulativeCounts(reference: Distribution, current: DistributionCounts): Cumulative {
  const both: Cumulative = { reference: [0], current: [current.below[0] ?? 0] };
  for (let knot = 0; knot < reference.knots.length; knot++) {
    // Of a reference with more values than knots it is not known how many of its rows lie below one.
    if (reference.isExact && knot > 0) {
      both.reference.push(reference.atMost[knot - 1] ?? 0);
      both.current.push(current.below[knot] ?? 0);
    }
    both.reference.push(reference.atMost[knot] ?? 0);
    both.current.push(current.atMost[knot] ?? 0);
  }
  both.reference.push(reference.count);
  both.current.push(current.count);
  return both;
}

function largestDifference(first: ArrayLike<number>, second: ArrayLike<number>, rows: number, others: number): number {
  let most = 0;
  for (let i = 0; i < first.length; i++) {
    const difference = Math.abs((first[i] ?? 0) / rows - (second[i] ?? 0) / others);
    if (difference > most) most = difference;
  }
  return most;
}

/** Of values with many ties the p-value of D is too large: that of permuted rows is not. */
function isDiscrete({ isExact, knots, count }: Distribution): boolean {
  return isExact && knots.length <= mostDiscrete && count >= leastTies * knots.length;
}

const mostDiscrete = 100;
const leastTies = 5;

function classesOf({ reference, current }: Cumulative): PairedCounts {
  const differences = (atMost: readonly number[]) => atMost.map((count, i) => count - (atMost[i - 1] ?? 0));
  return { first: differences(reference), second: differences(current) };
}

function permuted(counts: PairedCounts, observed: number, random: Random): (draws: number) => number {
  let drawnBefore = 0;
  const draw = permuteCounts(counts, [largestOfClasses], random);
  return (draws) => {
    const [values = new Float64Array()] = draw(Math.max(0, draws - drawnBefore));
    drawnBefore = values.length;
    return (exceedances(observed, values) + 1) / (values.length + 1);
  };
}

function largestOfClasses(first: Float64Array, second: Float64Array): number {
  const [rows, others] = [sum(first), sum(second)];
  let [ours, theirs, most] = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    ours += first[i] ?? 0;
    theirs += second[i] ?? 0;
    most = Math.max(most, Math.abs(ours / rows - theirs / others));
  }
  return most;
}

function sum(counts: Float64Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/**
 * The share of rows beyond the reference's ends. Infinite values are beyond them where the reference has none; they are in none of
 * the other numbers.
 */
export function rangeTest(reference: Distribution, current: DistributionCounts, infinite: number): Candidate {
  const rows = current.count + infinite;
  const beyond = (current.below[0] ?? 0) + current.count - (current.atMost.at(-1) ?? 0) + infinite;
  return {
    ...{ of: "out-of-range", measure: "share", value: beyond / rows, limit: limits.outOfRange },
    noise: usuallyBeyond(rows, reference.count) / rows,
    pValue: beyondRangePValue(beyond, rows, reference.count),
    counts: reference.count >= 2,
  };
}

/** So many rows that chance alone exceeds in at most 1 of 20. */
function usuallyBeyond(rows: number, reference: number): number {
  if (reference < 2) return rows;
  let [low, high] = [0, rows];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (beyondRangePValue(middle + 1, rows, reference) <= noiseTail) high = middle;
    else low = middle + 1;
  }
  return low;
}
