import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Comparison, MetricResult } from "../../src/evidence/evidence.ts";
import { judgeModel } from "../../src/gates/judge-model.ts";
import type { JudgedEvaluation } from "../../src/gates/judged-evaluation.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { createEvaluation, createScored, position } from "./create-evaluation.ts";

const noWorse = (margin: number, metric = "accuracy"): Gate => ({ position, metric, kind: "no-worse-than", margin });
const better = (margin = 0, metric = "accuracy"): Gate => ({ position, metric, kind: "better-than", margin });
const atLeast = (limit: number, metric = "accuracy"): Gate => ({ position, metric, kind: "at-least", limit });
const atMost = (limit: number, metric = "accuracy"): Gate => ({ position, metric, kind: "at-most", limit });

function decide(gate: Gate, ...of: Parameters<typeof createEvaluation>) {
  const [result] = judgeModel({ model: "fraud", gates: [gate], evaluations: [createEvaluation(...of)] }).gates;
  return result && [result.outcome, result.note];
}

const same = { change: 0, interval: { low: 0, high: 0 }, identical: true };

describe("gates on the change", () => {
  it("passes no-worse-than where the whole interval is inside the margin", () => {
    expect(decide(noWorse(0.02))).toEqual(["pass", "no worse"]);
    expect(decide(noWorse(0.02), { interval: { low: 0.001, high: 0.02 } })).toEqual(["pass", "better"]);
  });

  it("fails it where the whole interval is past the margin, and says by how much", () => {
    expect(decide(noWorse(0.03), { change: -0.09, interval: { low: -0.13, high: -0.05 } })).toEqual([
      "fail",
      "0.06 past the limit",
    ]);
  });

  it("is inconclusive between, with the rows that would decide", () => {
    // Half-width 0.02 below, 0.015 away from the limit: (0.02 / 0.015 · (1.96 + 1.28) / 1.96)² = 4.86 times the rows.
    expect(decide(noWorse(0.005))).toEqual(["inconclusive", "needs about 3,900 more test rows"]);
    expect(decide(noWorse(0.005), { change: -0.006, interval: { low: -0.02, high: 0.01 } })).toEqual([
      "inconclusive",
      "does not hold as measured, within the noise; needs about 540,000 more test rows",
    ]);
  });

  it("wants the whole interval above the margin for better-than", () => {
    expect(decide(better(), { interval: { low: 0.001, high: 0.02 } })).toEqual(["pass", "better"]);
    expect(decide(better(), { change: -0.02, interval: { low: -0.04, high: -0.001 } })).toEqual(["fail", "worse"]);
    expect(decide(better(0.05))).toEqual(["fail", "0.04 short of the limit"]);
    expect(decide(better())?.[0]).toBe("inconclusive");
  });

  it("lets identical predictions pass no-worse-than, 0 too, and fail better-than", () => {
    expect(decide(noWorse(0), same)).toEqual(["pass", "no change"]);
    expect(decide(noWorse(0.1), same)).toEqual(["pass", "no change"]);
    expect(decide(better(), same)).toEqual(["fail", "no change"]);
    expect(decide(better(0.1), same)).toEqual(["fail", "no change"]);
  });

  it("turns the direction for metrics where less is better", () => {
    const lower = { greaterIsBetter: false };
    expect(decide(noWorse(0.02), { ...lower, change: 0.05, interval: { low: 0.03, high: 0.07 } })).toEqual([
      "fail",
      "0.03 past the limit",
    ]);
    expect(decide(better(), { ...lower, change: -0.05, interval: { low: -0.07, high: -0.03 } })).toEqual(["pass", "better"]);
  });

  it("never fails a large improvement", () => {
    expect(decide(noWorse(0.01), { change: 0.5, interval: { low: 0.4, high: 0.6 } })).toEqual(["pass", "better"]);
  });

  it("names the guard that was not met", () => {
    const guarded = { interval: undefined, noIntervalBecause: "needs 10 true positives on each side, has 4" };
    expect(decide(noWorse(0.5), guarded)).toEqual(["inconclusive", "needs 10 true positives on each side, has 4"]);
  });
});

