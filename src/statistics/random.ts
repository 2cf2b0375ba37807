import { logGamma } from "./student-t.ts";

/** A deterministic stream of numbers: the same seed, the same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform whole number in [0, limit), limit ≤ 2³². */
  below(limit: number): number;
  /** Successes in `trials` with probability `p`. */
  binomial(trials: number, p: number): number;
}

/** Chris Doty-Humphrey's sfc32 (PractRand), warmed up. */
export function createRandom(seed: number): Random {
  // Signed 32-bit arithmetic throughout, which engines keep in registers.
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let i = 0; i < 15; i++) next();
  const uniform = () => (next() >>> 0) / 2 ** 32;
  return {
    uniform,
    below: (limit) => Math.floor((next() >>> 0) * (limit / 2 ** 32)),
    binomial: (trials, p) => (p > 0.5 ? trials - binomial(trials, 1 - p, uniform()) : binomial(trials, p, uniform())),
  };
}

/** Inverts the distribution from its mode outwards: about √(trials·p) steps. */
function binomial(trials: number, p: number, uniform: number): number {
  if (trials <= 0 || p <= 0) return 0;
  const mode = Math.min(trials, Math.floor((trials + 1) * p));
  const odds = p / (1 - p);
  let left =
    uniform -
    Math.exp(
      logGamma(trials + 1) -
        logGamma(mode + 1) -
        logGamma(trials - mode + 1) +
        mode * Math.log(p) +
        (trials - mode) * Math.log1p(-p),
    );
  if (left < 0) return mode;
  let above = uniform - left;
  let below = above;
  for (let step = 1; mode + step <= trials || mode - step >= 0; step++) {
    const up = mode + step;
    if (up <= trials) {
      above *= ((trials - up + 1) / up) * odds;
      left -= above;
      if (left < 0) return up;
    }
    const down = mode - step;
    if (down >= 0) {
      below *= (down + 1) / (trials - down) / odds;
      left -= below;
      if (left < 0) return down;
    }
    if (above < 1e-300 && below < 1e-300) break;
  }
  return mode;
}
