/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
  return resumableRandom(seed).next;
}

export interface ResumableRandom {
  next: () => number;
  /** With it as seed the same numbers follow. */
  state: () => number;
}

/** @param seed 32 bits: of a new sequence, or the state of an earlier one */
export function resumableRandom(seed: number): ResumableRandom {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    state: () => state,
  };
}

/** The values in a random order (Fisher–Yates); the given array is not changed. */
export function shuffled(values: Int32Array, random: () => number): Int32Array {
  const result = values.slice();
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const value = result[last] ?? 0;
    result[last] = result[other] ?? 0;
    result[other] = value;
  }
  return result;
}

/** Runs something with a `Math.random` of its own, which TensorFlow.js draws dropout masks from. */
export async function withMathRandom<T>(random: () => number, run: () => Promise<T>): Promise<T> {
  const original = Math.random;
  Math.random = random;
  try {
    return await run();
  } finally {
    Math.random = original;
  }
}
