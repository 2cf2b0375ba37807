import { describe, expect, it } from "vitest";
import type { DataEvidence, DriftColumn } from "../../src/evidence/data-evidence.ts";
import type { Fault } from "../../src/evidence/quality-evidence.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { createEvaluation, judgeGate, position } from "./create-evaluation.ts";

const gate = (limit: number): Gate => ({ position, metric: "drift", data: { check: "drift" }, kind: "at-most", limit });

const column = (name: string, state: DriftColumn["state"]): DriftColumn => ({ name, type: "number", state, tests: [] });

function found(...columns: readonly DriftColumn[]): DataEvidence {
  const drift = {
    table: "train.csv",
    preset: "assay",
    rows: { reference: 100, current: 100 },
    columns: [...columns],
    drifted: 0,
  };
  return { tables: [], drift: [drift] };
}

function decide(limit: number, data: DataEvidence | undefined) {
  const [result, second] = judgeGate(gate(limit), createEvaluation(), { data });
  if (!result || second) throw new Error("the gate has not one result");
  return result;
}

describe("a gate on drift", () => {
  it("passes while no more columns than allowed have drifted, were added, removed or changed their type", () => {
    const data = found(column("a", "drifted"), column("b", "added"), column("c", "stable"), column("d", "not-compared"));
    expect(decide(2, data)).toMatchObject({ outcome: "pass", note: 'drifted: "a", "b"', value: { value: 2 } });
    expect(decide(1, data)).toMatchObject({ name: "drift.at-most", outcome: "fail", value: { value: 2 } });
    expect(decide(0, found(column("c", "stable")))).toMatchObject({ outcome: "pass", note: "no column has drifted" });
  });

  it("names the first of many", () => {
    const many = found(...["a", "b", "c", "d", "e"].map((name) => column(name, "retyped")));
    expect(decide(0, many).note).toBe('drifted: "a", "b", "c" and 2 more');
  });

  it("passes where the data is the baseline's", () => {
    expect(decide(0, { tables: [], unchanged: true })).toMatchObject({ outcome: "pass", value: { value: 0 } });
  });

  it("fails by what was found, also where another table could not be compared, and does not pass without it", () => {
    const driftMissing = "There is no earlier extra.csv to compare with yet.";
    expect(decide(0, { ...found(column("a", "drifted")), driftMissing })).toMatchObject({ outcome: "fail", value: { value: 1 } });
    expect(decide(1, { ...found(column("a", "drifted")), driftMissing })).toMatchObject({
      outcome: "inconclusive",
      missing: true,
    });
  });

  it("is inconclusive where nothing could be looked for, with the reason, and no waiver covers that", () => {
    expect(decide(0, { tables: [], driftMissing: "There is no profile yet." })).toMatchObject({
      ...{ outcome: "inconclusive", note: "There is no profile yet.", missing: true },
    });
    expect(decide(0, undefined)).toMatchObject({ outcome: "inconclusive", missing: true });
  });
});

describe("a gate on quality", () => {
  const fault = (severity: Fault["severity"], rest: Partial<Fault> = {}): Fault => ({
    ...{
      check: "rule.x.min",
      columns: ["x"],
      severity,
      rows: { count: 4, of: 100 },
      examples: [1, 2, 3, 4],
      message: "It is low.",
    },
    ...rest,
  });
  const dataWith = (...faults: Fault[]): DataEvidence => ({
    tables: [],
    quality: [{ table: "train.csv", rows: 100, columns: 3, faults, leftOut: 0, passed: 20 }],
  });
  const judged = (severity: "error" | "warn", data: DataEvidence | undefined, waivers = {}) => {
    const gate: Gate = { position, metric: "quality", data: { check: "quality", severity }, kind: "at-most", limit: 0 };
    return judgeGate(gate, createEvaluation(), { data, ...waivers })[0];
  };

  it("fails by an error, and by a warning only where that is asked", () => {
    expect(judged("error", dataWith(fault("error")))).toMatchObject({
      ...{ name: "quality.at-most", outcome: "fail", note: "rule.x.min", value: { value: 1 } },
    });
    const missing = fault("warn", { check: "missing" });
    expect(judged("error", dataWith(missing))).toMatchObject({ outcome: "pass", note: "nothing is wrong" });
    expect(judged("warn", dataWith(missing))).toMatchObject({ outcome: "fail", note: 'missing of "x"' });
  });

  it.each<[string, Fault["before"], "pass" | "fail"]>([
    ["as many rows were", { severity: "error", rows: { count: 4, of: 100 } }, "pass"],
    ["as large a share of fewer rows was", { severity: "error", rows: { count: 2, of: 50 } }, "fail"],
    ["as many rows of more were", { severity: "error", rows: { count: 4, of: 200 } }, "pass"],
    ["fewer rows were", { severity: "error", rows: { count: 3, of: 100 } }, "fail"],
    ["it was a warning", { severity: "warn", rows: { count: 9, of: 100 } }, "fail"],
  ])("counts what a change brings or makes worse: %s at fault before", (_, before, outcome) => {
    expect(judged("error", dataWith(fault("error", { before })))).toMatchObject({ outcome });
  });

  it("goes by the share of rows where a fault is unusual rather than wrong", () => {
    const before = { severity: "error" as const, rows: { count: 2, of: 50 } };
    expect(judged("error", dataWith(fault("error", { check: "new-categories", before })))).toMatchObject({ outcome: "pass" });
  });

  it("can be waived", () => {
    const waiver = { gate: "quality.at-most", by: "@acme", reason: "known", until: "2026-12-01" };
    const waivers = { all: [waiver], today: "2026-11-01" };
    expect(judged("error", dataWith(fault("error")), { waivers })).toMatchObject({ outcome: "fail", waiver });
  });

  it("does not pass where a table could not be looked at, and says why; what was found elsewhere counts", () => {
    const qualityMissing = "data/more.csv: line 2 has 3 values.";
    expect(judged("error", { ...dataWith(), qualityMissing })).toMatchObject({
      ...{ outcome: "inconclusive", note: qualityMissing, missing: true },
    });
    expect(judged("error", undefined)).toMatchObject({ outcome: "inconclusive", missing: true });
    expect(judged("error", { ...dataWith(fault("error")), qualityMissing })).toMatchObject({ outcome: "fail" });
  });
});
