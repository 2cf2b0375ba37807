import { logChoose } from "./log-factorial.ts";

/** Balls drawn from an urn without putting them back. */
export interface Urn {
  /** Balls in all. */
  balls: number;
  marked: number;
  drawn: number;
}

/** The least and the greatest number of marked balls that can be drawn. */
function bounds({ balls, marked, drawn }: Urn): [number, number] {
  return [Math.max(0, marked + drawn - balls), Math.min(marked, drawn)];
}

function logProbability({ balls, marked, drawn }: Urn, hits: number): number {
  return logChoose(marked, hits) + logChoose(balls - marked, drawn - hits) - logChoose(balls, drawn);
}

/** P(hits + 1) / P(hits). */
function ratio({ balls, marked, drawn }: Urn, hits: number): number {
  return ((marked - hits) / (hits + 1)) * ((drawn - hits) / (balls - marked - drawn + hits + 1));
}

function modeOf({ balls, marked, drawn }: Urn): number {
  return Math.floor(((marked + 1) * (drawn + 1)) / (balls + 2));
}

/**
 * How many of the drawn balls are marked: the distribution inverted from its mode outwards, in about as many steps as its standard
 * deviation.
 * @param uniform in [0, 1)
 */
export function drawHypergeometric(urn: Urn, uniform: number): number {
  const [least, most] = bounds(urn);
  if (least >= most) return least;
  const mode = modeOf(urn);
  let above = Math.exp(logProbability(urn, mode));
  let below = above;
  let left = uniform - above;
  if (left < 0) return mode;
  for (let [up, down] = [mode, mode]; up < most || down > least; ) {
    if (up < most) {
      above *= ratio(urn, up);
      up++;
      left -= above;
      if (left < 0) return up;
    }
    if (down > least) {
      below /= ratio(urn, down - 1);
      down--;
      left -= below;
      if (left < 0) return down;
    }
    if (above < 1e-300 && below < 1e-300) break;
  }
  return mode;
}

/**
 * Fisher's exact test that two shares are the same, two-sided: the probability, among tables with these margins, of all that are no
 * likelier than this one, as `scipy.stats.fisher_exact` has it.
 */
export function fisherExact(hits: readonly [number, number], rows: readonly [number, number]): number {
  const urn: Urn = { balls: rows[0] + rows[1], marked: hits[0] + hits[1], drawn: rows[0] };
  const [least, most] = bounds(urn);
  if (least >= most) return 1;
  const observed = logProbability(urn, hits[0]) + 1e-7;
  const mode = modeOf(urn);
  if (logProbability(urn, mode) <= observed) return 1;
  // Outwards from the mode probabilities only fall: the first that is no likelier is looked for on either side.
  const up = firstFrom(mode, most + 1, (at) => logProbability(urn, at) <= observed);
  const down = mode - firstFrom(0, mode - least + 1, (steps) => logProbability(urn, mode - steps) <= observed);
  return Math.min(1, tail(urn, up, most, 1) + tail(urn, down, least, -1));
}

/** The first whole number from `from` for which it holds, `to` where there is none; it holds for all after the first. */
function firstFrom(from: number, to: number, holds: (at: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** P of all hits from `start` to `end`, away from the mode. */
function tail(urn: Urn, start: number, end: number, step: 1 | -1): number {
  if ((end - start) * step < 0) return 0;
  let probability = Math.exp(logProbability(urn, start));
  let sum = probability;
  for (let at = start; at !== end && probability > sum * 1e-17; at += step) {
    probability = step > 0 ? probability * ratio(urn, at) : probability / ratio(urn, at - 1);
    sum += probability;
  }
  return sum;
}
