import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProfile, serializeProfile } from "../../src/data/profile-schema.ts";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import { compareWithProfile } from "../../src/drift/compare-with-profile.ts";
import { driftSchema } from "../../src/evidence/data-evidence.ts";
import { ksPValue } from "../../src/statistics/kolmogorov-smirnov.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { categoryValues, columnOf, compareTables, createTable, normalValues, testOf } from "./create-table.ts";

const evenly = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`c${i}`, 1]));

/** A column that moves by 0.5 σ beside one that does not. */
const moved = (rows: number) => ({
  reference: createTable({ moved: normalValues(rows, 1), still: normalValues(rows, 12) }),
  current: createTable({ moved: normalValues(rows, 3, 0.5), still: normalValues(rows, 14) }),
});

describe("preset assay: what counts as drift", () => {
  it("is a shift that is both large and significant, and it is named first", () => {
    const { reference, current } = moved(1_000);
    const result = compareTables(reference, current);
    expect(result.columns.map(({ name, state }) => [name, state])).toEqual([
      ["moved", "drifted"],
      ["still", "stable"],
    ]);
    expect(result.drifted).toBe(1);
    const test = testOf(result, "moved", "values");
    expect(test).toMatchObject({ measure: "ks", limit: 0.05, drifted: true });
    expect(test.value).toBeGreaterThan(0.15);
    expect(test.noise).toBeCloseTo(0.0606, 3);
    expect(test.shift).toBeCloseTo(0.5, 1);
    expect(test.pValue).toBe(ksPValue(test.value, 1_000, 1_000));
    expect(testOf(result, "still", "values").shift).toBeLessThan(0.15);
  });

  it("is not an effect without significance: a few rows differ by chance", () => {
    const result = compareTables(createTable({ a: normalValues(30, 1) }), createTable({ a: normalValues(30, 2) }));
    expect(testOf(result, "a", "values").value).toBeGreaterThan(0.05);
    expect(result.drifted).toBe(0);
  });

  it("is not significance without an effect: of many rows the smallest shift is certain", () => {
    const rows = 200_000;
    const result = compareTables(createTable({ a: normalValues(rows, 1) }), createTable({ a: normalValues(rows, 2, 0.03) }));
    const test = testOf(result, "a", "values");
    expect(test.adjusted).toBeLessThan(0.001);
    expect(test.value).toBeLessThan(0.05);
    expect(result.drifted).toBe(0);
  });

  it("is a change in how often categories occur", () => {
    const result = compareTables(
      createTable({ a: categoryValues(1_000, 1, { x: 1, y: 1, z: 1 }), b: categoryValues(1_000, 12, evenly) }),
      createTable({ a: categoryValues(1_000, 3, { x: 1, y: 1, z: 2 }), b: categoryValues(1_000, 14, evenly) }),
    );
    expect(testOf(result, "a", "values")).toMatchObject({ measure: "js", limit: 0.05, drifted: true });
    const still = testOf(result, "b", "values");
    expect(still.drifted).toBe(false);
    // Twenty categories of a thousand rows are by chance alone further apart than the limit.
    expect(still.noise).toBeGreaterThan(0.05);
    expect(result.columns.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("is a category that the reference lacks", () => {
    const result = compareTables(
      createTable({ a: categoryValues(2_000, 1, evenly) }),
      createTable({ a: categoryValues(2_000, 2, { ...evenly, new: 0.6 }) }),
    );
    const test = testOf(result, "a", "new-categories");
    expect(test).toMatchObject({ measure: "share", limit: 0.01, drifted: true, noise: 0 });
    expect(test.value).toBeCloseTo(0.03, 2);
    expect(columnOf(result, "a").histogram?.labels).toContain("new");
  });

  it("is no category that was only too rare to be in the reference", () => {
    const rare = { common: 1_000, ...Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`r${i}`, 1])) };
    const result = compareTables(
      createTable({ a: categoryValues(300, 1, rare) }),
      createTable({ a: categoryValues(3_000, 2, rare) }),
    );
    const test = testOf(result, "a", "new-categories");
    expect(test.value).toBeGreaterThan(0.1);
    expect(test.drifted).toBe(false);
    expect(result.drifted).toBe(0);
  });

  it("is missing values, and what is of another type is missing", () => {
    const random = createRandom(1);
    const withGaps = (seed: number, share: number, gap: string | null) =>
      normalValues(2_000, seed).map((value) => (random.uniform() < share ? gap : value));
    const result = compareTables(
      createTable({ a: withGaps(1, 0.02, null), b: normalValues(2_000, 5) }),
      createTable({ a: withGaps(2, 0.07, null), b: withGaps(6, 0.05, "unknown") }),
    );
    for (const name of ["a", "b"]) expect(testOf(result, name, "missing")).toMatchObject({ drifted: true, limit: 0.01 });
    expect(columnOf(result, "a").missing?.current).toBeCloseTo(0.07, 1);
    expect(testOf(result, "a", "values").drifted).toBe(false);
    expect(columnOf(result, "b")).toMatchObject({ state: "drifted", missing: { reference: 0 } });
  });

  it("is rows beyond the reference's ends, infinite ones among them", () => {
    const random = createRandom(2);
    const far = normalValues(2_000, 2).map((value) => value + (random.uniform() < 0.02 ? 12 : 0));
    const infinite = normalValues(2_000, 3).map((value) => (random.uniform() < 0.02 ? Number.POSITIVE_INFINITY : value));
    const result = compareTables(
      createTable({ far: normalValues(2_000, 4), infinite: normalValues(2_000, 5) }),
      createTable({ far, infinite }),
    );
    for (const name of ["far", "infinite"]) {
      expect(testOf(result, name, "out-of-range")).toMatchObject({ measure: "share", limit: 0.005, drifted: true });
      expect(testOf(result, name, "values").drifted).toBe(false);
    }
  });

  it("is the length of texts", () => {
    const texts = (seed: number, length: number) =>
      normalValues(400, seed, length, length / 10).map((letters, i) => `${i} ${"x".repeat(Math.round(letters))}`);
    const result = compareTables(
      createTable({ a: texts(1, 60), b: texts(2, 60) }),
      createTable({ a: texts(3, 40), b: texts(4, 60) }),
    );
    expect(columnOf(result, "a")).toMatchObject({ type: "text", state: "drifted" });
    expect(columnOf(result, "b").state).toBe("stable");
  });

  it("is a column that is gone, new, or something else now", () => {
    const result = compareTables(
      createTable({ gone: [1, 2, 3], retyped: [1, 2, 3], kept: [1, 2, 3] }),
      createTable({ kept: [1, 2, 3], retyped: ["a", "b", "3"], fresh: [1, 2, 3] }),
    );
    expect(result.columns.map(({ name, state }) => [name, state])).toEqual([
      ["gone", "removed"],
      ["retyped", "retyped"],
      ["fresh", "added"],
      ["kept", "stable"],
    ]);
    expect(columnOf(result, "retyped").why).toBe("it held numbers; 2 of its values now are something else");
    expect(columnOf(result, "fresh").type).toBeUndefined();
    expect(result.drifted).toBe(3);
  });

  it("is another share of infinite values, of a column that has some", () => {
    const values = (infinite: number, seed: number) =>
      normalValues(1_000, seed).map((value, row) => (row < infinite ? Infinity : value));
    const drifted = (before: number, now: number) => {
      const result = compareTables(createTable({ a: values(before, 1) }), createTable({ a: values(now, 2) }));
      return columnOf(result, "a")
        .tests.filter(({ drifted }) => drifted)
        .map(({ of }) => of);
    };
    expect(drifted(10, 500)).toEqual(["infinite"]);
    expect(drifted(500, 0)).toEqual(["infinite"]);
    expect(drifted(1_000, 0)).toEqual(["infinite"]);
    expect(drifted(10, 12)).toEqual([]);
    expect(drifted(0, 500)).toEqual(["out-of-range"]);
  });

  it("is a column that had no values and has some, whatever they are", () => {
    const filled = Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? "a" : "b"));
    const result = compareTables(createTable({ note: filled.map(() => "") }), createTable({ note: filled }));
    expect(columnOf(result, "note")).toMatchObject({ state: "drifted", missing: { reference: 1, current: 0 } });
  });
});

