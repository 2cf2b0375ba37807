import { describe, expect, it } from "vitest";
import type { Evaluation, Waiver } from "../../src/evidence/evidence.ts";
import { judgeModel } from "../../src/gates/judge-model.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { changeOf, createEvaluation, createSlice, position } from "./create-evaluation.ts";

const gate: Gate = { position, metric: "accuracy", kind: "no-worse-than", margin: 0.01 };
const today = "2026-11-02";

function createWaiver(overrides: Partial<Waiver> = {}): Waiver {
  return {
    gate: "accuracy.no-worse-than",
    by: "@acme/risk",
    reason: "The old labels were wrong.",
    until: "2026-11-30",
    ...overrides,
  };
}

function judge(all: Waiver[], evaluation: Evaluation, gates: Gate[] = [gate]) {
  return judgeModel({ model: "fraud", gates, evaluations: [evaluation], waivers: { all, today } });
}

const damaged = createEvaluation(changeOf(-0.1));
const unclear = createEvaluation(changeOf(0));

describe("a waiver in force", () => {
  it.each([
    ["fail", damaged],
    ["inconclusive", unclear],
  ] as const)("keeps what was decided, and it does not count: %s", (outcome, evaluation) => {
    const verdict = judge([createWaiver()], evaluation);
    expect(verdict.outcome).toBe("pass");
    expect(verdict.gates).toMatchObject([{ outcome, waiver: { ...createWaiver(), expired: false } }]);
  });

  it("covers its own gate only", () => {
    const other: Gate = { ...gate, kind: "better-than", margin: 0 };
    expect(judge([createWaiver()], damaged, [gate, other])).toMatchObject({
      outcome: "fail",
      gates: [{ waiver: { expired: false } }, { outcome: "fail" }],
    });
    expect(judge([createWaiver({ gate: "accuracy" })], damaged).outcome).toBe("fail");
  });

  it("lasts to the end of its last day", () => {
    expect(judge([createWaiver({ until: today })], damaged).outcome).toBe("pass");
    expect(judge([createWaiver({ until: "2026-11-01" })], damaged).outcome).toBe("fail");
  });

  it("is the one that lasts longest", () => {
    const waivers = [createWaiver({ until: "2026-01-01" }), createWaiver({ until: "2026-12-01" }), createWaiver()];
    expect(judge(waivers, damaged).gates[0]?.waiver?.until).toBe("2026-12-01");
  });

  it("is told beside a gate that passes without it", () => {
    const verdict = judge([createWaiver()], createEvaluation(changeOf(0.1)));
    expect(verdict).toMatchObject({ outcome: "pass", gates: [{ outcome: "pass", waiver: { expired: false } }] });
  });
});

describe("an expired waiver", () => {
  it("is told and counts for nothing", () => {
    expect(judge([createWaiver({ until: "2026-11-01" })], unclear)).toMatchObject({
      outcome: "inconclusive",
      gates: [{ outcome: "inconclusive", waiver: { expired: true } }],
    });
  });
});

describe("what a waiver never covers", () => {
  it("is missing evidence", () => {
    const missing = { baseline: undefined, baselineMissing: "The baseline's model expired.", comparisons: [] };
    for (const evaluation of [
      createEvaluation({}, {}, missing),
      createEvaluation({}, {}, { candidate: undefined }),
      createEvaluation({}, {}, { comparisons: [] }),
    ]) {
      const verdict = judge([createWaiver()], evaluation);
      expect(verdict.outcome).toBe("inconclusive");
      expect(verdict.gates[0]?.waiver).toBeUndefined();
    }
    const waivers = { all: [createWaiver()], today };
    expect(judgeModel({ model: "fraud", gates: [gate], evaluations: [], waivers }).outcome).toBe("inconclusive");
  });

  it("is a number that no trainer reported, or a column without slices", () => {
    const reported: Gate = { ...gate, metric: "latency", reported: { greaterIsBetter: false, noise: 1 } };
    expect(judge([createWaiver({ gate: "latency.no-worse-than" })], damaged, [reported]).outcome).toBe("inconclusive");
    const sliced: Gate = { ...gate, slice: { column: "country", value: undefined, worst: true } };
    const waiver = createWaiver({ gate: "accuracy[country].no-worse-than" });
    expect(judge([waiver], damaged, [sliced]).outcome).toBe("inconclusive");
  });
});

describe("a waiver of slices", () => {
  const sliced = (worst: boolean): Gate => ({ ...gate, slice: { column: "country", value: undefined, worst } });
  const slices = [createSlice("US", changeOf(-0.1)), createSlice("BR", changeOf(-0.2))];
  const evaluation = createEvaluation({}, {}, { slices });

  it("covers them all by the name of the gate", () => {
    const waiver = createWaiver({ gate: "accuracy[country].no-worse-than" });
    expect(judge([waiver], evaluation, [sliced(false)]).outcome).toBe("pass");
    expect(judge([waiver], evaluation, [sliced(true)]).outcome).toBe("pass");
  });

  it("covers one of them by its own name, and what counts is shown first", () => {
    const waiver = createWaiver({ gate: "accuracy[country=BR].no-worse-than" });
    const verdict = judge([waiver], evaluation, [sliced(false)]);
    expect(verdict.outcome).toBe("fail");
    expect(verdict.gates.map(({ slice, waiver: waived }) => [slice?.value, waived?.expired])).toEqual([
      ["US", undefined],
      ["BR", false],
    ]);
    expect(judge([waiver], evaluation, [sliced(true)]).outcome).toBe("fail");
  });

  it("is not taken from another gate of that name", () => {
    const named: Gate = { ...gate, margin: 0.5, slice: { column: "country", value: "BR", worst: false } };
    const waiver = createWaiver({ gate: "accuracy[country=BR].no-worse-than" });
    const only = createEvaluation({}, {}, { slices: slices.slice(1) });
    expect(judge([waiver], only, [sliced(false)]).outcome).toBe("pass");
    expect(judge([waiver], only, [sliced(false), named]).outcome).toBe("fail");
  });

  it("counts those that are not shown", () => {
    const many = Array.from({ length: 51 }, (_, i) => createSlice(`c${i}`, changeOf(-0.1)));
    const all = many.slice(0, 50).map(({ value }) => createWaiver({ gate: `accuracy[country=${value}].no-worse-than` }));
    const verdict = judge(all, createEvaluation({}, {}, { slices: many }), [sliced(false)]);
    expect(verdict.outcome).toBe("fail");
    expect(verdict.gates[0]).toMatchObject({ outcome: "fail", slice: { value: "c50" } });
  });
});

describe("a waiver of one slice of a rule that shows the worst", () => {
  const worst: Gate = { ...gate, slice: { column: "country", value: undefined, worst: true } };
  const waivers = [createWaiver({ gate: "accuracy[country=BR].no-worse-than" })];
  const of = (ar: number) =>
    createEvaluation({}, {}, { slices: [createSlice("BR", changeOf(-0.3)), createSlice("AR", changeOf(ar))] });

  it("covers that slice and no other", () => {
    expect(judge(waivers, of(0.1), [worst])).toMatchObject({
      outcome: "pass",
      gates: [{ name: "accuracy[country].no-worse-than", outcome: "fail", slice: { value: "BR" }, waiver: { expired: false } }],
    });
    const { outcome, gates } = judge(waivers, of(-0.2), [worst]);
    expect(outcome).toBe("fail");
    expect(gates).toHaveLength(1);
    expect(gates[0]).toMatchObject({ outcome: "fail", slice: { value: "AR" } });
    expect(gates[0]?.waiver).toBeUndefined();
  });
});
