import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { delongInterval, delongPairedInterval } from "../../src/statistics/delong.ts";
import { degreesOfFreedom } from "../../src/statistics/moments.ts";
import { normalCdf, normalQuantile } from "../../src/statistics/normal.ts";
import { rocAuc } from "../../src/statistics/roc-auc.ts";
import { seedInterval } from "../../src/statistics/seed-interval.ts";
import { studentTCdf, studentTQuantile } from "../../src/statistics/student-t.ts";
import { tailIndex } from "../../src/statistics/tail-index.ts";
import { tangoInterval } from "../../src/statistics/tango.ts";
import { wilsonInterval } from "../../src/statistics/wilson.ts";

const pair = z.tuple([z.number(), z.number()]);
const golden = z
  .object({
    normalCdf: z.array(pair),
    normalQuantile: z.array(pair),
    studentTQuantile: z.array(z.tuple([z.number(), z.number(), z.number()])),
    wilson: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
    tango: z.array(z.object({ gained: z.number(), lost: z.number(), rows: z.number(), low: z.number(), high: z.number() })),
    delong: z.array(
      z.object({
        positive: z.array(z.number()),
        baseline: z.array(z.number()),
        candidate: z.array(z.number()),
        aucs: pair,
        paired: pair,
        single: pair,
      }),
    ),
    seedInterval: z.array(
      z.object({
        baseline: z.array(z.number()),
        candidate: z.array(z.number()),
        rowError: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
    degreesOfFreedom: z.array(z.object({ values: z.array(z.number()), df: z.number() })),
  })
  .parse(JSON.parse(readFileSync(new URL("goldens/statistics.json", import.meta.url), "utf8")));

function expectRelative(actual: number, expected: number, tolerance: number, what: string) {
  expect(Math.abs(actual - expected), `${what}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.abs(expected),
  );
}

describe("distributions, as SciPy has them", () => {
  it("gives the normal distribution function to 1e-12, far tails too", () => {
    for (const [z, p] of golden.normalCdf) expectRelative(normalCdf(z), p, 1e-12, `cdf(${z})`);
  });

  it("gives normal quantiles to 1e-12", () => {
    for (const [p, z] of golden.normalQuantile) expect(normalQuantile(p)).toBeCloseTo(z, p > 0.99 ? 6 : 11);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
  });

  it("gives Student's t quantiles to 1e-10", () => {
    for (const [p, df, t] of golden.studentTQuantile) expectRelative(studentTQuantile(p, df), t, 1e-10, `t(${p}, ${df})`);
  });

  it("inverts its own distribution function", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 900 }), (p, df) => {
        expect(studentTCdf(studentTQuantile(p, df), df)).toBeCloseTo(p, 10);
      }),
    );
  });
});

describe("intervals", () => {
  it("gives Wilson's interval of a proportion", () => {
    for (const [events, trials, low, high] of golden.wilson) {
      expect(wilsonInterval(events, trials).low).toBeCloseTo(low, 12);
      expect(wilsonInterval(events, trials).high).toBeCloseTo(high, 12);
    }
  });

  it("gives Tango's interval as the literal score test does", () => {
    for (const { gained, lost, rows, low, high } of golden.tango) {
      const interval = tangoInterval(gained, lost, rows);
      expect(interval.low, `${gained} ${lost} ${rows}`).toBeCloseTo(low, 6);
      expect(interval.high, `${gained} ${lost} ${rows}`).toBeCloseTo(high, 6);
    }
  });

  it("says how much could have been missed where no row of a hundred differs", () => {
    expect(tangoInterval(0, 0, 100).high).toBeCloseTo(0.037, 3);
  });

  it("gives DeLong's intervals as the definition over all pairs does, ties included", () => {
    for (const { positive, baseline, candidate, aucs, paired, single } of golden.delong) {
      const flags = Uint8Array.from(positive);
      const [first, second] = [baseline, candidate].map((scores) => rocAuc(Float64Array.from(scores), flags));
      if (!first || !second) throw new Error("no AUC");
      expect(first.auc).toBeCloseTo(aucs[0], 12);
      expect(second.auc).toBeCloseTo(aucs[1], 12);
      const { interval: change } = delongPairedInterval(first, second, flags);
      expect([change.low, change.high]).toEqual(paired.map((end) => expect.closeTo(end, 10)));
      const own = delongInterval(second, flags);
      expect([own.low, own.high]).toEqual(single.map((end) => expect.closeTo(end, 10)));
    }
  });

  it("gives the interval over seeds with Satterthwaite's degrees of freedom, and none below three a side", () => {
    for (const { low, high, ...request } of golden.seedInterval) {
      const [baseline, candidate] = [Float64Array.from(request.baseline), Float64Array.from(request.candidate)];
      const found = seedInterval({ baseline, candidate, rowError: request.rowError });
      expect(found?.interval.low).toBeCloseTo(low, 10);
      expect(found?.interval.high).toBeCloseTo(high, 10);
    }
    const two = Float64Array.of(0.8, 0.9);
    expect(seedInterval({ baseline: two, candidate: Float64Array.of(0.8, 0.9, 1), rowError: 0.1 })).toBeUndefined();
    const same = Float64Array.of(0.8, 0.8, 0.8);
    expect(seedInterval({ baseline: same, candidate: same, rowError: 0 })?.interval.high).toBeCloseTo(0, 12);
  });

  it("counts fewer degrees of freedom where few rows carry the spread", () => {
    for (const { values, df } of golden.degreesOfFreedom) expect(degreesOfFreedom(Float64Array.from(values))).toBeCloseTo(df, 9);
    expect(degreesOfFreedom(Float64Array.of(1, 1, 1))).toBe(2);
  });

  it("tells errors whose squares have no variance from normal ones", () => {
    const quantiles = Array.from({ length: 1_000 }, (_, i) => 0.5 + (i + 0.5) / 2_000);
    expect(tailIndex(Float64Array.from(quantiles, (p) => studentTQuantile(p, 3)))).toBeLessThan(4);
    expect(tailIndex(Float64Array.from(quantiles, normalQuantile))).toBeGreaterThan(4);
    expect(tailIndex(new Float64Array(50))).toBe(Number.POSITIVE_INFINITY);
  });

  it("does not claim certainty for two models that separate the rows without an error in different ways", () => {
    const flags = Uint8Array.from({ length: 80 }, (_, row) => row % 2);
    const first = rocAuc(
      Float64Array.from(flags, (flag, row) => flag * 1000 + row),
      flags,
    );
    const second = rocAuc(
      Float64Array.from(flags, (flag, row) => flag * 1000 - row),
      flags,
    );
    const { low, high } = delongPairedInterval(first, second, flags).interval;
    expect(low).toBeLessThan(-0.02);
    expect(high).toBeGreaterThan(0.02);
    expect(delongInterval(first, flags)).toEqual({ low: expect.closeTo(0.93, 1), high: 1 });
  });

  it("turns Tango's interval around when the models change places, and keeps the estimate inside", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(2000), (gained, lost, same) => {
        const rows = gained + lost + same + 1;
        const interval = tangoInterval(gained, lost, rows);
        const turned = tangoInterval(lost, gained, rows);
        expect(turned.low).toBeCloseTo(-interval.high, 12);
        expect(turned.high).toBeCloseTo(-interval.low, 12);
        expect(interval.low).toBeLessThan((gained - lost) / rows);
        expect(interval.high).toBeGreaterThan((gained - lost) / rows);
        expect(interval.low).toBeGreaterThanOrEqual(-1);
      }),
    );
  });
});
