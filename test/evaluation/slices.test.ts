import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseSlices } from "../../src/evaluation/slices.ts";
import type { Comparison, MetricResult } from "../../src/evidence/evidence.ts";
import { plainRows, type RowDesign } from "../../src/scoring/predictions.ts";

const few = { metrics: 3, trainings: 1 };

/** A column with values of these numbers of rows. */
function createColumn(column: string, sizes: readonly number[], minRows = 50): RowDesign["slices"][number] {
  return { column, minRows, values: sizes.map((size, i) => ({ value: `${column}${i}`, rows: new Int32Array(size) })) };
}

const choose = (columns: RowDesign["slices"], size = few) => chooseSlices({ ...plainRows, slices: columns }, size);
const repeat = (count: number, size: number) => Array.from({ length: count }, () => size);
const judged = ({ chosen }: ReturnType<typeof choose>, column: string) =>
  chosen.filter((slice) => slice.column === column && !slice.isTooSmall).length;

describe("the slices of declared columns", () => {
  it("are all there where there is room, largest first", () => {
    const { chosen, leftOut, missing } = choose([createColumn("a", [60, 10, 300]), createColumn("b", [100])]);
    expect(chosen.map(({ value, isTooSmall }) => [value, isTooSmall])).toEqual([
      ["a2", false],
      ["b0", false],
      ["a0", false],
      ["a1", true],
    ]);
    expect({ leftOut, missing }).toEqual({ leftOut: [], missing: [] });
  });

  it("are 200 that can be judged, in whatever company of small ones, and the data says how many more there are", () => {
    const found = choose([createColumn("city", [...repeat(3_000, 49), ...repeat(230, 50)])]);
    expect(judged(found, "city")).toBe(200);
    expect(found.chosen).toHaveLength(300);
    expect(found.leftOut).toEqual([{ column: "city", values: 2_930, judgeable: 30 }]);
    expect(found.missing).toEqual(["city: 2,930 values with the fewest rows, of 3,230; 30 values of 50 rows or more among them"]);
  });

  it("leave out the smallest", () => {
    const sizes = Array.from({ length: 260 }, (_, i) => 100 + i);
    const { chosen } = choose([createColumn("city", sizes)]);
    expect(chosen.at(-1)?.rows).toHaveLength(160);
    expect(chosen[0]?.rows).toHaveLength(359);
  });

  it("share the room evenly, so that one column of many values does not crowd out the others", () => {
    const found = choose([createColumn("merchant", repeat(5_000, 900)), createColumn("country", repeat(20, 60))]);
    expect([judged(found, "country"), judged(found, "merchant")]).toEqual([20, 180]);
    expect(found.leftOut).toEqual([{ column: "merchant", values: 4_820, judgeable: 4_820 }]);
    const two = choose([createColumn("a", repeat(500, 900)), createColumn("b", repeat(400, 60))]);
    expect([judged(two, "a"), judged(two, "b")]).toEqual([100, 100]);
  });

  it("are fewer the more is measured on each, so that evidence stays readable", () => {
    const many = (metrics: number, trainings: number) =>
      choose([createColumn("city", repeat(300, 60))], { metrics, trainings }).chosen.length;
    expect(many(23, 1)).toBe(200);
    expect(many(100, 1)).toBe(48);
    expect(many(100, 20)).toBe(33);
    expect(many(100_000, 20)).toBe(1);
  });

  it("take no more room a metric than is reckoned with", () => {
    const number = -1.234_567_890_123_456e-7;
    const interval = { low: number, high: number };
    const metric = "macro_averaged_recall_at_fpr=0.0123456789";
    const method = "delta method over groups, with the variance between trainings";
    const result: MetricResult = { metric, value: number, interval, degreesOfFreedom: number, method };
    const comparison: Comparison = {
      ...{ metric, greaterIsBetter: true, baseline: number, candidate: number, change: number, interval, method },
      ...{ degreesOfFreedom: number, seedVariance: true, relative: { change: number, interval }, rows: 1e9, identical: false },
    };
    const bytes = (trainings: number) =>
      JSON.stringify([{ ...result, seeds: Array.from({ length: trainings }, () => number) }, comparison]).length;
    expect(bytes(0)).toBeLessThan(1_000);
    expect(bytes(20) - bytes(0)).toBeLessThanOrEqual(20 * 25);
  });

  it("need rows that weigh something", () => {
    const values = [
      { value: "north", rows: new Int32Array(0) },
      { value: "south", rows: Int32Array.of(0, 1) },
    ];
    const found = choose([{ column: "region", minRows: 1, values }]);
    expect(found.chosen.map(({ value }) => value)).toEqual(["south"]);
    expect(found.leftOut).toEqual([{ column: "region", values: 1, judgeable: 0 }]);
    expect(found.missing).toEqual(["region: 1 value whose rows all weigh 0"]);
  });

  it("are all counted, kept or left out", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 400 });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 4 }), (columns) => {
        const found = choose(columns.map((own, i) => createColumn(`c${i}-`, own)));
        for (const [i, own] of columns.entries()) {
          const left = found.leftOut.find(({ column }) => column === `c${i}-`) ?? { values: 0, judgeable: 0 };
          const kept = found.chosen.filter(({ column }) => column === `c${i}-`);
          expect(kept.length + left.values).toBe(own.length);
          expect(kept.filter(({ isTooSmall }) => !isTooSmall).length + left.judgeable).toBe(
            own.filter((size) => size >= 50).length,
          );
        }
      }),
    );
  });
});
