import { describe, expect, it } from "vitest";
import { symmetric } from "../../src/statistics/interval.ts";
import { z95 } from "../../src/statistics/normal.ts";
import { createRandom } from "../../src/statistics/random.ts";
import {
  deviationOfDisagreement,
  deviationOfPilot,
  errorsOfChange,
  rowsNeeded,
  seedsNeeded,
} from "../../src/statistics/sample-size.ts";
import { seedInterval } from "../../src/statistics/seed-interval.ts";
import { tangoInterval } from "../../src/statistics/tango.ts";

describe("rowsNeeded", () => {
  it("follows (z + z)²σ²/d² where there are many", () => {
    const deviation = deviationOfDisagreement(0.1);
    expect(rowsNeeded({ distance: 0.025, deviation })).toBeCloseTo(((1.959964 + 1.281552) ** 2 * 0.1) / 0.025 ** 2, -1);
    expect(rowsNeeded({ distance: 0.025, deviation, power: 0.5 })).toBeLessThan(650);
    expect(rowsNeeded({ distance: 0.0125, deviation })).toBeGreaterThan(6_700);
  });

  it("decides a limit on 0/1 scores with the power that it promises", () => {
    const random = createRandom(11);
    for (const { disagreement, change, margin } of [
      { disagreement: 0.1, change: 0, margin: 0.025 },
      { disagreement: 0.05, change: -0.005, margin: 0.02 },
      { disagreement: 0.3, change: 0.01, margin: 0 },
    ]) {
      const rows = rowsNeeded({ distance: margin + change, deviation: deviationOfDisagreement(disagreement, change) }) ?? 0;
      const runs = 2_000;
      let decided = 0;
      for (let run = 0; run < runs; run++) {
        const gained = random.binomial(rows, (disagreement + change) / 2);
        const lost = random.binomial(rows - gained, (disagreement - change) / 2 / (1 - (disagreement + change) / 2));
        if (tangoInterval(gained, lost, rows).low > -margin) decided++;
      }
      expect(decided / runs, `${disagreement} ${change} ${margin}: ${rows} rows`).toBeGreaterThan(0.88);
      expect(decided / runs, `${disagreement} ${change} ${margin}: ${rows} rows`).toBeLessThan(0.93);
    }
  });

  it("takes a pilot's deviation back out of its interval", () => {
    const interval = symmetric(0.01, (z95 * 0.3) / Math.sqrt(500));
    expect(deviationOfPilot({ interval }, 500)).toBeCloseTo(0.3, 12);
  });

  it("takes the interval of several seeds apart into seeds and rows", () => {
    const [baseline, candidate] = [Float64Array.of(0.7, 0.72, 0.75, 0.73), Float64Array.of(0.74, 0.7, 0.76)];
    const found = seedInterval({ baseline, candidate, rowError: 0.004 });
    if (found === undefined) throw new Error("There is no interval.");
    const sideOf = (values: Float64Array) => ({ trainings: values.length, values: [...values] });
    const errors = errorsOfChange(found, [sideOf(baseline), sideOf(candidate)]);
    expect(errors?.rowError).toBeCloseTo(0.004, 12);
    // Squares around the means: 0.0013 and 0.001866…, five degrees of freedom.
    expect(errors?.seedDeviation).toBeCloseTo(Math.sqrt((0.0013 + 0.0056 / 3) / 5), 12);
  });

  it("knows when no number of rows will do, and when two do", () => {
    expect(rowsNeeded({ distance: 0, deviation: 1 })).toBeUndefined();
    expect(rowsNeeded({ distance: -0.1, deviation: 1 })).toBeUndefined();
    expect(rowsNeeded({ distance: 1e-9, deviation: 1 })).toBeUndefined();
    expect(rowsNeeded({ distance: 0.1, deviation: 0 })).toBe(2);
  });
});

describe("seedsNeeded", () => {
  it("decides a limit with the power that it promises", () => {
    const random = createRandom(12);
    const normal = () => Array.from({ length: 12 }, () => random.uniform()).reduce((total, value) => total + value, -6);
    for (const request of [
      { distance: 0.005, seedDeviation: 0.002, rowError: 0.0005 },
      { distance: 0.004, seedDeviation: 0.002, rowError: 0.001 },
    ]) {
      const seeds = seedsNeeded(request) ?? 0;
      const runs = 2_000;
      let decided = 0;
      for (let run = 0; run < runs; run++) {
        const rows = request.rowError * normal();
        const side = (shift: number) => Float64Array.from({ length: seeds }, () => shift + request.seedDeviation * normal());
        const found = seedInterval({ baseline: side(0), candidate: side(rows), rowError: request.rowError });
        if ((found?.interval.low ?? -1) > -request.distance) decided++;
      }
      expect(decided / runs, `${seeds} seeds`).toBeGreaterThan(0.88);
      expect(decided / runs, `${seeds} seeds`).toBeLessThan(0.97);
      expect(seedsNeeded({ ...request, power: 0.95 })).toBeGreaterThan(seeds);
    }
  });

  it("knows when the rows alone leave too much noise", () => {
    expect(seedsNeeded({ distance: 0.003, seedDeviation: 0.001, rowError: 0.001 })).toBeUndefined();
    expect(seedsNeeded({ distance: 0, seedDeviation: 0.001, rowError: 0 })).toBeUndefined();
    expect(seedsNeeded({ distance: 0.01, seedDeviation: 0, rowError: 0.001 })).toBe(3);
  });
});
