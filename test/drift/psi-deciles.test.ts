import { describe, expect, it } from "vitest";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import type { Table } from "../../src/data/table.ts";
import { compareByPsi } from "../../src/drift/psi-deciles.ts";
import { driftSchema } from "../../src/evidence/data-evidence.ts";
import { categoryValues, columnOf, createTable, normalValues, testOf, type Values } from "./create-table.ts";

function compare(reference: Table, current: Table) {
  const profile = profileTable(reference);
  const result = compareByPsi(profile, countTable(profile, current));
  expect(driftSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  return result;
}

const psiOf = (reference: Values, current: Values) =>
  testOf(compare(createTable({ a: reference }), createTable({ a: current })), "a", "values");
const psi = (pairs: readonly (readonly [number, number])[]) => pairs.reduce((sum, [p, q]) => sum + (p - q) * Math.log(p / q), 0);

describe("preset psi-deciles", () => {
  it("is the index over the deciles of the reference", () => {
    const reference = Array.from({ length: 100 }, (_, i) => i);
    // The first decile, and all above the last, which is 89.
    const current = [
      ...Array.from({ length: 30 }, () => 4),
      ...Array.from({ length: 60 }, (_, i) => i + 10),
      ...Array.from({ length: 10 }, () => 99),
    ];
    const even = [0.1, 0.1] as const;
    const expected = psi([[0.1, 0.3], even, even, even, even, even, even, [0.1, 1e-4], [0.1, 1e-4], even]);
    expect(psiOf(reference, current)).toMatchObject({
      measure: "psi",
      value: expect.closeTo(expected, 10),
      limit: 0.2,
      drifted: true,
    });
  });

  it("is 0 of the same rows, and finds what bins of equal width miss", () => {
    const values = normalValues(20_000, 1, 0, 2).map(Math.exp);
    expect(psiOf(values, values.toReversed()).value).toBe(0);
    const shifted = normalValues(20_000, 2, 0.5, 2).map(Math.exp);
    expect(psiOf(values, shifted).value).toBeCloseTo(0.061, 1);
  });

  it("takes ties, categories, new ones and missing values as bins", () => {
    expect(psiOf([0, 0, 0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]).value).toBeCloseTo(
      psi([
        [0.8, 0.4],
        [0.1, 0.4],
        [0.1, 0.2],
      ]),
      10,
    );
    const reference = ["x", "x", "y", "y", "y", "x", "x", "x", null, null];
    const current = ["x", "x", "x", "x", "z", "z", null, null, null, null];
    expect(psiOf(reference, current).value).toBeCloseTo(
      psi([
        [0.5, 0.4],
        [0.3, 1e-4],
        [1e-4, 0.2],
        [0.2, 0.4],
      ]),
      10,
    );
  });

  it("prints beside it what chance alone exceeds in about 1 of 20", () => {
    const pairs = Array.from({ length: 300 }, (_, i) => psiOf(normalValues(300, 2 * i + 1), normalValues(200, 2 * i + 2)));
    const above = pairs.filter(({ value, noise = 0 }) => value > noise).length / pairs.length;
    expect(above).toBeGreaterThan(0.02);
    expect(above).toBeLessThan(0.09);
  });

  it("compares the rest as preset assay does", () => {
    const day = Array.from({ length: 40 }, (_, i) => `2026-01-${String(1 + (i % 28)).padStart(2, "0")}`);
    const result = compare(
      createTable({ gone: normalValues(40, 1), day, kept: categoryValues(40, 2, { x: 1, y: 1 }) }),
      createTable({ day, kept: categoryValues(40, 2, { x: 1, y: 1 }), fresh: normalValues(40, 4) }),
    );
    expect(result.columns.map(({ name, state }) => [name, state])).toEqual([
      ["gone", "removed"],
      ["fresh", "added"],
      ["kept", "stable"],
      ["day", "not-compared"],
    ]);
    expect(columnOf(result, "day").why).toBe("time moves on by itself");
  });
});
