import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ClassifiedRows, pickRows } from "../../src/monitoring/classified-rows.ts";
import { fitIsotonic } from "../../src/monitoring/without-labels/isotonic.ts";
import { createPerformanceEstimator } from "../../src/monitoring/without-labels/performance-estimator.ts";
import { samplingError } from "../../src/monitoring/without-labels/sampling-error.ts";
import { madePredictions } from "./goldens/made-predictions.ts";
import { cbpeDifferences, cbpeGoldens } from "./goldens/nannyml-cbpe-differences.ts";

const { tables } = cbpeGoldens.parse(JSON.parse(readFileSync(new URL("goldens/nannyml-cbpe.json", import.meta.url), "utf8")));

describe("performance without labels", () => {
  it.each(tables)("is NannyML's of every chunk: $classes classes, $rows rows, made $seed", (table) => {
    const { said, largest, compared } = cbpeDifferences(table);
    expect(said).toEqual([]);
    expect(largest).toBeLessThan(1e-6);
    expect(compared).toBeGreaterThan(100);
  });

  it("has the error of average precision that NannyML's random samples have on average", () => {
    const drawn = tables.filter(({ drawnError }) => drawnError !== undefined);
    expect(drawn).toHaveLength(2);
    for (const table of drawn) {
      const error = samplingError("average_precision", madePredictions(table, 0))(1);
      expect(Math.abs(error / (table.drawnError ?? 0) - 1)).toBeLessThan(0.05);
    }
  });

  it("is the same in whatever order rows come", () => {
    const [table] = tables;
    if (!table) throw new Error("There are tables.");
    const reference = madePredictions(table, 0);
    const estimates = (rows: ClassifiedRows) =>
      createPerformanceEstimator(reference, [reference])
        .estimate(rows)
        .map(({ estimate }) => estimate.toFixed(9));
    const rows = madePredictions(table, 1);
    const reversed = pickRows(rows, Uint32Array.from(rows.truth.keys()).toReversed());
    expect(estimates(reversed)).toEqual(estimates(rows));
  });

  it("leaves rows out of which something is not known, and says nothing of none", () => {
    const known = { probabilities: [Float64Array.of(0.25, 0.75)], predicted: Int32Array.of(0, 1), truth: Int32Array.of(0, 1) };
    const more = {
      probabilities: [Float64Array.of(0.25, 0.75, Number.NaN, 0.5)],
      predicted: Int32Array.of(0, 1, 1, -1),
      truth: Int32Array.of(0, 1, 1, 1),
    };
    const none = { probabilities: [Float64Array.of(Number.NaN)], predicted: Int32Array.of(1), truth: Int32Array.of(-1) };
    const estimator = createPerformanceEstimator(known, [known], ["accuracy"]);
    expect(estimator.estimate(more)[0]?.estimate).toBe(0.75);
    expect(estimator.estimate(none)[0]?.estimate).toBeNaN();
  });
});

describe("isotonic regression", () => {
  it("pools neighbours that fall, takes equal scores as one, goes straight between scores and stays at the ends", () => {
    const calibrate = fitIsotonic(Float64Array.of(0.1, 0.2, 0.2, 0.4, 0.6, 0.8), Uint8Array.of(0, 1, 0, 0, 1, 1));
    // 0.2 has 1 of 2 and 0.4 has 0 of 1: together 1 of 3.
    const shares = calibrate(Float64Array.of(-1, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 2));
    expect([...shares].map((share) => share.toFixed(4))).toEqual([
      "0.0000",
      "0.0000",
      "0.1667",
      "0.3333",
      "0.3333",
      "0.3333",
      "0.6667",
      "1.0000",
      "1.0000",
    ]);
  });
});
