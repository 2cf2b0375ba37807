const size = 624;
const shift = 397;

/** The part of NumPy's `RandomState` that scikit-learn splits by: the same seed gives the same permutations. */
export interface NumpyRandom {
  /** The numbers below `count`, shuffled. */
  permutation(count: number): Uint32Array;
}

/** M. Matsumoto, T. Nishimura: Mersenne Twister (1998), seeded by one number. */
export function createNumpyRandom(seed: number): NumpyRandom {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i++) {
    const before = state[i - 1] ?? 0;
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  let at = size;
  const next = (): number => {
    if (at === size) {
      twist(state);
      at = 0;
    }
    let word = state[at++] ?? 0;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
  /** Uniform up to and with that: what is too large is drawn again. */
  const upTo = (most: number): number => {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const drawn = (next() & mask) >>> 0;
      if (drawn <= most) return drawn;
    }
  };
  return {
    permutation(count) {
      const numbers = Uint32Array.from({ length: count }, (_, i) => i);
      for (let i = count - 1; i > 0; i--) {
        const j = upTo(i);
        const kept = numbers[i] ?? 0;
        numbers[i] = numbers[j] ?? 0;
        numbers[j] = kept;
      }
      return numbers;
    },
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < size; i++) {
    const word = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % size] ?? 0) & 0x7fffffff);
    state[i] = (state[(i + shift) % size] ?? 0) ^ (word >>> 1) ^ (word & 1 ? 0x9908b0df : 0);
  }
}
