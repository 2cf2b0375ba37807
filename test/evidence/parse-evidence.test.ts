import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { maxEvidenceBytes, parseEvidence } from "../../src/evidence/parse-evidence.ts";
import { sampleEvidence, sealedEvidence } from "./sample-evidence.ts";

const text = (value: unknown) => JSON.stringify(value);
const parse = (value: string) => () => parseEvidence(value, "evidence.json");

describe("parsing evidence", () => {
  it("reads what was written", () => {
    expect(parseEvidence(text(sealedEvidence()), "x")).toEqual(sealedEvidence());
    expect(parseEvidence(text(sampleEvidence()), "x")).toEqual(sampleEvidence());
  });

  it("names the version that it does not know", () => {
    const newer = { ...sampleEvidence(), schema: "assay.evidence/v2", somethingNew: true };
    expect(parse(text(newer))).toThrow(/evidence\.json: .*version assay\.evidence\/v2; this Assay reads assay\.evidence\/v1/);
  });

  it.each(["null", "[]", '"x"', "{}", '{"schema":7}', '{"schema":"sarif"}', ""])("refuses %s as no evidence", (value) => {
    expect(parse(value)).toThrow(UsageError);
  });

  it("says where a record differs from the schema", () => {
    const wrong = { ...sampleEvidence(), trainings: [{ ...sampleEvidence().trainings[0], seed: "seven" }] };
    expect(parse(text(wrong))).toThrow(/trainings\.0\.seed/);
  });

  it("refuses keys that it does not know, at every level", () => {
    expect(parse(text({ ...sampleEvidence(), trust: "protected" }))).toThrow(/trust/);
    const source = { ...sampleEvidence().source, protected: true };
    expect(parse(text({ ...sampleEvidence(), source }))).toThrow(/source.*protected/);
  });

  it("refuses __proto__ keys, also where any key is allowed", () => {
    const record = text({ ...sampleEvidence(), trainings: [{ ...sampleEvidence().trainings[0], reported: { loss: 0.5 } }] });
    expect(parse(record.replace('"loss"', '"__proto__"'))).toThrow(/__proto__/);
    expect(parse(record.replace('"loss"', '"\\u005f_proto__"'))).toThrow(/__proto__/);
    expect(parse(record)).not.toThrow();
  });

  it("refuses NaN, infinities and numbers out of range", () => {
    expect(parse(text(sampleEvidence()).replace("12.5", "NaN"))).toThrow(/not JSON/);
    expect(parse(text(sampleEvidence()).replace("12.5", "1e999"))).toThrow(/durationSeconds/);
    expect(parse(text(sampleEvidence()).replace("12.5", "-1"))).toThrow(/durationSeconds/);
  });

  it("refuses deep nesting before it is built, and brackets in strings do not count", () => {
    expect(parse("[".repeat(5_000_000))).toThrow(/levels deep/);
    const name = `\\"${"[{".repeat(100)}`;
    const inputs = [{ kind: "data" as const, name, id: "x" }];
    expect(parse(text(sampleEvidence({ inputs })))).not.toThrow();
  });

  it("refuses more bytes than a record can have", () => {
    expect(parse(" ".repeat(maxEvidenceBytes + 1))).toThrow(/more than the 16777216/);
  });

  it("keeps its messages short and on one line, whatever stands in the record", () => {
    const value = text({ ...sampleEvidence(), [`\n::error::${"x".repeat(10_000)}\u001b[31m`]: 1 });
    expect(parse(value)).toThrow(/^[\x20-\x7e…]{1,1500}$/);
  });

  it("either reads a text or refuses it with a UsageError", () => {
    const valid = text(sealedEvidence());
    const mutated = fc
      .tuple(fc.nat(valid.length), fc.nat(20), fc.string())
      .map(([at, length, insert]) => valid.slice(0, at) + insert + valid.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (value) => {
        try {
          expect(parseEvidence(value, "x").schema).toBe("assay.evidence/v1");
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