describe("gates on the value", () => {
  it("judges by the interval of the candidate's own value", () => {
    expect(decide(atLeast(0.88))).toEqual(["pass", "reached"]);
    expect(decide(atLeast(0.89))).toEqual(["pass", "reached"]);
    expect(decide(atLeast(0.95))).toEqual(["fail", "0.04 short of the limit"]);
    expect(decide(atLeast(0.9))).toEqual(["inconclusive", "needs about 10,000 more test rows"]);
    expect(decide(atMost(0.95))).toEqual(["pass", "reached"]);
    expect(decide(atMost(0.8))).toEqual(["fail", "0.11 past the limit"]);
    expect(decide(atMost(0.9))).toEqual([
      "inconclusive",
      "does not hold as measured, within the noise; needs about 10,000 more test rows",
    ]);
  });

  it("does not need a baseline, and wants an interval", () => {
    expect(decide(atLeast(0.8), {}, {}, { baseline: undefined, comparisons: [] })).toEqual(["pass", "reached"]);
    expect(decide(atLeast(0.8), {}, { interval: undefined, noIntervalBecause: "needs 30 rows, has 12" })).toEqual([
      "inconclusive",
      "needs 30 rows, has 12",
    ]);
  });
});

describe("what is missing never passes", () => {
  const undefinedValue = {
    value: null,
    interval: undefined,
    undefinedBecause: "the prediction of 3 rows is not a finite number",
  };

  it("is inconclusive for undefined metrics, identical or not", () => {
    const note = "undefined: the prediction of 3 rows is not a finite number";
    for (const gate of [noWorse(1), better(), atLeast(0), atMost(1)])
      expect(decide(gate, { ...same, change: null, interval: undefined }, undefinedValue)).toEqual(["inconclusive", note]);
  });

  it("is inconclusive without a baseline, a candidate, the metric or any evaluation", () => {
    expect(decide(noWorse(1), {}, {}, { baseline: undefined, comparisons: [] })).toEqual([
      "inconclusive",
      "there is no baseline to compare with",
    ]);
    expect(decide(atLeast(0), {}, {}, { candidate: undefined })).toEqual(["inconclusive", "the candidate could not be scored"]);
    expect(decide(atLeast(0, "r2"))).toEqual(["inconclusive", "the evidence does not have this metric"]);
    const verdict = judgeModel({ model: "fraud", gates: [noWorse(1)], evaluations: [] });
    expect(verdict).toMatchObject({ outcome: "inconclusive", gates: [{ note: "there is no evaluation", role: "current" }] });
  });

  it("tells why a side is missing", () => {
    const evaluations = [
      createEvaluation({}, {}, { baseline: undefined, baselineMissing: "The baseline's model expired.", comparisons: [] }),
    ];
    expect(judgeModel({ model: "fraud", gates: [noWorse(1)], evaluations }).reasons).toEqual(["The baseline's model expired."]);
    expect(judgeModel({ model: "fraud", gates: [atLeast(0)], evaluations }).reasons).toEqual([]);
    const unscored = [createEvaluation({}, {}, { candidate: undefined, candidateMissing: "predict.py exited with 1." })];
    expect(judgeModel({ model: "fraud", gates: [], evaluations: unscored })).toMatchObject({
      outcome: "inconclusive",
      reasons: ["no gates declared", "predict.py exited with 1."],
    });
  });
});

describe("with fewer trainings than the law asks", () => {
  const trainings = (count: number) => ({
    candidate: createScored({
      predictions: Array.from({ length: count }, () => digestOf("x")),
      metrics: [{ metric: "accuracy", value: 0.91, interval: { low: 0.9, high: 0.92 } }],
      reported: { latency: [1] },
    }),
  });
  const latency: Gate = { ...noWorse(50, "latency"), reported: { greaterIsBetter: false, noise: 1 } };
  const bySlice: Gate = { ...noWorse(1), slice: { column: "country", value: undefined, worst: false } };
  const judge = (count: number, gates: Gate[]) => {
    const evaluation = createEvaluation({ change: 0.2, interval: { low: 0.1, high: 0.3 } }, {}, trainings(count));
    return judgeModel({ model: "fraud", gates, evaluations: [evaluation], trainings: 3 });
  };

  it("nothing is decided, for better or worse", () => {
    const { outcome, gates } = judge(1, [better(), noWorse(0), better(0.5), atLeast(0.5), atMost(0.5), latency, bySlice]);
    expect(outcome).toBe("inconclusive");
    expect(gates).toHaveLength(7);
    for (const gate of gates)
      expect(gate).toMatchObject({ outcome: "inconclusive", note: "the base branch trains 3 seeds, this run has 1" });
  });

  it("so many or more are judged", () => {
    expect(judge(3, [better(), atLeast(0.5)]).outcome).toBe("pass");
    expect(judge(4, [better(0.5)]).outcome).toBe("fail");
  });
});

