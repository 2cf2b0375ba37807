import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProfile, serializeProfile } from "../../src/data/profile-schema.ts";
import { profileTable } from "../../src/data/profile-values.ts";
import { numbersTable, textsTable } from "./tables.ts";

const sample = profileTable({
  rows: 12,
  columns: [
    ...numbersTable("number", [1, 2, 2, 4, 5, 6, 7, 8, 9, 10, Number.NaN, Infinity]).columns,
    ...textsTable(
      "time",
      Array.from({ length: 12 }, (_, index) => `2024-01-${index + 10}`),
    ).columns,
    ...textsTable(
      "text",
      Array.from({ length: 12 }, (_, index) => "x".repeat(index + 1)),
    ).columns,
    ...textsTable(
      "boolean",
      Array.from({ length: 12 }, (_, index) => (index < 4 ? "true" : index < 9 ? "false" : null)),
    ).columns,
    ...textsTable("category", [..."aaabbbcccdef"]).columns,
  ],
});

describe("a stored profile", () => {
  it("is the same after writing and reading, byte for byte", () => {
    const text = serializeProfile(sample);
    expect(parseProfile(text, "a.json")).toEqual(sample);
    expect(serializeProfile(parseProfile(text, "a.json"))).toBe(text);
    expect(text.split("\n")).toHaveLength(sample.columns.length + 3);
    expect(text.endsWith("]}\n")).toBe(true);
  });

  it("is read back whatever the table held", () => {
    const table = fc.oneof(
      fc.array(fc.double(), { maxLength: 1_200, size: "max" }).map((values) => numbersTable("a", values)),
      fc
        .array(fc.option(fc.string({ unit: "binary" })), { maxLength: 300, size: "max" })
        .map((values) => textsTable("a", values)),
    );
    fc.assert(
      fc.property(table, (any) => {
        const profile = profileTable(any);
        expect(parseProfile(serializeProfile(profile), "a.json")).toEqual(profile);
      }),
    );
  });

  it.each<[string, string, unknown, RegExp]>([
    ["of another version", "schema", "assay.profile/v2", /schema: .*assay\.profile\/v1/],
    ["with an unknown key", "columns.0.note", 1, /columns\.0: .*note/],
    ["of an unknown type", "columns.0.type", "image", /columns\.0/],
    ["with two columns of one name", "columns.1.name", "number", /two columns have one name/],
    ["whose rows do not add up", "columns.4.missing", 1, /rows of a column must add up/],
    ["with negative counts", "columns.0.missing", -1, /columns\.0\.missing/],
    ["with halves of rows", "rows", 0.5, /rows: .*int/],
    ["with knots out of order", "columns.0.distribution.knots.3", 100, /knots must ascend/],
    ["with counts out of order", "columns.0.distribution.atMost.0", 0, /atMost must ascend/],
    ["with counts that miss rows", "columns.0.distribution.atMost.8", 11, /atMost must end in count/],
    ["with a count too few", "columns.0.distribution.atMost", [10], /of one length/],
    ["with a mean out of range", "columns.0.distribution.mean", 11, /mean and std must fit/],
    ["with a spread out of range", "columns.0.distribution.std", 5, /mean and std must fit/],
    ["with values out of order", "columns.4.counts.values.0.count", 1, /values must descend/],
    ["with others where there is room", "columns.4.counts.others", { distinct: 1, count: 1 }, /others must be/],
    ["with a third boolean", "columns.3.counts.values.0.value", "yes", /a boolean is true or false/],
    ["with more texts than rows", "columns.2.distinct", 13, /distinct must fit/],
    ["with a name without end", "columns.0.name", "x".repeat(1_001), /columns\.0\.name/],
    ["with a value without end", "columns.4.counts.values.0.value", "x".repeat(501), /values\.0\.value/],
  ])("is refused %s", (_, path, value, message) => {
    const text = JSON.stringify(withValue(sample, path.split("."), value));
    expect(() => parseProfile(text, "ref.json")).toThrow(message);
    expect(() => parseProfile(text, "ref.json")).toThrow(/^ref\.json: this is no profile/);
  });

  it.each([
    ["no JSON", "{", /ref\.json: the profile is not JSON/],
    ["a list", "[]", /this is no profile/],
    ["a prototype", serializeProfile(sample).replace('"rows"', '"__proto__":{"rows":1},"rows"'), /__proto__/],
    ["null for numbers", serializeProfile(sample).replace(/"mean":[^,]+/, '"mean":null'), /mean/],
    ["a nest", "[".repeat(200_000), /the profile is not JSON/],
  ])("is refused when it is %s", (_, text, message) => {
    expect(() => parseProfile(text, "ref.json")).toThrow(message);
  });
});

function withValue(whole: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(whole) as Record<string, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}
