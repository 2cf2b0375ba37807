import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareLikeEvidently } from "../../src/drift/evidently/compare-like-evidently.ts";
import { driftSchema } from "../../src/evidence/data-evidence.ts";
import { evidentlyDifferences } from "./goldens/evidently-differences.ts";
import { evidentlyGoldens } from "./goldens/evidently-schema.ts";
import { madePandasTable } from "./goldens/made-columns.ts";

const { tables } = evidentlyGoldens.parse(JSON.parse(readFileSync(new URL("goldens/evidently.json", import.meta.url), "utf8")));

describe("preset evidently-0.7", () => {
  it.each(tables)("is Evidently's types, measures, numbers and decisions: $rows rows", (table) => {
    const { said, largest, compared } = evidentlyDifferences(table);
    expect(said).toEqual([]);
    expect(largest).toBeLessThan(1e-6);
    expect(compared).toBeGreaterThan(3);
  });

  it("gives what evidence holds, infinite statistics among it", () => {
    for (const table of tables) {
      const result = compareLikeEvidently(madePandasTable(table, 0), madePandasTable(table, 1));
      expect(driftSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    }
  });

  it("says which columns it does not compare, and does not count them", () => {
    const counts = new Map([["a", 4]]);
    const shared = { name: "same", dtype: "string", counts, missing: 0 } as const;
    const result = compareLikeEvidently(
      { rows: 4, columns: [shared, { name: "gone", dtype: "bool", counts, missing: 0 }, { name: "day", dtype: "datetime" }] },
      { rows: 4, columns: [shared, { name: "new", dtype: "bool", counts, missing: 0 }, { name: "day", dtype: "datetime" }] },
      { exclude: new Set(["same"]) },
    );
    expect(result.columns).toMatchObject([
      { name: "gone", state: "removed" },
      { name: "new", state: "added" },
      { name: "same", state: "not-compared", why: "excluded by drift.exclude" },
      { name: "day", state: "not-compared", why: "Evidently does not compare times" },
    ]);
    expect(result.dataset).toEqual({ share: 0, limit: 0.5, drifted: false });
  });
});
