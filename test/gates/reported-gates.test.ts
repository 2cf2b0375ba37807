import { describe, expect, it } from "vitest";
import type { Gate } from "../../src/spec/spec.ts";
import { createEvaluation, createScored, judgeGate, position } from "./create-evaluation.ts";

type Rule = { kind: "no-worse-than" | "better-than"; margin: number } | { kind: "at-least" | "at-most"; limit: number };

const gateOn = (rule: Rule, noise = 1, relative = false): Gate => ({
  position,
  metric: "latency_ms",
  reported: { greaterIsBetter: false, noise },
  ...rule,
  relative,
});

/** The numbers of the trainings of each side; undefined: not reported. */
function judge(gate: Gate, baseline: number[] | undefined, candidate: number[] | undefined) {
  const reported = (values: number[] | undefined) => createScored({ reported: values ? { latency_ms: values } : {} });
  const evaluation = createEvaluation(
    {},
    {},
    { baseline: { ...reported(baseline), how: "kept" }, candidate: reported(candidate) },
  );
  const [result] = judgeGate(gate, evaluation);
  if (!result) throw new Error("the gate has no result");
  return result;
}

const decide = (...of: Parameters<typeof judge>) => {
  const { outcome, note } = judge(...of);
  return [outcome, note];
};

describe("a gate on a number that the trainer reported", () => {
  const noWorse = gateOn({ kind: "no-worse-than", margin: 2 });

  it("takes the declared noise for the interval of the change", () => {
    expect(judge(noWorse, [18], [18.5])).toMatchObject({
      outcome: "pass",
      comparison: {
        metric: "latency_ms",
        greaterIsBetter: false,
        baseline: 18,
        candidate: 18.5,
        change: 0.5,
        interval: { low: -0.5, high: 1.5 },
        method: "declared noise",
        identical: false,
      },
    });
    expect(decide(noWorse, [18], [16])).toEqual(["pass", "better"]);
    expect(decide(noWorse, [18], [21.5])).toEqual(["fail", "1.5 past the limit"]);
    expect(decide(noWorse, [18], [19.5])).toEqual(["inconclusive", "needs about 10 more measurements a side"]);
  });

  it("knows the mean of several trainings better", () => {
    const half = (baseline: number[], candidate: number[]) => {
      const interval = judge(noWorse, baseline, candidate).comparison?.interval;
      return interval && (interval.high - interval.low) / 2;
    };
    expect(half([17, 19, 18, 18], [18, 18, 17, 19])).toBeCloseTo(0.5, 12);
    expect(half([18], [18, 18])).toBeCloseTo(Math.sqrt((1 + 1 / 2) / 2), 12);
    expect(judge(noWorse, [17, 19], [20, 21]).comparison).toMatchObject({ baseline: 18, candidate: 20.5 });
  });

  it("judges limits by the noise of one side", () => {
    const limit = gateOn({ kind: "at-most", limit: 20 });
    expect(judge(limit, undefined, [19])).toMatchObject({
      outcome: "pass",
      value: { value: 19, interval: { low: 19 - Math.SQRT1_2, high: 19 + Math.SQRT1_2 }, method: "declared noise" },
    });
    expect(decide(limit, undefined, [20.6])).toEqual([
      "inconclusive",
      "does not hold as measured, within the noise; needs about 3 more measurements",
    ]);
    expect(decide(limit, undefined, [19.5])).toEqual(["inconclusive", "needs about 5 more measurements"]);
    expect(decide(limit, undefined, [21])).toEqual(["fail", "1 past the limit"]);
    expect(judge(limit, [18], [19.4, 19.6]).value?.seeds).toEqual([19.4, 19.6]);
  });

  it("compares numbers without noise as they are", () => {
    const size = gateOn({ kind: "no-worse-than", margin: 5 }, 0);
    expect(decide(size, [100], [105])).toEqual(["pass", "no worse"]);
    expect(decide(size, [100], [106])).toEqual(["fail", "1 past the limit"]);
    expect(decide(gateOn({ kind: "no-worse-than", margin: 0 }, 0), [100], [100])).toEqual(["pass", "no change"]);
    expect(decide(gateOn({ kind: "better-than", margin: 0 }, 0), [100], [100])).toEqual(["fail", "no change"]);
    expect(decide(gateOn({ kind: "at-most", limit: 20 }, 0), undefined, [20])).toEqual(["pass", "reached"]);
  });

  it("judges shares of the baseline by Fieller's interval", () => {
    const relative = gateOn({ kind: "no-worse-than", margin: 0.2 }, 1, true);
    const { outcome, comparison } = judge(relative, [20], [22]);
    expect(outcome).toBe("pass");
    expect(comparison?.relative?.change).toBeCloseTo(0.1, 12);
    // The roots of (22 − q·20)² = (1 + q²)/2, less 1.
    expect(comparison?.relative?.interval?.low).toBeCloseTo(0.048766334025072, 12);
    expect(comparison?.relative?.interval?.high).toBeCloseTo(0.153987107777181, 12);
    expect(decide(relative, [20], [26])).toEqual(["fail", "10% past the limit"]);
    expect(decide(relative, [0.5], [0.4])).toEqual(["inconclusive", "the baseline is too near 0 for a share of it"]);
  });

  it("says whose number is missing", () => {
    expect(decide(noWorse, undefined, [18])).toEqual(["inconclusive", 'the baseline\'s metrics file has no number "latency_ms"']);
    expect(decide(noWorse, undefined, undefined)[1]).toBe(
      "the baseline's and the candidate's metrics file has no number \"latency_ms\"",
    );
    expect(decide(gateOn({ kind: "at-most", limit: 20 }), [18], undefined)[1]).toBe(
      'the candidate\'s metrics file has no number "latency_ms"',
    );
    expect(judge({ ...noWorse, metric: "toString" }, [18], [18]).outcome).toBe("inconclusive");
  });

  it("is judged once, not on each test set", () => {
    const evaluation = createEvaluation({}, {}, { candidate: createScored({ reported: { latency_ms: [18] } }) });
    const evaluations = [{ ...evaluation, role: "base" as const }, evaluation];
    expect(judgeGate(gateOn({ kind: "at-most", limit: 20 }), evaluation, { evaluations })).toMatchObject([{ role: "current" }]);
  });
});
