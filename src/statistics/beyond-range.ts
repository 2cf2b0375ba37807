import { logFactorial } from "./log-factorial.ts";

/**
 * Exact p-value of how many rows lie beyond the least and the greatest of a reference, if both are samples of one distribution,
 * whatever that is: P(K = k) = (k + 1) C(n + m − k − 2, n − 2) / C(n + m, n), as k of the outermost rows of both together are then
 * current ones, in k + 1 ways to lie on both ends (Wilks 1941). Ties make it larger than it is, never smaller.
 * @param beyond of `current` rows, the p-value being that of so many or more
 * @param reference rows; with fewer than two there are no two ends and p is 1
 */
export function beyondRangePValue(beyond: number, current: number, reference: number): number {
  if (beyond <= 0 || reference < 2) return 1;
  // The least number of steps: from there on if it lies above what is expected, else what is below is taken away.
  return beyond > (2 * current) / (reference + 1) ? sum(beyond, current) : Math.max(0, 1 - sum(0, beyond - 1));

  function sum(from: number, to: number): number {
    let probability = Math.exp(logProbability(from));
    let all = probability;
    for (let k = from; k < to && probability > all * 1e-17; k++) {
      probability *= ((k + 2) / (k + 1)) * ((current - k) / (reference + current - k - 2));
      all += probability;
    }
    return Math.min(1, all);
  }

  function logProbability(k: number): number {
    const rest = reference + current - k - 2;
    const ways = logFactorial(rest) - logFactorial(reference - 2) - logFactorial(current - k);
    const all = logFactorial(reference + current) - logFactorial(reference) - logFactorial(current);
    return Math.log(k + 1) + ways - all;
  }
}
