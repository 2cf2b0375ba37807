import { createRandom } from "./random.ts";

/**
 * Draws resamples: each call draws as many rows as `counts` is long, with replacement, and counts how often each came. The same
 * seed, the same resamples. One row comes more than 255 times only among more rows than 255, and there in none of 10³⁰⁰ resamples.
 *
 * Two interleaved sfc32 streams (as `createRandom`), since one alone leaves the processor waiting for its last number.
 */
export function createResampler(seed: number): (counts: Uint8Array) => void {
  const random = createRandom(seed);
  const [a, b, c, d, e, f] = Array.from({ length: 6 }, () => random.below(2 ** 32) | 0);
  const state = Int32Array.of(a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f ?? 0, 1);
  for (let warmUp = 0; warmUp < 8; warmUp++) draw(state, new Uint8Array(2));
  return (counts) => {
    counts.fill(0);
    draw(state, counts);
  };
}

function draw(state: Int32Array, counts: Uint8Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, counter = 0] = state;
  const scale = counts.length / 2 ** 32;
  for (let drawn = 0; drawn < counts.length; drawn += 2) {
    const first = (((a + b) | 0) + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + first) | 0;
    const row = Math.floor((first >>> 0) * scale);
    counts[row] = (counts[row] ?? 0) + 1;
    const second = (((d + e) | 0) + counter) | 0;
    d = e ^ (e >>> 9);
    e = (f + (f << 3)) | 0;
    f = (((f << 21) | (f >>> 11)) + second) | 0;
    counter = (counter + 1) | 0;
    if (drawn + 1 === counts.length) break;
    const other = Math.floor((second >>> 0) * scale);
    counts[other] = (counts[other] ?? 0) + 1;
  }
  state.set([a, b, c, d, e, f, counter]);
}
