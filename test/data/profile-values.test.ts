import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxKnots } from "../../src/data/profile.ts";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import { numbersTable, textsTable } from "./tables.ts";

describe("the profile of numbers", () => {
  it("has every value with its rows where there are few, and tells missing from infinite", () => {
    const table = numbersTable("a", [3, -0, Number.NaN, 1, Infinity, 0, 3, -Infinity]);
    expect(profileTable(table)).toEqual({
      schema: "assay.profile/v1",
      rows: 8,
      columns: [
        {
          type: "number",
          name: "a",
          missing: 1,
          infinite: 2,
          distribution: { count: 5, knots: [0, 1, 3], atMost: [2, 3, 5], isExact: true, mean: 1.4, std: Math.sqrt(9.2 / 5) },
        },
      ],
    });
  });

  it("has knots equally many rows apart where there are many, with the ends, and exact counts at each", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index * 7_919) % 10_000);
    const distribution = distributionOf(values);
    expect(distribution).toMatchObject({ count: 10_000, isExact: false, mean: 4_999.5 });
    expect(distribution.knots).toHaveLength(maxKnots);
    expect([distribution.knots[0], distribution.knots.at(-1)]).toEqual([0, 9_999]);
    expect(distribution.atMost).toEqual(distribution.knots.map((knot) => knot + 1));
    expect(distribution.std).toBeCloseTo(Math.sqrt((10_000 ** 2 - 1) / 12), 8);
  });

  it("leaves fewer than 1/499 of the rows between two knots, whatever the ties", () => {
    const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3_000, size: "max" }), (values) => {
        const { count, knots, atMost, isExact, mean, std } = distributionOf(values);
        expect(count).toBe(values.length);
        expect(isExact).toBe(new Set(values).size <= maxKnots);
        expect([mean, std].every(Number.isFinite)).toBe(true);
        const sorted = values.toSorted((a, b) => a - b);
        expect([knots[0], knots.at(-1)]).toEqual([sorted[0], sorted.at(-1)].map((end) => (end ?? 0) + 0));
        for (const [index, knot] of knots.entries()) {
          expect(atMost[index]).toBe(sorted.filter((value) => value <= knot).length);
          const between = sorted.filter((value) => value > knot && value < (knots[index + 1] ?? Infinity)).length;
          expect(between).toBeLessThan(isExact ? 1 : count / (maxKnots - 1));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("has a mean and a spread of the largest and the smallest numbers", () => {
    expect(distributionOf([Number.MAX_VALUE, -Number.MAX_VALUE])).toMatchObject({ mean: 0, std: Number.MAX_VALUE });
    expect(distributionOf([Number.MAX_VALUE, Number.MAX_VALUE])).toMatchObject({ mean: Number.MAX_VALUE, std: 0 });
    expect(distributionOf([1e-200, 3e-200]).std).toBeCloseTo(1e-200, 210);
    expect(distributionOf([])).toEqual({ count: 0, knots: [], atMost: [], isExact: true, mean: 0, std: 0 });
  });

  it("is the same whatever the order of the rows", () => {
    const values = fc.array(fc.double(), { maxLength: 1_500, size: "max" });
    fc.assert(
      fc.property(
        values.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([a, b]) => {
          expect(profileTable(numbersTable("a", b))).toEqual(profileTable(numbersTable("a", a)));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("the profile of texts", () => {
  it.each([
    ["boolean", ["true", "False", "TRUE", null]],
    ["time", ["2024-02-29", "2024-01-01T12:30:00.250+01:00", "2023-12-31 23:59"]],
    ["category", ["2024-02-30", "2024-01-01"]],
    ["category", ["true", "2024-01-01"]],
    ["category", ["true", "no"]],
    ["category", Array.from({ length: 10 }, (_, index) => `id ${index}`)],
    ["text", Array.from({ length: 11 }, (_, index) => `id ${index}`)],
    ["category", [..."aabbccddeeffgghhiijjkk"]],
  ])("is %s for %j", (type, values) => {
    expect(profileTable(textsTable("a", values)).columns[0]?.type).toBe(type);
  });

  it("counts each value, the most frequent first", () => {
    expect(profileTable(textsTable("a", ["b", "a", "", null, "c", "a", "\u{1f600}", "\uffee"])).columns[0]).toEqual({
      type: "category",
      name: "a",
      missing: 2,
      counts: {
        values: [
          { value: "a", count: 2 },
          { value: "b", count: 1 },
          { value: "c", count: 1 },
          { value: "\uffee", count: 1 },
          { value: "\u{1f600}", count: 1 },
        ],
        others: { distinct: 0, count: 0 },
      },
    });
  });

  it("sums up what is beyond the thousand most frequent", () => {
    const values = Array.from({ length: 1_500 }, (_, index) => [`v${1_000 + index}`, `v${1_000 + index}`]).flat();
    const column = profileTable(textsTable("a", [...values, "v2499"])).columns[0];
    expect(column).toMatchObject({ type: "category", counts: { others: { distinct: 500, count: 1_000 } } });
    expect(column && "counts" in column && column.counts.values.slice(0, 2)).toEqual([
      { value: "v2499", count: 3 },
      { value: "v1000", count: 2 },
    ]);
  });

  it("calls a very long value by its beginning and its digest", () => {
    const counts = profileTable(textsTable("a", ["x".repeat(10_000), `${"x".repeat(9_999)}y`])).columns[0];
    const values = counts && "counts" in counts ? counts.counts.values.map(({ value }) => value) : [];
    expect(new Set(values).size).toBe(2);
    for (const value of values) expect(value).toMatch(/^x{200}…[0-9a-f]{16}$/);
  });

  it("looks at text by its length in code points", () => {
    const values = Array.from({ length: 20 }, (_, index) => "\u{1f600}".repeat(index + 1));
    expect(profileTable(textsTable("a", values)).columns[0]).toMatchObject({
      type: "text",
      distinct: 20,
      distribution: { count: 20, knots: values.map((_, index) => index + 1) },
    });
  });

  it("follows declared types, and says where values are not of them", () => {
    const table = textsTable("a", ["1", "NA", "inf", "2.5"]);
    expect(profileTable(table, new Map([["a", "number"]])).columns[0]).toMatchObject({ missing: 1, infinite: 1 });
    expect(() => profileTable(table, new Map([["a", "time"]]))).toThrow(
      /"a" was to be read as time, but 4 of its values are not/,
    );
    expect(profileTable(numbersTable("a", [1, 1.5, Number.NaN]), new Map([["a", "category"]])).columns[0]).toMatchObject({
      missing: 1,
      counts: { values: [{ value: "1" }, { value: "1.5" }] },
    });
  });
});

describe("counting at a profile", () => {
  it("says what lies below, on and above each knot", () => {
    const profile = profileTable(numbersTable("a", [1, 2, 4]));
    const counts = countTable(profile, numbersTable("a", [0, 1, 1, 3, 4, 9, Number.NaN, -Infinity]));
    expect(counts).toEqual({
      rows: 8,
      added: [],
      columns: [
        {
          type: "number",
          name: "a",
          missing: 1,
          mistyped: 0,
          infinite: 1,
          distribution: { count: 6, below: [1, 3, 4], atMost: [3, 3, 5], least: 0, greatest: 9 },
        },
      ],
    });
  });

  it("gives a table its own profile's counts", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 1_500, size: "max" }), (values) => {
        const table = numbersTable("a", values);
        const [column] = profileTable(table).columns;
        const [counts] = countTable(profileTable(table), table).columns;
        if (column?.type !== "number" || counts?.type !== "number") throw new Error("not numbers");
        expect(counts.distribution).toMatchObject({ count: column.distribution.count, atMost: column.distribution.atMost });
        expect(counts).toMatchObject({ missing: column.missing, infinite: column.infinite });
      }),
      { numRuns: 30 },
    );
  });

  it("tells new values, mistyped values, absent and added columns apart", () => {
    const reference = {
      rows: 4,
      columns: [
        ...textsTable("c", ["a", "a", "b", null]).columns,
        ...numbersTable("n", [1, 2, 3, 4]).columns,
        ...textsTable("gone", ["x", "x", "x", "y"]).columns,
      ],
    };
    const current = {
      rows: 4,
      columns: [
        ...textsTable("n", ["1", "two", "NA", "7"]).columns,
        ...textsTable("c", ["b", "z", "z", "y"]).columns,
        ...numbersTable("new", [1, 2, 3, 4]).columns,
      ],
    };
    expect(countTable(profileTable(reference), current)).toMatchObject({
      added: ["new"],
      columns: [
        {
          name: "c",
          missing: 0,
          counts: {
            values: [0, 1],
            others: {
              distinct: 2,
              count: 3,
              mostFrequent: [
                { value: "z", count: 2 },
                { value: "y", count: 1 },
              ],
            },
          },
        },
        { name: "n", missing: 1, mistyped: 1, distribution: { count: 2, greatest: 7 } },
        { type: "absent", name: "gone" },
      ],
    });
  });
});

function distributionOf(values: readonly number[]) {
  const [column] = profileTable(numbersTable("a", values)).columns;
  if (column?.type !== "number") throw new Error("no column of numbers");
  return column.distribution;
}
