import type { Interval } from "./interval.ts";
import { z95 } from "./normal.ts";

/**
 * Tango's 95% score interval of the difference of two paired proportions (Tango 1998, Statistics in Medicine 17:891).
 *
 * @param gained rows that only the second of the two got right
 * @param lost rows that only the first got right
 * @param rows all rows, > 0
 * @returns interval of (gained − lost) / rows
 */
export function tangoInterval(gained: number, lost: number, rows: number): Interval {
  const estimate = (gained - lost) / rows;
  return {
    low: -boundAbove(lost, gained, rows, -estimate),
    high: boundAbove(gained, lost, rows, estimate),
  };
}

/** The largest difference that the score test does not reject; the score falls as the difference grows. */
function boundAbove(gained: number, lost: number, rows: number, estimate: number): number {
  let inside = estimate;
  let outside = 1;
  for (let step = 0; step < 100 && outside - inside > 1e-15; step++) {
    const middle = (inside + outside) / 2;
    if (score(gained, lost, rows, middle) > -z95) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}

function score(gained: number, lost: number, rows: number, difference: number): number {
  // The probability of `lost` under the hypothesis, by maximum likelihood: the larger root of a q² + b q + c = 0.
  const a = 2 * rows;
  const b = -gained - lost + (2 * rows - gained + lost) * difference;
  const c = -lost * difference * (1 - difference);
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const q = b <= 0 ? (root - b) / (2 * a) : c === 0 ? 0 : (-2 * c) / (root + b);
  const variance = rows * (2 * q + difference * (1 - difference));
  const distance = gained - lost - rows * difference;
  return variance <= 0 ? Math.sign(distance) * Number.POSITIVE_INFINITY || 0 : distance / Math.sqrt(variance);
}