describe("preset assay: what is left out", () => {
  it("is what was excluded, on either side", () => {
    const { reference, current } = moved(500);
    const more = { ...current, columns: [...current.columns, ...createTable({ fresh: normalValues(500, 9) }).columns] };
    const result = compareTables(reference, more, { exclude: new Set(["moved", "fresh"]) });
    expect(result.columns.map(({ name, state, why }) => [name, state, why])).toEqual([
      ["still", "stable", undefined],
      ["moved", "not-compared", "excluded by drift.exclude"],
    ]);
  });

  it("is time, which moves on, but for how often it is missing", () => {
    const days = (year: number, gaps: number) =>
      Array.from({ length: 300 }, (_, i) => (i < gaps ? null : `${year}-01-${String(1 + (i % 28)).padStart(2, "0")}`));
    const result = compareTables(
      createTable({ day: days(2025, 0), late: days(2025, 0) }),
      createTable({ day: days(2026, 0), late: days(2026, 60) }),
    );
    expect(columnOf(result, "day")).toMatchObject({ state: "not-compared", why: "time moves on by itself" });
    expect(columnOf(result, "late")).toMatchObject({ type: "time", state: "drifted" });
  });

  it("is everything where a side has no rows, and values where a side has none", () => {
    const empty = compareTables(createTable({ a: [1, 2] }), createTable({ a: [] }));
    expect(empty.columns).toMatchObject([{ name: "a", state: "not-compared", why: "there are no rows to compare", tests: [] }]);
    expect(empty.smallestShift).toBeUndefined();
    const gaps = compareTables(
      createTable({ a: normalValues(50, 1), b: categoryValues(50, 2, evenly) }),
      createTable({ a: Array.from({ length: 50 }, () => null), b: Array.from({ length: 50 }, () => null) }),
    );
    for (const column of gaps.columns) {
      expect(column).toMatchObject({ state: "drifted", missing: { reference: 0, current: 1 } });
      expect(column.tests.map(({ of }) => of)).toEqual(["missing"]);
    }
  });

  it("is, among the tests that are corrected for, what could not have found anything", () => {
    const { reference, current } = moved(60);
    const constants = createTable(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`constant ${i}`, Array.from({ length: 60 }, () => 7)])),
    );
    const alone = compareTables(reference, current);
    const beside = compareTables(
      { rows: 60, columns: [...reference.columns, ...constants.columns] },
      { rows: 60, columns: [...current.columns, ...constants.columns] },
    );
    // Constants keep the test of their range: a value beyond it could have come.
    const ratio = (testOf(beside, "moved", "values").adjusted ?? 0) / (testOf(alone, "moved", "values").adjusted ?? 1);
    expect(ratio).toBeCloseTo((4 + 30) / 4, 1);
    expect(columnOf(beside, "constant 3").state).toBe("stable");
  });
});

