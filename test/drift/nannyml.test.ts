import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chunksOf } from "../../src/drift/nannyml/chunks.ts";
import { compareLikeNannyml } from "../../src/drift/nannyml/compare-like-nannyml.ts";
import { driftSchema } from "../../src/evidence/data-evidence.ts";
import { categoryValues, columnOf, createTable, normalValues } from "./create-table.ts";
import { chunkedTables, nannymlDifferences, nannymlGoldens } from "./goldens/nannyml-differences.ts";

const { tables } = nannymlGoldens.parse(JSON.parse(readFileSync(new URL("goldens/nannyml.json", import.meta.url), "utf8")));

describe("preset nannyml-0.13", () => {
  it.each(tables)("is NannyML's values, thresholds and alerts of every chunk: $rows rows", (table) => {
    const { said, largest, compared } = nannymlDifferences(table);
    expect(said).toEqual([]);
    expect(largest).toBeLessThan(1e-6);
    expect(compared).toBeGreaterThan(20);
  });

  it("gives what evidence holds", () => {
    for (const table of tables) {
      const { reference, current, chunking } = chunkedTables(table);
      const result = compareLikeNannyml(reference, current, {
        chunking,
        categories: "chi2",
      });
      expect(driftSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    }
  });

  it("alerts where one chunk of the current rows lies apart, and says how far", () => {
    const now = normalValues(1_000, 2).map((value, row) => (row >= 300 && row < 400 ? value + 1 : value));
    const result = compareLikeNannyml(createTable({ a: normalValues(1_000, 1) }), createTable({ a: now }));
    const [test] = columnOf(result, "a").tests;
    expect(test).toMatchObject({ of: "values", measure: "js", drifted: true });
    expect(test?.value).toBeGreaterThan(test?.limit ?? 1);
  });

  it("says what it does not compare", () => {
    const few = [1, 2, 3];
    const result = compareLikeNannyml(
      createTable({ few, gone: few, words: few, far: [...few] }),
      createTable({ few, fresh: few, words: ["a", "b", "c"], far: few }),
      { exclude: new Set(["far"]) },
    );
    expect(result.columns.map(({ name, state, why }) => [name, state, why])).toEqual([
      ["gone", "removed", undefined],
      ["words", "retyped", "it held numbers"],
      ["fresh", "added", undefined],
      ["few", "not-compared", "there are fewer rows than chunks"],
      ["far", "not-compared", "excluded by drift.exclude"],
    ]);
    const single = createTable({ a: normalValues(30, 1) });
    expect(columnOf(compareLikeNannyml(single, single, { chunking: { size: 30 } }), "a").why).toBe(
      "the reference is a single chunk, which has no spread",
    );
    const infinite = createTable({ a: [...normalValues(20, 1), Number.POSITIVE_INFINITY], b: categoryValues(21, 1, { x: 1 }) });
    expect(columnOf(compareLikeNannyml(infinite, infinite), "a").why).toBe("NannyML does not compare infinite values");
    expect(columnOf(compareLikeNannyml(infinite, infinite), "b").state).toBe("stable");
  });

  it("cuts rows into chunks of one size and what is left over", () => {
    expect(chunksOf(25, { number: 10 })).toHaveLength(13);
    expect(chunksOf(25, { size: 10 })).toEqual([
      { from: 0, to: 10 },
      { from: 10, to: 20 },
      { from: 20, to: 25 },
    ]);
    expect(chunksOf(9, { number: 10 })).toEqual([]);
  });
});
