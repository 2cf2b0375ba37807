import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GpuUse } from "../../src/evidence/evidence.ts";
import type { JudgedRun } from "../../src/gates/resource-gates.ts";
import type { Gate, Resource } from "../../src/spec/spec.ts";
import { createEvaluation, judgeGate, position } from "./create-evaluation.ts";

const gateOn = (resource: Resource, limit: number): Gate => ({ position, metric: resource, resource, kind: "at-most", limit });

/** GPU-hours and peak memory in GiB of each training; undefined: no GPU answered. */
const runOf = (uses: readonly ([hours: number, gib: number] | undefined)[], reused = false): JudgedRun => ({
  reused,
  trainings: uses.map((use) => (use ? { gpus: createUse(...use) } : {})),
});

function createUse(hours: number, gib: number): GpuUse {
  return { name: "NVIDIA H200", count: 1, hours, peakMemory: gib * 1_024, samples: [] };
}

function decide(gate: Gate, run: JudgedRun | undefined) {
  const [result, second] = judgeGate(gate, createEvaluation(), { run });
  if (!result || second) throw new Error("the gate has not one result");
  return result;
}

describe("a gate on what a run used", () => {
  it("holds the GPU-hours of all trainings together against the limit", () => {
    const run = runOf([
      [1.5, 10],
      [2, 18],
    ]);
    expect(decide(gateOn("gpu-hours", 4), run)).toMatchObject({
      name: "gpu-hours.at-most",
      outcome: "pass",
      note: "within the limit",
      value: { value: 3.5, interval: { low: 3.5, high: 3.5 } },
    });
    expect(decide(gateOn("gpu-hours", 3), run)).toMatchObject({ outcome: "fail", note: "0.5 past the limit" });
  });

  it("counts the hours of experiments that were not chosen, and not their memory", () => {
    const run = { ...runOf([[1, 10]]), others: [{ gpus: { hours: 2 } }, { gpus: { hours: 3 } }] };
    expect(decide(gateOn("gpu-hours", 5), run)).toMatchObject({ outcome: "fail", value: { value: 6 } });
    expect(decide(gateOn("gpu-memory", 10), run)).toMatchObject({ outcome: "pass", value: { value: 10 } });
    expect(decide(gateOn("gpu-hours", 9), { ...run, others: [{}] })).toMatchObject({ outcome: "inconclusive" });
  });

  it("holds the most memory in use on one GPU against the limit, which it may reach", () => {
    const run = runOf([
      [1, 10],
      [1, 18.25],
    ]);
    expect(decide(gateOn("gpu-memory", 18.25), run)).toMatchObject({ outcome: "pass", value: { value: 18.25 } });
    expect(decide(gateOn("gpu-memory", 16), run)).toMatchObject({ outcome: "fail", note: "2.3 past the limit" });
  });

  it("is inconclusive where a training's GPUs are not known, and says so", () => {
    const gate = gateOn("gpu-hours", 4);
    expect(decide(gate, runOf([undefined]))).toMatchObject({
      outcome: "inconclusive",
      note: "no GPU told what it did while it trained: nvidia-smi did not answer",
    });
    expect(decide(gate, runOf([[1, 1], undefined])).note).toContain("in 1 of 2 trainings");
    expect(decide(gate, undefined)).toMatchObject({ outcome: "inconclusive", note: "no training is known" });
  });

  it("says that the numbers are those of a run that is reused", () => {
    expect(decide(gateOn("gpu-hours", 4), runOf([[1, 1]], true))).toMatchObject({
      outcome: "pass",
      note: "within the limit, by the run that is reused",
    });
  });

  it("is inconclusive with fewer trainings than the base branch asks: they would take less", () => {
    const [result] = judgeGate(gateOn("gpu-hours", 4), createEvaluation(), { run: runOf([[1, 1]]), trainings: 3 });
    expect(result).toMatchObject({ outcome: "inconclusive", note: "the base branch trains 3 seeds, this run has 1" });
  });

  it("is judged once, whatever the number of test sets", () => {
    const evaluations = [createEvaluation({}, {}, { role: "base" }), createEvaluation()];
    const results = judgeGate(gateOn("gpu-hours", 4), createEvaluation(), { evaluations, run: runOf([[1, 1]]) });
    expect(results.map(({ role }) => role)).toEqual(["current"]);
  });

  it("passes exactly when the sum is within the limit", () => {
    const hours = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 300 }), (each, limit) => {
        const sum = each.reduce((a, b) => a + b, 0);
        const run = runOf(each.map((one) => [one, 1] as [number, number]));
        expect(decide(gateOn("gpu-hours", limit), run).outcome).toBe(sum <= limit ? "pass" : "fail");
      }),
    );
  });
});