describe("preset assay: how p-values come about", () => {
  it("of whole numbers with many ties from permuted counts, which finds more than tables for continuous values", () => {
    const counts = (seed: number, p: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 1_500 }, () => random.binomial(4, p));
    };
    const still = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`n${i}`, normalValues(1_500, 10 + i)]));
    const result = compareTables(createTable({ a: counts(1, 0.5), ...still }), createTable({ a: counts(2, 0.53), ...still }));
    const test = testOf(result, "a", "values");
    expect(test.value).toBeGreaterThan(0.05);
    expect(test.pValue).toBeLessThan(ksPValue(test.value, 1_500, 1_500) / 2);
  });

  it.each([300, 3_000])("with so many draws that a single category column among %d others is found", (others) => {
    const still = Object.fromEntries(Array.from({ length: others }, (_, i) => [`n${i}`, normalValues(200, 10 + i)]));
    const result = compareTables(
      createTable({ ...still, a: categoryValues(200, 1, { x: 9, y: 1 }) }),
      createTable({ ...still, a: categoryValues(200, 2, { x: 4, y: 6 }) }),
    );
    expect(result.columns[0]).toMatchObject({ name: "a", state: "drifted" });
    expect(testOf(result, "a", "values").pValue).toBeLessThanOrEqual(0.05 / (2 * others + 2));
    expect(result.drifted).toBe(1);
  });

  it("of columns with more categories than a profile lists from those that are frequent on both sides together", () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`v${i}`, 1]));
    const frequent = { ...many, a: 1_000, b: 1_000 };
    const types = new Map([["zip", "category" as const]]);
    const compare = (reference: Readonly<Record<string, number>>, current: Readonly<Record<string, number>>) =>
      compareTables(
        createTable({ zip: categoryValues(9_000, 1, reference) }),
        createTable({ zip: categoryValues(9_000, 2, current) }),
        {
          types,
        },
      );
    // The most frequent thousand of the reference are rarer now by chance alone.
    expect(columnOf(compare(many, many), "zip")).toMatchObject({ state: "stable" });
    const result = compare(frequent, { ...frequent, a: 2_000 });
    expect(columnOf(result, "zip")).toMatchObject({ state: "drifted" });
    expect(columnOf(result, "zip").tests.map(({ of }) => of)).toEqual(["values", "missing"]);
  });
});

