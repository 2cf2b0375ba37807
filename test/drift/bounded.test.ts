import { expect, it } from "vitest";
import { boundDrift } from "../../src/drift/bounded.ts";
import { type DriftColumn, type DriftResult, driftSchema } from "../../src/evidence/data-evidence.ts";
import { maxEvidenceBytes } from "../../src/evidence/parse-evidence.ts";
import { driftCaution, driftSummary } from "../../src/report/drift.ts";

const bins = Array.from({ length: 40 }, (_, i) => 1_000_000 + i);
const test = { of: "values", measure: "ks", value: 0.0123456789, limit: 0.05, noise: 0.0123456789, pValue: 0.123456789 } as const;

/** The first column drifted. */
function createResult(columns: number): DriftResult {
  return {
    ...{ preset: "assay", rows: { reference: 40_000_000, current: 40_000_000 }, drifted: 1 },
    columns: Array.from(
      { length: columns },
      (_, i): DriftColumn => ({
        ...{ name: `a column with the number ${i}`, type: "number", state: i === 0 ? "drifted" : "stable" },
        tests: Array.from({ length: 3 }, () => ({ ...test, drifted: i === 0 })),
        histogram: { edges: [...bins, 2_000_000], reference: bins, current: bins },
      }),
    ),
  };
}

it("leaves drift of a few hundred columns as it is", () => {
  const results = [createResult(300), createResult(20)];
  expect(boundDrift(results)).toEqual(results);
});

it.each([[9_000], [8_000, 9_000], [20_000], Array.from({ length: 10 }, () => 10_000)])(
  "fits what evidence may hold and says what is left out: tables of %j columns",
  (...columns) => {
    const bounded = boundDrift(columns.map(createResult));
    expect(Buffer.byteLength(JSON.stringify(bounded))).toBeLessThan(0.75 * maxEvidenceBytes);
    for (const [at, result] of bounded.entries()) {
      expect(driftSchema.parse(result)).toEqual(result);
      expect(result.columns[0]?.histogram).toBeDefined();
      expect(result.columns.length + (result.leftOut?.columns ?? 0)).toBe(columns[at]);
      expect(result.leftOut?.pictures).toBe(result.columns.filter(({ histogram }) => histogram === undefined).length);
      expect(driftSummary(result, undefined)[0]).toBe(`1 of ${columns[at]?.toLocaleString("en")} columns`);
      expect(driftCaution(result).at(-1)).toMatch(/^Too many for the record: /);
    }
  },
);
