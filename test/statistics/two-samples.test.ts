import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { beyondRangePValue } from "../../src/statistics/beyond-range.ts";
import {
  chiSquareContingency,
  chiSquareGoodnessOfFit,
  chiSquareQuantile,
  chiSquareTail,
} from "../../src/statistics/chi-square.ts";
import { jensenShannonDistance, kullbackLeibler, populationStability } from "../../src/statistics/divergence.ts";
import { falseDiscoveryAdjusted } from "../../src/statistics/false-discovery.ts";
import { fisherExact } from "../../src/statistics/hypergeometric.ts";
import { kolmogorovQuantile, kolmogorovTail } from "../../src/statistics/kolmogorov.ts";
import { ksPValue, ksQuantile, ksStatistic } from "../../src/statistics/kolmogorov-smirnov.ts";
import { twoProportionPValue } from "../../src/statistics/two-proportions.ts";
import { normalScoreDistance, wassersteinDistance } from "../../src/statistics/wasserstein.ts";

const numbers = z.array(z.number());
const pair = z.tuple([z.number(), z.number()]);
const golden = z
  .object({
    distances: z.array(
      z.object({
        first: numbers,
        second: numbers,
        d: z.number(),
        p: z.number(),
        wasserstein: z.number(),
        normalScores: z.number(),
      }),
    ),
    ksPValue: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
    kolmogorov: z.array(z.tuple([z.number(), z.number(), z.number()])),
    chiSquareTail: z.array(z.tuple([z.number(), z.number(), z.number()])),
    chiSquareQuantile: z.array(z.tuple([z.number(), z.number(), z.number()])),
    counts: z.array(
      z.object({
        first: numbers,
        second: numbers,
        chiSquare: z.tuple([z.number(), z.number(), z.number()]),
        jensenShannon: z.number(),
        observed: numbers,
        expected: numbers,
        fit: pair,
        p: numbers,
        q: numbers,
        kullbackLeibler: z.number(),
        psi: z.number(),
      }),
    ),
    proportions: z.array(z.object({ hits: pair, rows: pair, z: z.number(), fisher: z.number() })),
    falseDiscovery: z.array(z.object({ p: numbers, bh: numbers, by: numbers })),
    beyondRange: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  })
  .parse(JSON.parse(readFileSync(new URL("goldens/two-samples.json", import.meta.url), "utf8")));

/** Equal to 1e-9 of the number itself, so that small tails count too. */
function expectClose(ours: number, theirs: number, relative = 1e-9, absolute = 1e-13): void {
  expect(Math.abs(ours - theirs), `${ours} is not ${theirs}`).toBeLessThanOrEqual(absolute + relative * Math.abs(theirs));
}

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

/** Rows with at most each of the values that either sample has. */
function atMost(first: readonly number[], second: readonly number[]): [number[], number[]] {
  const values = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const count = (sample: readonly number[]) => values.map((value) => sample.filter((other) => other <= value).length);
  return [count(first), count(second)];
}

const sample = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
const tables = fc
  .array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 })), { minLength: 1, maxLength: 12 })
  .map((rows) => ({ first: rows.map(([count]) => count), second: rows.map(([, count]) => count) }))
  .filter(({ first, second }) => first.some((count) => count > 0) && second.some((count) => count > 0));

describe("Kolmogorov and Smirnov's test", () => {
  it("has SciPy's D and p of two samples, ties among them", () => {
    for (const { first, second, d, p } of golden.distances) {
      expectClose(ksStatistic(sorted(first), sorted(second)), d);
      expectClose(ksPValue(d, first.length, second.length), p);
    }
  });

  it("has SciPy's p at all sizes, exact to 10,000 rows and approximated above", () => {
    for (const [d, first, second, p] of golden.ksPValue) {
      const isExact = Math.max(first, second) <= 10_000;
      expectClose(ksPValue(d, first, second), p, isExact && p > 1e-12 ? 1e-9 : 1e-3, isExact ? 1e-12 : 1e-6);
    }
    for (const [d, n, p] of golden.kolmogorov) expectClose(kolmogorovTail(d, n), p, 1e-7, 1e-8);
  });

  it("calls samples of one distribution different in 5 of 100 at its quantile", () => {
    for (const rows of [20, 100, 500, 5_000, 200_000])
      for (const p of [0.05, 0.001]) expectClose(kolmogorovTail(kolmogorovQuantile(p, rows), rows), p, 0.06);
    for (const rows of [200, 500, 20_000]) expectClose(ksPValue(ksQuantile(0.05, rows, rows), rows, rows), 0.05, 0.1);
  });

  it("is the same either way round, 1 for the same sample and smaller the larger D is", () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const d = ksStatistic(sorted(first), sorted(second));
        expect(ksStatistic(sorted(second), sorted(first))).toBe(d);
        expect(ksStatistic(sorted(first), sorted(first))).toBe(0);
        const p = ksPValue(d, first.length, second.length);
        expectClose(ksPValue(d, second.length, first.length), p, 1e-9);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(ksPValue(Math.min(1, d + 0.2), first.length, second.length)).toBeLessThanOrEqual(p);
      }),
    );
  });
});

