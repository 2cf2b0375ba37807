import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareContingency } from "../../src/statistics/chi-square.ts";
import { drawHypergeometric, fisherExact } from "../../src/statistics/hypergeometric.ts";
import { mean } from "../../src/statistics/moments.ts";
import { exceedances, permutationPValue, permuteCounts } from "../../src/statistics/permutation.ts";
import { createRandom } from "../../src/statistics/random.ts";

const chiSquare = (first: Float64Array, second: Float64Array) => chiSquareContingency(first, second).statistic;

describe("drawing from an urn", () => {
  it("follows the hypergeometric distribution", () => {
    const random = createRandom(3);
    for (const urn of [
      { balls: 20, marked: 8, drawn: 5 },
      { balls: 1_000, marked: 3, drawn: 600 },
      { balls: 200_000, marked: 90_000, drawn: 150_000 },
    ]) {
      const share = urn.marked / urn.balls;
      const expected = urn.drawn * share;
      const variance = (expected * (1 - share) * (urn.balls - urn.drawn)) / (urn.balls - 1);
      const drawn = Float64Array.from({ length: 20_000 }, () => drawHypergeometric(urn, random.uniform()));
      expect(Math.abs(mean(drawn) - expected)).toBeLessThan(4 * Math.sqrt(variance / drawn.length));
      const squares = mean(drawn.map((hits) => (hits - expected) ** 2));
      expect(Math.abs(squares / variance - 1)).toBeLessThan(0.05);
    }
  });

  it("gives what can be drawn, for every uniform number", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (balls, shareMarked, shareDrawn, uniform) => {
          const [marked, drawn] = [Math.round(balls * shareMarked), Math.round(balls * shareDrawn)];
          const hits = drawHypergeometric({ balls, marked, drawn }, uniform);
          expect(hits).toBeGreaterThanOrEqual(Math.max(0, marked + drawn - balls));
          expect(hits).toBeLessThanOrEqual(Math.min(marked, drawn));
        },
      ),
    );
  });
});

describe("permuting two samples by their counts", () => {
  it("deals all rows of each class and keeps the samples' sizes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { minLength: 1 }), fc.integer(), (rows, seed) => {
        const counts = { first: rows.map(([count]) => count), second: rows.map(([, count]) => count) };
        const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
        const check = (first: Float64Array, second: Float64Array) => {
          expect(sum(first)).toBe(sum(counts.first));
          for (const [i, [ours, theirs]] of rows.entries()) expect((first[i] ?? 0) + (second[i] ?? 0)).toBe(ours + theirs);
          return 0;
        };
        permuteCounts(counts, [check], createRandom(seed))(5);
      }),
    );
  });

  it("comes to Fisher's exact p with two classes", () => {
    for (const [hits, rows] of [
      [
        [3, 9],
        [20, 30],
      ],
      [
        [40, 65],
        [400, 420],
      ],
    ] as const) {
      const counts = { first: [hits[0], rows[0] - hits[0]], second: [hits[1], rows[1] - hits[1]] };
      const draw = permuteCounts(counts, [chiSquare], createRandom(11));
      draw(5_000);
      const [drawn = new Float64Array()] = draw(15_000);
      expect(drawn).toHaveLength(20_000);
      const observed = chiSquareContingency(counts.first, counts.second).statistic;
      const exact = fisherExact(hits, rows);
      expect(Math.abs(permutationPValue(observed, drawn) - exact)).toBeLessThan(
        4 * Math.sqrt((exact * (1 - exact)) / 20_000) + 0.004,
      );
    }
  });

  it("is the same for the same seed, and never 0", () => {
    const counts = { first: [50, 0], second: [0, 50] };
    const [once = new Float64Array(), again = new Float64Array()] = [1, 1].map(
      (seed) => permuteCounts(counts, [chiSquare], createRandom(seed))(99)[0] ?? new Float64Array(),
    );
    expect(once).toEqual(again);
    expect(permutationPValue(100, once)).toBe(0.01);
    expect(exceedances(Math.max(...once), once)).toBeGreaterThan(0);
  });
});
