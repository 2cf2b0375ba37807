import { describe, expect, it } from "vitest";
import type { Comparison, Slice } from "../../src/evidence/evidence.ts";
import { claimsOf, headlineOf } from "../../src/gates/headline.ts";

/** A change of so many standard errors of 0.01. */
function createComparison(metric: string, errors: number, overrides: Partial<Comparison> = {}): Comparison {
  const change = errors * 0.01;
  return {
    metric,
    greaterIsBetter: true,
    baseline: 0.8,
    candidate: 0.8 + change,
    change,
    interval: { low: change - 0.0196, high: change + 0.0196 },
    method: "delta method",
    rows: 1_000,
    identical: false,
    ...overrides,
  };
}

function createSlice(value: string, comparisons: Comparison[], overrides: Partial<Slice> = {}): Slice {
  return { column: "region", value, rows: 500, metrics: [], comparisons, ...overrides };
}

describe("headlineOf", () => {
  it("follows the primary metric's interval alone", () => {
    const comparisons = [createComparison("accuracy", 2.1), createComparison("f1", -9)];
    expect(headlineOf(comparisons, "accuracy")).toEqual({
      basis: "primary",
      metric: "accuracy",
      better: ["accuracy"],
      worse: [],
    });
    expect(headlineOf([createComparison("accuracy", 1.9)], "accuracy")).toMatchObject({ better: [], worse: [] });
  });

  it("asks more of each metric the more of them there are", () => {
    const lone = headlineOf([createComparison("accuracy", 2.1)], undefined);
    expect(lone).toEqual({ basis: "holm", better: ["accuracy"], worse: [] });
    const among = [createComparison("accuracy", 2.1), createComparison("f1", 0.1), createComparison("roc_auc", 0.3)];
    expect(headlineOf(among, undefined)).toMatchObject({ better: [], worse: [] });
    const step = [createComparison("accuracy", 2.1), createComparison("f1", -4, { greaterIsBetter: false })];
    expect(headlineOf(step, undefined)).toMatchObject({ better: ["accuracy", "f1"], worse: [] });
  });

  it("turns around where less is better", () => {
    expect(headlineOf([createComparison("log_loss", 3, { greaterIsBetter: false })], undefined)?.worse).toEqual(["log_loss"]);
  });

  it("claims nothing of identical models, and is silent where no metric has an interval", () => {
    const identical = createComparison("accuracy", 0, { identical: true, interval: { low: 0, high: 0 } });
    expect(headlineOf([identical], undefined)).toEqual({ basis: "holm", better: [], worse: [] });
    expect(headlineOf([createComparison("f1", 3, { interval: undefined })], undefined)).toBeUndefined();
    expect(headlineOf([createComparison("f1", 3)], "accuracy")).toBeUndefined();
  });
});

describe("claimsOf", () => {
  const slices = [
    createSlice("north", [createComparison("accuracy", -2.1), createComparison("f1", 9)]),
    createSlice("south", [createComparison("accuracy", -5), createComparison("f1", 0.1)]),
  ];
  const named = (claims: ReturnType<typeof claimsOf>["worseSlices"]) =>
    claims?.map(({ slice, comparison }) => [slice.value, comparison.metric]);

  it("reads all metrics on all slices as one family, better and worse alike", () => {
    const { worseSlices, betterSlices } = claimsOf({ comparisons: [], slices });
    expect(named(worseSlices)).toEqual([["south", "accuracy"]]);
    expect(named(betterSlices)).toEqual([["north", "f1"]]);
  });

  it("names slices that are worse after a correction over all of them, the largest change first", () => {
    const of = (...changes: (readonly [string, number])[]) =>
      changes.map(([value, errors]) => createSlice(value, [createComparison("accuracy", errors)]));
    const several = of(["north", -3.5], ["south", -2.1], ["east", -5], ["west", 8], ["centre", 0.5]);
    expect(claimsOf({ comparisons: [], slices: several }).worseSlices?.map(({ slice }) => slice.value)).toEqual([
      "east",
      "north",
    ]);
    expect(claimsOf({ comparisons: [], slices: of(["south", -2.1]) }).worseSlices).toHaveLength(1);
  });

  it("asks the primary metric alone, where there is one", () => {
    const claims = claimsOf({ comparisons: [createComparison("f1", -9)], slices }, "accuracy");
    expect(named(claims.worseSlices)).toEqual([
      ["south", "accuracy"],
      ["north", "accuracy"],
    ]);
    expect(named(claims.betterSlices)).toEqual([]);
    expect(claims.headline).toBeUndefined();
  });

  it("is silent of slices where none has an interval", () => {
    const small = [createSlice("north", [createComparison("accuracy", -9)], { tooSmall: true })];
    expect(claimsOf({ comparisons: [], slices: small })).toEqual({});
  });
});
