import { digestOf } from "../../src/evidence/digest.ts";
import type { Comparison, Evaluation, MetricResult, ScoredModel, Slice } from "../../src/evidence/evidence.ts";
import { type JudgeModelRequest, judgeModel } from "../../src/gates/judge-model.ts";
import type { GateResult } from "../../src/gates/verdict.ts";
import type { Gate } from "../../src/spec/spec.ts";

export const position = { file: "assay.yml", line: 1, column: 1 };

/** From 0.9 to 0.91, known to within 0.02. */
function createComparison(overrides: Partial<Comparison> = {}): Comparison {
  return {
    metric: "accuracy",
    greaterIsBetter: true,
    baseline: 0.9,
    candidate: 0.91,
    change: 0.01,
    interval: { low: -0.01, high: 0.03 },
    method: "Tango",
    rows: 1_000,
    identical: false,
    ...overrides,
  };
}

/** A change that is known to within ± `half`. */
export function changeOf(change: number, half = 0.02, overrides: Partial<Comparison> = {}): Comparison {
  return createComparison({
    candidate: 0.9 + change,
    change,
    interval: { low: change - half, high: change + half },
    ...overrides,
  });
}

export function createScored(overrides: Partial<ScoredModel> = {}): ScoredModel {
  const digest = digestOf("x");
  return { inputHash: digest, commit: "a".repeat(40), predictions: [digest], scoring: digest, metrics: [], ...overrides };
}

export function createEvaluation(
  comparison: Partial<Comparison> = {},
  value: Partial<MetricResult> = {},
  rest: Partial<Evaluation> = {},
): Evaluation {
  const result = { metric: "accuracy", value: 0.91, interval: { low: 0.89, high: 0.93 }, ...value };
  return {
    role: "current",
    testSet: { path: "test.csv", digest: digestOf("x"), rows: 1_000 },
    candidate: createScored({ metrics: [result] }),
    baseline: { ...createScored(), how: "kept" },
    comparisons: [createComparison(comparison)],
    ...rest,
  };
}

/** A slice of `country` with this change of accuracy. */
export function createSlice(value: string, comparison: Comparison, overrides: Partial<Slice> = {}): Slice {
  const { candidate } = comparison;
  const metrics = [{ metric: comparison.metric, value: candidate }];
  return { column: "country", value, rows: 400, metrics, comparisons: [comparison], ...overrides };
}

/** The results of one gate. */
export function judgeGate(gate: Gate, evaluation: Evaluation, rest: Partial<JudgeModelRequest> = {}): readonly GateResult[] {
  return judgeModel({ model: "fraud", gates: [gate], evaluations: [evaluation], ...rest }).gates;
}
