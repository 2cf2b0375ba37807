import { describe, expect, it } from "vitest";
import { compareTogether, type TogetherDrift } from "../../src/drift/domain-classifier/domain-classifier.ts";
import { categoryValues, createTable, normalValues, type Values } from "./create-table.ts";

/** Six columns of several kinds; `other` takes the place of some. */
function table(seed: number, rows: number, other: Readonly<Record<string, Values>> = {}) {
  return createTable({
    amount: normalValues(rows, seed),
    age: normalValues(rows, seed + 1),
    count: normalValues(rows, seed + 2).map((value) => Math.round(value)),
    channel: categoryValues(rows, seed + 3, { web: 1, shop: 2, phone: 3, fax: 0.1 }),
    city: categoryValues(rows, seed + 4, Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`city ${i}`, 1]))),
    sometimes: normalValues(rows, seed + 5).map((value, row) => (row % 7 === 0 ? null : value)),
    ...other,
  });
}

function compared(...sides: Parameters<typeof compareTogether>): TogetherDrift {
  const result = compareTogether(...sides);
  if (typeof result === "string") throw new Error(result);
  return result;
}

describe("all columns together", () => {
  it.each([
    [150, 150],
    [500, 500],
    [800, 200],
  ])("are called other in 1 of 20 cases at most where they are not: %s against %s rows", (reference, current) => {
    const runs = Array.from({ length: 40 }, (_, i) => compared(table(1000 * i + 1, reference), table(1000 * i + 501, current)));
    // Two Monte Carlo errors above 2 of 40.
    expect(runs.filter(({ pValue }) => pValue <= 0.05).length).toBeLessThanOrEqual(4);
    expect(runs.filter(({ auc, noise }) => auc > noise).length).toBeLessThanOrEqual(4);
    expect(runs.filter(({ drifted }) => drifted).length).toBeLessThanOrEqual(4);
  });

  it("show columns that only belong together otherwise, which no column shows by itself", () => {
    const amount = normalValues(2000, 11);
    const age = normalValues(2000, 12).map((value, row) => 0.6 * (amount[row] ?? 0) + 0.8 * value);
    const result = compared(table(1, 2000), table(2, 2000, { amount, age }));
    expect(result.drifted).toBe(true);
    expect(
      result.columns
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["age", "amount"]);
  });

  it("name what tells most", () => {
    const channel = categoryValues(2000, 21, { web: 1, shop: 2, phone: 1, fax: 0.1 });
    const moved = compared(table(1, 2000), table(2, 2000, { channel, age: normalValues(2000, 22, 0.8) }));
    expect(moved).toMatchObject({ drifted: true, rows: { reference: 2000, current: 2000 } });
    expect(moved.columns.map(({ name }) => name)).toEqual(["age", "channel"]);
    const missing = compared(table(1, 1000), table(2, 1000, { sometimes: normalValues(1000, 23) }));
    expect(missing.columns[0]?.name).toBe("sometimes");
    const excluded = compared(table(1, 1000), table(2, 1000, { sometimes: normalValues(1000, 23) }), new Set(["sometimes"]));
    expect(excluded.drifted).toBe(false);
  });

  it("do not mind what is certain and small", () => {
    const result = compared(table(1, 4000), table(2, 4000, { age: normalValues(4000, 31, 0.15) }));
    expect(result).toMatchObject({ drifted: false });
  });

  it("are the same each time, and say why there is nothing to say", () => {
    expect(compared(table(1, 300), table(2, 300))).toEqual(compared(table(1, 300), table(2, 300)));
    expect(compareTogether(table(1, 99), table(2, 300))).toMatch(/100 rows are needed, and there are 99 and 300/);
    expect(compareTogether(createTable({ a: new Array(200).fill(1) }), createTable({ a: new Array(200).fill(1) }))).toMatch(
      /no column/,
    );
  });
});
