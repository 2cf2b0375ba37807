import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readReportedMetrics } from "../../src/training/reported-metrics.ts";

const read = (text: string) => readReportedMetrics("metrics.json", text);

describe("numbers that a trainer reports", () => {
  it("are flattened with dots", () => {
    expect(read('{"loss": 0.25, "val": {"f1": {"macro": 1}, "auc": -2e-3}}')).toEqual({
      numbers: { loss: 0.25, "val.f1.macro": 1, "val.auc": -0.002 },
    });
  });

  it.each([
    ['{"a": {"b": NaN}}', /metrics\.json: "a\.b" is not a finite number/],
    ['{"a": -Infinity}', /"a" is not a finite number/],
    ['{"a": 1e999}', /"a" is not a finite number/],
    ['{"a": "0.5"}', /"a" is text, but a number was expected/],
    ['{"a": [1]}', /"a" is a list/],
    ['{"a": null}', /"a" is null/],
    ['{"a": true}', /"a" is true or false/],
    ['{"a": {"b": 1}, "a.b": 2}', /"a\.b" is there twice/],
    ["0.5", /one bare number/],
    ["[]", /metrics\.json is a list/],
    ["loss: 1", /is not JSON/],
    ["", /is not JSON/],
    [`${'{"a":'.repeat(12)}1${"}".repeat(12)}`, /nested more than 10 deep/],
    ['{"a": {"__proto__": 1}}', /"a" has a key "__proto__"/],
    [JSON.stringify({ ["x".repeat(201)]: 1 }), /more than 200 characters/],
    [JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`m${i}`, i]))), /more than 1000 numbers/],
  ])("are refused with the key named: %.40s", (text, message) => {
    expect(read(text)).toEqual({ problem: expect.stringMatching(message) });
  });

  it("keep texts that only look like NaN out of it", () => {
    expect(read('{"NaN \\" Infinity": 1}')).toEqual({ numbers: { 'NaN " Infinity': 1 } });
  });

  it("survive any flat map of finite numbers, whatever the keys", () => {
    const numbers = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 50 }).filter((key) => key !== "__proto__"),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(numbers, (map) => {
        const text = JSON.stringify(map);
        expect(read(text)).toEqual({ numbers: JSON.parse(text) });
      }),
    );
  });

  it("are read or refused, but never thrown, for any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Object.keys(read(text))).toHaveLength(1);
      }),
    );
  });
});