describe("distances between two samples", () => {
  it("are SciPy's Wasserstein distances, of values and of pooled normal scores", () => {
    for (const { first, second, wasserstein, normalScores } of golden.distances) {
      expectClose(wassersteinDistance(sorted(first), sorted(second)), wasserstein);
      expectClose(normalScoreDistance(...atMost(first, second)), normalScores);
    }
  });

  it("are SciPy's of counts: Jensen-Shannon, Kullback-Leibler, and PSI by its formula", () => {
    for (const { first, second, jensenShannon, p, q, kullbackLeibler: kl, psi } of golden.counts) {
      expectClose(jensenShannonDistance(first, second), jensenShannon);
      expectClose(kullbackLeibler(p, q), kl);
      expectClose(populationStability(p, q), psi);
    }
    expect(kullbackLeibler([1, 1], [2, 0])).toBe(Number.POSITIVE_INFINITY);
    expect(populationStability([0.5, 0.5, 0], [0.5, 0.5, 0])).toBe(0);
  });

  it("are 0 of a sample and itself and, by Jensen and Shannon, √ln 2 of samples that share nothing", () => {
    fc.assert(
      fc.property(tables, ({ first, second }) => {
        expect(jensenShannonDistance(first, first)).toBe(0);
        expectClose(jensenShannonDistance(second, first), jensenShannonDistance(first, second));
        const apart = [...first, ...second.map(() => 0)];
        expectClose(jensenShannonDistance(apart, [...first.map(() => 0), ...second]), Math.sqrt(Math.LN2));
      }),
    );
    fc.assert(
      fc.property(sample, fc.integer({ min: -3, max: 3 }), (values, shift) => {
        const moved = values.map((value) => value + shift);
        expectClose(wassersteinDistance(sorted(values), sorted(moved)), Math.abs(shift), 1e-9, 1e-9);
      }),
    );
  });
});

describe("chi-square tests", () => {
  it("have SciPy's tail and quantile", () => {
    for (const [x, df, p] of golden.chiSquareTail) expectClose(chiSquareTail(x, df), p, 1e-10);
    for (const [p, df, x] of golden.chiSquareQuantile) expectClose(chiSquareQuantile(p, df), x, 1e-9);
  });

  it("have SciPy's statistic and p, of two samples and against expected counts", () => {
    for (const { first, second, chiSquare, observed, expected, fit } of golden.counts) {
      const { statistic, degreesOfFreedom, p } = chiSquareContingency(first, second);
      expect(degreesOfFreedom).toBe(chiSquare[1]);
      expectClose(statistic, chiSquare[0]);
      expectClose(p, chiSquare[2], 1e-9);
      const against = chiSquareGoodnessOfFit(observed, expected);
      expectClose(against.statistic, fit[0]);
      expectClose(against.p, fit[1]);
    }
  });

  it("say nothing of one class, and of rows where none can be that they are impossible", () => {
    expect(chiSquareContingency([5, 0], [7, 0]).p).toBe(1);
    expect(chiSquareGoodnessOfFit([1, 9], [0, 10]).p).toBe(0);
  });
});

describe("tests of shares", () => {
  it("have the p-values of SciPy's chi-square and exact tests", () => {
    for (const { hits, rows, z: pOfZ, fisher } of golden.proportions) {
      expectClose(twoProportionPValue(hits, rows), pOfZ);
      expectClose(fisherExact(hits, rows), fisher, 1e-7);
    }
    expect(twoProportionPValue([0, 0], [5, 9])).toBe(1);
    expect(fisherExact([5, 9], [5, 9])).toBe(1);
  });

  it("are exact: among tables with the same margins at most a share of p has so small a p", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat({ max: 24 }), (first, second, all) => {
        const hits = Math.min(all, first + second);
        const weight = (mine: number) => choose(first, mine) * choose(second, hits - mine);
        const possible = Array.from({ length: first + 1 }, (_, mine) => mine).filter((mine) => weight(mine) > 0);
        const total = possible.reduce((sum, mine) => sum + weight(mine), 0);
        for (const mine of possible) {
          const p = fisherExact([mine, hits - mine], [first, second]);
          const asSmall = possible.filter((other) => fisherExact([other, hits - other], [first, second]) <= p + 1e-9);
          expectClose(asSmall.reduce((sum, other) => sum + weight(other), 0) / total, p, 1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function choose(of: number, chosen: number): number {
  if (chosen < 0 || chosen > of) return 0;
  let ways = 1;
  for (let i = 1; i <= chosen; i++) ways = (ways * (of - chosen + i)) / i;
  return Math.round(ways);
}

describe("rows beyond a reference's range", () => {
  it("come as often as SciPy's beta-binomial distribution says", () => {
    for (const [beyond, current, reference, p] of golden.beyondRange)
      expectClose(beyondRangePValue(beyond, current, reference), p, 1e-6, 1e-12);
  });

  it("are no surprise where there are none, or where a reference has no two ends", () => {
    expect(beyondRangePValue(0, 100, 100)).toBe(1);
    expect(beyondRangePValue(100, 100, 1)).toBe(1);
    expectClose(beyondRangePValue(3, 3, 2), 0.4);
  });
});

describe("Benjamini and Hochberg's correction", () => {
  it("adjusts as SciPy does", () => {
    for (const { p, bh } of golden.falseDiscovery) {
      expect(falseDiscoveryAdjusted(p)).toEqual(bh.map((value) => expect.closeTo(value, 12)));
    }
    expect(falseDiscoveryAdjusted([])).toEqual([]);
  });

  it("rejects what the step-up definition rejects", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (pValues) => {
        const ascending = pValues.toSorted((a, b) => a - b);
        const last = ascending.findLastIndex((p, rank) => (p * pValues.length) / (rank + 1) <= 0.05);
        const limit = last < 0 ? -1 : (ascending[last] ?? -1);
        const adjusted = falseDiscoveryAdjusted(pValues);
        for (const [i, p] of pValues.entries()) expect((adjusted[i] ?? 1) <= 0.05).toBe(p <= limit);
      }),
    );
  });
});
