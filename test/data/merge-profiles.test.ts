import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeProfiles } from "../../src/data/merge-profiles.ts";
import { type Distribution, maxKnots } from "../../src/data/profile.ts";
import { parseProfile, serializeProfile } from "../../src/data/profile-schema.ts";
import { profileTable } from "../../src/data/profile-values.ts";
import { numbersTable, textsTable } from "./tables.ts";

const ofNumbers = (values: readonly number[]) => profileTable(numbersTable("a", values));
const ofTexts = (values: readonly (string | null)[]) => profileTable(textsTable("a", values), new Map([["a", "category"]]));

describe("profiles of parts give the profile of the whole", () => {
  it("exactly, where every value of every part is known", () => {
    const parts = fc.array(fc.array(fc.double(), { maxLength: 400, size: "max" }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, (some) => {
        expect(serializeProfile(mergeProfiles(some.map(ofNumbers)))).toBe(serializeProfile(ofNumbers(some.flat())));
      }),
      { numRuns: 50 },
    );
  });

  it("exactly, for categories that are all kept", () => {
    const parts = fc.array(fc.array(fc.option(fc.string({ maxLength: 2 }))), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, (some) => {
        expect(mergeProfiles(some.map(ofTexts))).toEqual(ofTexts(some.flat()));
      }),
    );
  });

  it("within 1/499 of the rows at each knot and 3/499 anywhere, however parts differ and tie", () => {
    const part = fc
      .record({
        size: fc.integer({ min: 1, max: 4_000 }),
        seed: fc.integer(),
        shift: fc.integer({ min: -2, max: 2 }),
        ties: fc.constantFrom(0, 0.3, 0.95),
        power: fc.constantFrom(1, 5, 40),
      })
      .map(({ size, seed, shift, ties, power }) => {
        const random = sequence(seed);
        return Array.from({ length: size }, () => (random() < ties ? shift : shift + random() ** power));
      });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        const merged = mergeProfiles(parts.map(ofNumbers));
        const whole = parts.flat().sort((a, b) => a - b);
        const { distribution } = numberColumn(merged);
        const truth = numberColumn(ofNumbers(whole)).distribution;
        expect([distribution.mean, distribution.std]).toEqual([expect.closeTo(truth.mean, 10), expect.closeTo(truth.std, 10)]);
        expect(parseProfile(serializeProfile(merged), "merged")).toEqual(merged);
        expect(mergeProfiles(parts.toReversed().map(ofNumbers))).toEqual(merged);
        const allowed = whole.length / (maxKnots - 1) + 1;
        const errors = whole.map((value, index) =>
          whole[index + 1] === value ? 0 : Math.abs(atMost(distribution, value) - index - 1),
        );
        expect(Math.max(...errors)).toBeLessThanOrEqual(3 * allowed);
        const atKnots = errors.filter((_, index) => distribution.knots.includes(whole[index] ?? 0));
        expect(Math.max(...atKnots)).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 15 },
    );
  });

  it("with every row counted where categories are too many to keep", () => {
    const many = Array.from({ length: 1_200 }, (_, index) => `v${index}`);
    const merged = mergeProfiles([ofTexts([...many, "v5"]), ofTexts(["v5", "new", "new", null])]);
    const [column] = merged.columns;
    const counts = column && "counts" in column ? column.counts : undefined;
    expect(counts?.values.slice(0, 2)).toEqual([
      { value: "v5", count: 3 },
      { value: "new", count: 2 },
    ]);
    expect(counts?.values).toHaveLength(1_000);
    expect(counts?.others).toEqual({ distinct: 201, count: 201 });
    expect(parseProfile(serializeProfile(merged), "merged")).toEqual(merged);
  });

  it("of whatever type a part without values seems to be", () => {
    const empty = ofNumbers([Number.NaN, Number.NaN]);
    expect(mergeProfiles([empty, ofTexts(["x", "y"])])).toEqual(ofTexts([null, null, "x", "y"]));
    expect(mergeProfiles([empty, empty])).toEqual(ofNumbers(Array(4).fill(Number.NaN)));
  });
});

describe("profiles that are not of one table", () => {
  it("are refused with the columns that differ", () => {
    expect(() => mergeProfiles([ofNumbers([1]), profileTable(numbersTable("b", [1]))])).toThrow(
      /profile 2 differs from the first in "a", "b"/,
    );
    expect(() => mergeProfiles([ofNumbers([1]), ofTexts(["x"])])).toThrow(/"a" is number in one profile and category in another/);
    expect(() => mergeProfiles([])).toThrow(/no profile/);
  });
});

function numberColumn(profile: ReturnType<typeof ofNumbers>) {
  const [column] = profile.columns;
  if (column?.type !== "number") throw new Error("no column of numbers");
  return column;
}

function atMost({ knots, atMost }: Distribution, value: number): number {
  return atMost[knots.findLastIndex((knot) => knot <= value)] ?? 0;
}

/** Numbers from 0 to 1 that look random. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
