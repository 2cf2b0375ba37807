import { expect, it } from "vitest";
import type { Comparison } from "../../src/evidence/evidence.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { createEvaluation, judgeGate, position } from "./create-evaluation.ts";

const noWorse = (margin: number): Gate => ({ position, metric: "accuracy", kind: "no-worse-than", margin, relative: true });
const better = (margin: number): Gate => ({ position, metric: "accuracy", kind: "better-than", margin, relative: true });

function decide(gate: Gate, comparison: Partial<Comparison>) {
  const [result] = judgeGate(gate, createEvaluation(comparison));
  return result && [result.outcome, result.note];
}

/** A share of the baseline's value, known to within 0.02. */
const share = (change: number): Partial<Comparison> => ({
  relative: { change, interval: { low: change - 0.02, high: change + 0.02 } },
});

it("judges the share of the baseline's value, in percent", () => {
  expect(decide(noWorse(0.05), share(-0.02))).toEqual(["pass", "no worse"]);
  expect(decide(noWorse(0.05), share(-0.1))).toEqual(["fail", "5% past the limit"]);
  expect(decide(noWorse(0.05), share(-0.04))).toEqual(["inconclusive", "needs about 10,000 more test rows"]);
  expect(decide(better(0.05), share(0.08))).toEqual(["pass", "better"]);
  expect(decide(better(0.05), share(0.025))).toEqual(["fail", "2.5% short of the limit"]);
});

it("is not judged by the change in the metric's own units", () => {
  const damaged = { change: -0.5, interval: { low: -0.6, high: -0.4 } };
  expect(decide(noWorse(0.05), { ...damaged, ...share(0.1) })).toEqual(["pass", "better"]);
});

it("turns the direction where less is better", () => {
  expect(decide(noWorse(0.05), { ...share(-0.5), greaterIsBetter: false })).toEqual(["pass", "better"]);
  expect(decide(noWorse(0.05), { ...share(0.5), greaterIsBetter: false })).toEqual(["fail", "45% past the limit"]);
});

it("is inconclusive without a share, and says why", () => {
  expect(decide(noWorse(0.05), { baseline: 0 })).toEqual(["inconclusive", "the baseline is 0, and nothing is a share of that"]);
  expect(decide(noWorse(0.05), { baseline: 0.001 })).toEqual(["inconclusive", "the baseline is too near 0 for a share of it"]);
  expect(decide(noWorse(0.05), { interval: undefined, noIntervalBecause: "needs 10 true positives, has 4" })).toEqual([
    "inconclusive",
    "needs 10 true positives, has 4",
  ]);
  expect(decide(noWorse(0.05), { relative: { change: 0.1 } })).toEqual(["inconclusive", "there is no interval of the share"]);
});

it("passes identical predictions, whatever the baseline is", () => {
  const same = { baseline: 0, candidate: 0, change: 0, interval: { low: 0, high: 0 }, identical: true };
  expect(decide(noWorse(0), same)).toEqual(["pass", "no change"]);
  expect(decide(better(0), same)).toEqual(["fail", "no change"]);
});

it("of a baseline that is 0 passes what is better by any amount, and says nothing of the rest", () => {
  const fromZero = { baseline: 0, candidate: 1, change: 1, interval: { low: 0.975, high: 1 }, relative: undefined };
  expect(decide(noWorse(0.05), fromZero)).toEqual(["pass", "better"]);
  expect(decide(better(0.05), fromZero)?.[0]).toBe("inconclusive");
  expect(decide(noWorse(0.05), { ...fromZero, change: -1, interval: { low: -1, high: -0.9 } })?.[0]).toBe("inconclusive");
  expect(decide(noWorse(0.05), { ...fromZero, change: 0.1, interval: { low: -0.1, high: 0.3 } })?.[0]).toBe("inconclusive");
});