describe("with trainings that all predict the same", () => {
  const judge = (seedsEqual: JudgedEvaluation["seedsEqual"], trainings: number) => {
    const side = createScored({
      predictions: [digestOf("x"), digestOf("x"), digestOf("x")],
      metrics: [{ metric: "accuracy", value: 0.91 }],
    });
    const sides = { candidate: side, baseline: { ...side, how: "kept" as const }, seedsEqual };
    const evaluation = createEvaluation({ change: 0.2, interval: { low: 0.1, high: 0.3 } }, {}, sides);
    return judgeModel({ model: "fraud", gates: [better()], evaluations: [evaluation], trainings });
  };

  it("nothing is decided where the law asks for several and the baseline's differ", () => {
    expect(judge(["candidate"], 3).gates[0]).toMatchObject({
      outcome: "inconclusive",
      note: "the base branch trains 3 seeds, and the 3 trainings of this change count as one: they all predict the same, where the baseline's differ",
    });
  });

  it("the change is judged where no seed ever changed anything, where only the baseline's are equal, and where one training is asked", () => {
    expect(judge(["baseline", "candidate"], 3).outcome).toBe("pass");
    expect(judge(["baseline"], 3).outcome).toBe("pass");
    expect(judge(["candidate"], 1).outcome).toBe("pass");
  });
});

describe("the model's verdict", () => {
  const improved = { interval: { low: 0.001, high: 0.02 } };
  const damaged = { change: -0.2, interval: { low: -0.25, high: -0.15 } };

  it("is fail before inconclusive before pass, over both test sets", () => {
    const judge = (...of: Partial<Comparison>[]) =>
      judgeModel({
        model: "fraud",
        gates: [noWorse(0.005)],
        evaluations: of.map((each, i) => createEvaluation(each, {}, { role: i ? "base" : "current" })),
      });
    expect(judge(improved, improved).outcome).toBe("pass");
    expect(judge(improved, {}).outcome).toBe("inconclusive");
    expect(judge({}, damaged)).toMatchObject({
      outcome: "fail",
      gates: [{ role: "current" }, { role: "base", name: "accuracy.no-worse-than" }],
    });
  });

  it("is never a pass where nothing was evaluated", () => {
    expect(judgeModel({ model: "fraud", gates: [], evaluations: [] })).toMatchObject({
      outcome: "inconclusive",
      reasons: ["no gates declared", "there is no evaluation"],
    });
  });

  it("passes without gates and says so, after the reasons that it was given", () => {
    expect(judgeModel({ model: "fraud", gates: [], evaluations: [createEvaluation()], reasons: ["first"] })).toEqual({
      model: "fraud",
      outcome: "pass",
      gates: [],
      reasons: ["first", "no gates declared"],
      headline: { basis: "holm", better: [], worse: [] },
    });
  });
});

describe("for any interval", () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true });
  const comparison = fc.tuple(number, number, number, fc.boolean()).map(([a, b, c, greaterIsBetter]) => {
    const [low, change, high] = [a, b, c].sort((x, y) => x - y);
    return { change: change ?? 0, interval: { low: low ?? 0, high: high ?? 0 }, greaterIsBetter };
  });
  const rank = { fail: 0, inconclusive: 1, pass: 2 };
  const rankOf = (gate: Gate, given: Partial<Comparison>, value?: Partial<MetricResult>) => {
    const [outcome] = decide(gate, given, value) ?? [];
    return rank[outcome as keyof typeof rank];
  };

  it("never judges harsher with a wider margin", () => {
    fc.assert(
      fc.property(
        comparison,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, a, b) => {
          const [small, large] = [Math.min(a, b), Math.max(a, b)];
          expect(rankOf(noWorse(small), given)).toBeLessThanOrEqual(rankOf(noWorse(large), given));
          expect(rankOf(better(large), given)).toBeLessThanOrEqual(rankOf(better(small), given));
        },
      ),
    );
  });

  it("never passes better-than without passing no-worse-than, nor fails at-least where a higher limit holds", () => {
    fc.assert(
      fc.property(comparison, number, number, (given, a, b) => {
        if (rankOf(better(), given) === 2) expect(rankOf(noWorse(0), given)).toBe(2);
        const value = { value: given.change, interval: given.interval };
        expect(rankOf(atLeast(Math.max(a, b)), {}, value)).toBeLessThanOrEqual(rankOf(atLeast(Math.min(a, b)), {}, value));
        expect(rankOf(atMost(Math.min(a, b)), {}, value)).toBeLessThanOrEqual(rankOf(atMost(Math.max(a, b)), {}, value));
      }),
    );
  });
});
