import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/evidence/quality-evidence.ts";
import { besideKnown, unchangedFaults } from "../../src/quality/known-faults.ts";
import { isNew, newFirst } from "../../src/quality/new-faults.ts";

const fault = (check: string, column: string, rest: Partial<Fault> = {}): Fault => ({
  ...{ check, columns: [column], severity: "warn", rows: { count: 5, of: 100 }, examples: [1], message: "" },
  ...rest,
});

describe("faults beside those of an earlier table", () => {
  it("are known by check, columns and whose rows they are", () => {
    const known = { faults: [fault("missing", "a"), fault("train-test-overlap", "a", { examplesOf: "test" })], leftOut: 0 };
    const found = besideKnown(
      [
        fault("missing", "a"),
        fault("missing", "b"),
        fault("infinite", "a"),
        fault("train-test-overlap", "a", { examplesOf: "old-test" }),
      ],
      known,
    );
    expect(found.map(isNew)).toEqual([false, true, true, true]);
  });

  it("that only a comparison finds are always new, and are gone where nothing changed", () => {
    const known = { faults: [fault("new-categories", "a"), fault("missing", "a")], leftOut: 0 };
    expect(besideKnown([fault("new-categories", "a")], known).map(isNew)).toEqual([true]);
    expect(unchangedFaults(known).map(({ check }) => check)).toEqual(["missing"]);
    expect(unchangedFaults(known).map(isNew)).toEqual([false]);
  });

  it("of which only the worst were recorded are not new for being others, as long as they are warnings", () => {
    const known = { faults: [fault("missing", "a")], leftOut: 400 };
    const found = [fault("missing", "b"), fault("missing", "c", { severity: "error" }), fault("infinite", "b")];
    expect(besideKnown(found, known).map(isNew)).toEqual([false, true, true]);
  });

  it("are new with more rows and a larger share of them, and with any more rows where each is wrong by itself", () => {
    const known = { faults: ["missing", "rule.fee", "type-mismatch"].map((check) => fault(check, "a")), leftOut: 0 };
    const found = (count: number, of: number) =>
      besideKnown(
        known.faults.map(({ check }) => fault(check, "a", { rows: { count, of } })),
        known,
      ).map(isNew);
    expect(found(5, 50)).toEqual([false, false, false]);
    expect(found(9, 200)).toEqual([false, true, true]);
    expect(found(9, 100)).toEqual([true, true, true]);
  });

  it("are new where their rows are counted for the first time, unless they are warnings", () => {
    const known = { faults: [fault("rule.fee", "a", { severity: "error", rows: undefined })], leftOut: 0 };
    expect(besideKnown([fault("rule.fee", "a", { severity: "error" })], known).map(isNew)).toEqual([true]);
    expect(besideKnown([fault("rule.fee", "a", { severity: "error", rows: undefined })], known).map(isNew)).toEqual([false]);
  });

  it("stand behind what is new, errors before warnings", () => {
    const rows = { count: 5, of: 100 };
    const [old, bad] = [{ before: { severity: "error" as const, rows } }, { severity: "error" as const }];
    const all = [fault("a", "x", old), fault("b", "x"), fault("c", "x", { ...bad, ...old }), fault("d", "x", bad)];
    expect(newFirst(all).map(({ check }) => check)).toEqual(["d", "b", "c", "a"]);
  });
});