describe("preset assay: what may be declared", () => {
  it("is how much columns matter, so that these are named first", () => {
    const columns = (shift: number) =>
      createTable({ far: normalValues(500, 1, 2 * shift), near: normalValues(500, 2, shift), still: normalValues(500, 3) });
    const names = (weights?: ReadonlyMap<string, number>) =>
      compareTables(columns(0), columns(0.5), { weights }).columns.map(({ name }) => name);
    expect(names()).toEqual(["far", "near", "still"]);
    expect(names(new Map([["near", 10]]))).toEqual(["near", "far", "still"]);
  });
});

describe("preset assay: the same data gives the same result", () => {
  const random = createRandom(5);
  const columns = {
    a: normalValues(800, 1),
    b: categoryValues(800, 2, evenly),
    c: normalValues(800, 3).map((value) => (random.uniform() < 0.1 ? null : Math.round(value))),
  };
  const reference = createTable(columns);
  const current = createTable({ ...columns, b: categoryValues(800, 4, { ...evenly, c3: 3 }) });

  it("whatever the order of the rows", () => {
    const reversed = (values: readonly (number | string | null)[]) => values.toReversed();
    const shuffled = createTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, reversed(values)])));
    const result = compareTables(reference, shuffled);
    expect(result.drifted).toBe(0);
    for (const { tests } of result.columns) for (const { value } of tests) expect(value).toBe(0);
    expect(compareTables(shuffled, current)).toEqual(compareTables(reference, current));
  });

  it("whether the reference comes as rows or as a stored profile", () => {
    const stored = parseProfile(serializeProfile(profileTable(reference)), "stored");
    expect(compareWithProfile(stored, countTable(stored, current))).toEqual(compareTables(reference, current));
  });

  it("and is what evidence holds", () => {
    const result = compareTables(reference, current);
    expect(driftSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    const value = fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e300, max: 1e300, noNaN: true })));
    const column = fc.array(value, { maxLength: 40 });
    fc.assert(
      fc.property(column, column, fc.boolean(), (before, now, asText) => {
        const of = (values: readonly (number | null)[]) =>
          createTable({ a: asText ? values.map((one) => (one === null ? null : `t${one}`)) : values });
        const found = compareTables(of(before), of(now));
        expect(driftSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
        const histogram = columnOf(found, "a").histogram;
        if (histogram && before.length > 0) {
          const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
          expect(total(histogram.reference)).toBe(before.filter((one) => one !== null).length);
          expect(total(histogram.current)).toBe(now.filter((one) => one !== null).length);
        }
      }),
    );
  });

  it("with a smallest shift that falls with more rows, and not below what the limit asks", () => {
    const shifts = [50, 500, 5_000, 50_000].map((rows) => compareTables(...both(rows)).smallestShift ?? Number.NaN);
    expect(shifts).toEqual(shifts.toSorted((a, b) => b - a));
    expect(shifts[3]).toBeGreaterThan(0.125);
    expect(shifts[1]).toBeGreaterThan(0.2);
    expect(shifts[1]).toBeLessThan(0.4);
  });
});

function both(rows: number): [ReturnType<typeof createTable>, ReturnType<typeof createTable>] {
  return [createTable({ a: normalValues(rows, 1) }), createTable({ a: normalValues(rows, 2) })];
}
