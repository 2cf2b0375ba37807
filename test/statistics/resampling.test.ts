import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagePrecision, averagePrecisionInfluence } from "../../src/statistics/average-precision.ts";
import { bootstrapCells, bootstrapRows } from "../../src/statistics/bootstrap.ts";
import { mean, quantileOfSorted, standardDeviation, sum } from "../../src/statistics/moments.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { sortedOrder } from "../../src/statistics/sorted-order.ts";

describe("random numbers", () => {
  it("repeats itself for the same seed and differs for another", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("draws binomial numbers with the right mean and spread", () => {
    const random = createRandom(3);
    for (const [trials, p] of [
      [5, 0.3],
      [1_000, 0.02],
      [1_000, 0.9],
      [1_000_000, 0.5],
    ] as const) {
      const drawn = Float64Array.from({ length: 4_000 }, () => random.binomial(trials, p));
      const spread = Math.sqrt(trials * p * (1 - p));
      expect(Math.abs(mean(drawn) - trials * p)).toBeLessThan((4 * spread) / Math.sqrt(4_000));
      expect(standardDeviation(drawn) / spread).toBeCloseTo(1, 1);
    }
    expect([random.binomial(10, 0), random.binomial(10, 1), random.binomial(0, 0.5)]).toEqual([0, 10, 0]);
  });
});

describe("bootstrap", () => {
  it("gives the interval of a mean that the normal distribution gives, by rows and by cells", () => {
    const flags = Float64Array.from({ length: 500 }, (_, row) => (row < 150 ? 1 : 0));
    const half = 1.96 * Math.sqrt((0.3 * 0.7) / 500);
    const byRows = bootstrapRows(
      500,
      (weights) => flags.reduce((total, flag, row) => total + flag * (weights[row] ?? 0), 0) / 500,
    );
    const byCells = bootstrapCells([150, 350], (counts) => (counts[0] ?? 0) / 500);
    for (const interval of [byRows, byCells]) {
      expect(interval?.low).toBeCloseTo(0.3 - half, 2);
      expect(interval?.high).toBeCloseTo(0.3 + half, 2);
    }
  });

  it("says that there is no interval where the statistic is often undefined", () => {
    expect(bootstrapCells([1, 50], (counts) => 1 / (counts[0] ?? 0))).toBeUndefined();
  });
});

describe("sorting and sums", () => {
  it("orders doubles as a comparator does, with ties in row order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 200 }), (numbers) => {
        const values = Float64Array.from([...numbers, ...numbers.slice(0, 5), -0, 0]);
        const expected = [...values.keys()].sort((a, b) => {
          const [x, y] = [values[a] ?? 0, values[b] ?? 0];
          return x < y ? -1 : x > y ? 1 : a - b;
        });
        expect([...sortedOrder(values)]).toEqual(expected);
      }),
    );
  });

  it("keeps the digits of a small number between large ones", () => {
    expect(sum(Float64Array.of(1e16, 1, -1e16))).toBe(1);
  });

  it("interpolates quantiles", () => {
    expect(quantileOfSorted(Float64Array.of(1, 2, 3, 4), 0.5)).toBe(2.5);
    expect(quantileOfSorted(Float64Array.of(5), 0.975)).toBe(5);
  });
});

describe("average precision", () => {
  it("has the influence that leaving a row out has", () => {
    const random = createRandom(11);
    const positive = Uint8Array.from({ length: 400 }, () => (random.uniform() < 0.3 ? 1 : 0));
    const scores = Float64Array.from(positive, (flag) => Math.round((random.uniform() + flag * 0.4) * 50));
    const value = averagePrecision(scores, positive);
    const influence = averagePrecisionInfluence(scores, positive);
    expect(mean(influence)).toBeCloseTo(0, 10);
    for (let row = 0; row < 400; row++) {
      const weights = Int32Array.from({ length: 400 }, (_, other) => (other === row ? 0 : 1));
      const without = averagePrecision(scores, positive, sortedOrder(scores), weights);
      expect((value - without) * 399).toBeCloseTo(influence[row] ?? 0, 1);
    }
  });

  it("counts a row as often as its weight says", () => {
    const weighted = averagePrecision(Float64Array.of(3, 2, 1), Uint8Array.of(1, 0, 1), undefined, Int32Array.of(2, 1, 0));
    expect(weighted).toBe(averagePrecision(Float64Array.of(3, 3, 2), Uint8Array.of(1, 1, 0)));
  });
});
