import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decimalsForRow,
  formatBytes,
  formatChange,
  formatDuration,
  formatFixed,
  formatLimit,
  formatNumber,
  plural,
} from "../../src/report/format.ts";

describe("numbers", () => {
  it.each([
    [0.931_24, "0.9312"],
    [18.2, "18.2"],
    [12_345.678, "12,346"],
    [1e-7, "0.0000001"],
    [-0.05, "−0.05"],
    [0, "0"],
    [3, "3"],
    [2.5e-20, "2.5e−20"],
    [1.5e18, "1.5e18"],
    [Number.NaN, "—"],
    [null, "—"],
    [undefined, "—"],
  ])("%s is written %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [0.03, "0.03"],
    [0.8, "0.8"],
    [1_000, "1,000"],
    [1e-7, "1e−7"],
    [-2, "−2"],
  ])("the limit %s is written as it was declared: %s", (value, text) => {
    expect(formatLimit(value)).toBe(text);
  });

  it("never shows a change as nothing when it is something", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 12 }), (change, decimals) => {
        const text = formatChange(change, decimals);
        expect(/[1-9]/.test(text)).toBe(change !== 0);
        expect(text.startsWith("−")).toBe(change < 0);
        expect(text.startsWith("+")).toBe(change > 0);
      }),
    );
  });
});

describe("decimals of a row", () => {
  it("follow the interval's width", () => {
    expect(decimalsForRow({ baseline: 0.412, candidate: 0.431, change: 0.019, interval: { low: 0.006, high: 0.032 } })).toBe(3);
    expect(decimalsForRow({ baseline: 18.2, candidate: 18.9, change: 0.7, interval: { low: -0.4, high: 1.8 } })).toBe(1);
  });

  it("show a change of 1e-7 in value and change alike", () => {
    const decimals = decimalsForRow({ baseline: 0.412, candidate: 0.412_000_1, change: 1e-7 });
    expect([formatFixed(0.412, decimals), formatFixed(0.412_000_1, decimals), formatChange(1e-7, decimals)]).toEqual([
      "0.4120000",
      "0.4120001",
      "+0.0000001",
    ]);
  });

  it("show on which side of the limit an end lies", () => {
    const interval = { low: -0.030_04, high: 0.004 };
    const decimals = decimalsForRow({ change: -0.013, interval, limit: -0.03 });
    expect(formatChange(interval.low, decimals)).toBe("−0.03004");
  });
});

it.each([
  [0.42, "0.4 s"],
  [9.97, "10 s"],
  [42, "42 s"],
  [59.7, "1 min 00 s"],
  [185, "3 min 05 s"],
  [4_705, "1 h 18 min"],
  [3_599.8, "1 h 00 min"],
])("%s seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it.each([
  [812, "812 B"],
  [1_382_400, "1.3 MiB"],
  [1_048_575, "1.0 MiB"],
])("%s bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it("counts in English", () => {
  expect(plural(1, "row")).toBe("1 row");
  expect(plural(1_204, "row")).toBe("1,204 rows");
});
