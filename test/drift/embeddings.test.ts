import { describe, expect, it } from "vitest";
import { driftSchema } from "../../src/evidence/data-evidence.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createNormal } from "../simulations/random-normal.ts";
import { monteCarloError } from "../simulations/simulation.ts";
import { columnOf, compareTables, createTable, testOf, type Values } from "./create-table.ts";

const dimensions = 32;

/** Texts with an embedding whose columns belong together: a few directions that all of them share, and noise of their own. */
function embedded(rows: number, seed: number, shift = 0, options: { missing?: number; without?: number; shared?: number } = {}) {
  const { missing = 0, without = 0, shared = 3 } = options;
  const normal = createNormal(createRandom(seed));
  // Of the tables' distribution, so that it is the same whatever the seed.
  const mixing = createNormal(createRandom(4711));
  const directions = Array.from({ length: dimensions }, () => Array.from({ length: shared }, () => mixing()));
  const columns: Record<string, Values> = {
    review: Array.from({ length: rows }, (_, row) => `${String(row).padStart(6)} ${"a".repeat(Math.round(40 + 5 * normal()))}`),
  };
  const factors = Array.from({ length: rows }, () => Array.from({ length: shared }, () => normal()));
  for (let d = 0; d < dimensions - without; d++)
    columns[`e_${d}`] = factors.map((own, row) =>
      row < missing * rows
        ? null
        : own.reduce((sum, factor, f) => sum + factor * (directions[d]?.[f] ?? 0), 0.5 * normal()) + shift,
    );
  columns["amount"] = Array.from({ length: rows }, () => normal());
  return createTable(columns);
}

const options = { embeddings: new Map([["review", "e_"]]), types: new Map([["review", "text" as const]]) };

describe("an embedding's columns together", () => {
  it("are one column with what is embedded, by its length and by them", () => {
    const result = compareTables(embedded(800, 1), embedded(800, 2, 0.5), options);
    expect(result.columns.map(({ name, state }) => `${name} ${state}`)).toEqual(["review drifted", "amount stable"]);
    const { drifted, measure, value, limit, noise, adjusted } = testOf(result, "review", "embedding");
    expect({ drifted, measure, limit }).toEqual({ drifted: true, measure: "ks", limit: 0.05 });
    expect(value).toBeGreaterThan(noise ?? 1);
    expect(adjusted).toBeLessThan(1e-3);
    expect(testOf(result, "review", "values").drifted).toBe(false);
    expect(driftSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it("stand alone where the table does not have what is embedded, by a list of their names too", () => {
    const names = Array.from({ length: dimensions }, (_, d) => `e_${d}`);
    const result = compareTables(embedded(500, 1), embedded(500, 2), { embeddings: new Map([["picture", names]]) });
    expect(result.columns.map(({ name }) => name).toSorted()).toEqual(["amount", "picture", "review"]);
    expect(columnOf(result, "picture").tests.map(({ of }) => of)).toEqual(["embedding", "missing"]);
  });

  it("find rows without an embedding, and one of another size", () => {
    const without = compareTables(embedded(1000, 1), embedded(1000, 2, 0, { missing: 0.05 }), options);
    expect(testOf(without, "review", "missing")).toMatchObject({ drifted: false });
    expect(columnOf(without, "review").tests.filter(({ of, drifted }) => of === "missing" && drifted)).toHaveLength(1);
    expect(columnOf(compareTables(embedded(200, 1), embedded(200, 2, 0, { without: 8 }), options), "review")).toMatchObject({
      ...{ state: "retyped", why: "of its 32 columns 8 are gone or hold no numbers now" },
    });
    expect(columnOf(compareTables(embedded(200, 1, 0, { without: 8 }), embedded(200, 2), options), "review")).toMatchObject({
      ...{ state: "retyped", why: "of its 24 columns 8 are new" },
    });
  });

  it("are left out with what they embed, and say where there are none", () => {
    const left = compareTables(embedded(200, 1), embedded(200, 2, 3), { ...options, exclude: new Set(["review"]) });
    expect(left).toMatchObject({ drifted: 0 });
    const none = compareTables(embedded(200, 1), embedded(200, 2), { embeddings: new Map([["title", "t_"]]) });
    expect(columnOf(none, "title")).toMatchObject({ state: "not-compared", why: "no column of numbers is part of it" });
  });

  it.each([
    ["that belong together closely", 1],
    ["that belong together", 8],
  ])("of columns %s are called drifted in at most 1 of 20 where nothing is", (_, shared) => {
    const runs = 150;
    let marked = 0;
    for (let run = 0; run < runs; run++) {
      const [a, b] = [embedded(150, 2 * run + 1000, 0, { shared }), embedded(100, 2 * run + 1001, 0, { shared })];
      marked += compareTables(a, b, options).drifted > 0 ? 1 : 0;
    }
    expect(marked / runs).toBeLessThanOrEqual(0.05 + 2 * monteCarloError(0.05, runs));
  });
});
