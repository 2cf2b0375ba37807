import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { deltaInterval } from "../../src/statistics/influence.ts";
import { symmetric } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/moments.ts";
import { z95 } from "../../src/statistics/normal.ts";
import { createRandom } from "../../src/statistics/random.ts";
import {
  holmAdjusted,
  intervalAtLevel,
  pValueOfNoChange,
  smallestDetectableChange,
  standardError,
} from "../../src/statistics/significance.ts";
import { studentTQuantile } from "../../src/statistics/student-t.ts";

const golden = z
  .object({
    significance: z.array(
      z.object({
        change: z.number(),
        error: z.number(),
        df: z.number().nullable(),
        p: z.number(),
        level: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("goldens/statistics.json", import.meta.url), "utf8")));

describe("what follows from a change and its 95% interval", () => {
  it("gives SciPy's p-value and intervals of a paired t test", () => {
    for (const { change, error, df, p, level, low, high } of golden.significance) {
      const t = df === null ? z95 : studentTQuantile(0.975, df);
      const estimate = { change, interval: symmetric(change, t * error), degreesOfFreedom: df ?? undefined };
      expect(pValueOfNoChange(estimate) / p).toBeCloseTo(1, 8);
      const wider = intervalAtLevel(estimate, level);
      expect([wider.low, wider.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
      expect(standardError(estimate)).toBeCloseTo(error, 12);
    }
  });

  it("says p < 0.05 exactly where the interval leaves out 0, however uneven its sides", () => {
    const positive = fc.double({ min: 1e-6, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        positive,
        positive,
        fc.option(positive),
        (change, down, up, df) => {
          const interval = { low: change - down, high: change + up };
          fc.pre(Math.min(Math.abs(interval.low), Math.abs(interval.high)) > 1e-7);
          const p = pValueOfNoChange({ change, interval, degreesOfFreedom: df === null ? undefined : df + 1 });
          expect(p < 0.05).toBe(interval.low > 0 || interval.high < 0);
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("is certain only where the interval has no width", () => {
    expect(pValueOfNoChange({ change: 0, interval: { low: 0, high: 0 } })).toBe(1);
    expect(pValueOfNoChange({ change: 0.1, interval: { low: 0.1, high: 0.1 } })).toBe(0);
    expect(pValueOfNoChange({ change: 0.1, interval: { low: 0.11, high: 0.2 } })).toBeLessThan(0.05);
  });

  it("finds the smallest detectable change in 90 of 100 samples", () => {
    const random = createRandom(7);
    const noise = () => Float64Array.from({ length: 40 }, () => random.uniform() - random.uniform());
    const detectable = smallestDetectableChange(
      deltaInterval(
        0,
        Float64Array.from({ length: 40_000 }, () => random.uniform() - random.uniform()),
      ),
    );
    // Of 1,000 times as many rows: their standard error is √1,000 times smaller.
    const shift = detectable * Math.sqrt(1_000);
    const found = Array.from({ length: 2_000 }, () => {
      const values = noise().map((value) => value + shift);
      return deltaInterval(mean(values), values).interval.low > 0;
    }).filter(Boolean).length;
    expect(found / 2_000).toBeGreaterThan(0.87);
    expect(found / 2_000).toBeLessThan(0.92);
  });
});

describe("Holm's correction", () => {
  it("multiplies the smallest by all, the next by one fewer, and keeps their order", () => {
    expect(holmAdjusted([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)));
    expect(holmAdjusted([0.2])).toEqual([0.2]);
    expect(holmAdjusted([0.6, 0.5])).toEqual([1, 1]);
    expect(holmAdjusted([])).toEqual([]);
  });

  it("rejects what the step-down definition rejects", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (pValues) => {
        const sorted = pValues.toSorted((a, b) => a - b);
        const kept = sorted.findIndex((p, rank) => p * (pValues.length - rank) >= 0.05);
        const rejected = new Set(kept < 0 ? sorted : sorted.slice(0, kept));
        const adjusted = holmAdjusted(pValues);
        for (const [i, p] of pValues.entries()) expect((adjusted[i] ?? 1) < 0.05).toBe(rejected.has(p));
      }),
    );
  });
});
