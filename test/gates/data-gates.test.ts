import { describe, expect, it } from "vitest";
import type { DataEvidence, DriftColumn } from "../../src/evidence/data-evidence.ts";
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
