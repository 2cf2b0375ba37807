import type { Comparison, Evaluation, MetricResult } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate } from "../spec/spec.ts";
import { type Decision, decideChange, decideValue } from "./decide.ts";
import type { GateOutcome, GateResult, ModelVerdict } from "./verdict.ts";

export interface JudgeModelRequest {
  model: string;
  /** The law's, in order. */
  gates: readonly Gate[];
  /** Every gate is judged on each of them. */
  evaluations: readonly Evaluation[];
  /** Reasons that are known already, told before our own. */
  reasons?: readonly string[];
}

/** What the gates of a model decide on its evidence: fail before inconclusive before pass. Pure. */
export function judgeModel({ model, gates, evaluations, reasons = [] }: JudgeModelRequest): ModelVerdict {
  const results =
    evaluations.length === 0
      ? gates.map((gate) => toResult(gate, "current", { outcome: "inconclusive", note: "there is no evaluation" }))
      : evaluations.flatMap((evaluation) => gates.map((gate) => judgeGate(gate, evaluation)));
  const unscored = evaluations.filter(({ candidate }) => candidate === undefined);
  const outcomes = [...results.map(({ outcome }) => outcome), ...unscored.map(() => "inconclusive" as const)];
  return {
    model,
    outcome: worst(outcomes),
    gates: results,
    reasons: [
      ...reasons,
      ...(gates.length === 0 ? ["no gates declared"] : []),
      ...new Set(evaluations.flatMap((evaluation) => missingParts(evaluation, gates))),
    ],
  };
}

function judgeGate(gate: Gate, evaluation: Evaluation): GateResult {
  const comparison = evaluation.comparisons.find(({ metric }) => metric === gate.metric);
  const value = evaluation.candidate?.metrics.find(({ metric }) => metric === gate.metric);
  const found = { comparison, ...("limit" in gate ? { value } : {}) };
  return toResult(gate, evaluation.role, decide(gate, evaluation, comparison, value), found);
}

function decide(
  gate: Gate,
  evaluation: Evaluation,
  comparison: Comparison | undefined,
  value: MetricResult | undefined,
): Decision {
  if (evaluation.candidate === undefined) return inconclusive("the candidate could not be scored");
  if (value === undefined) return inconclusive("the evidence does not have this metric");
  if (value.value === null) return inconclusive(`undefined: ${value.undefinedBecause ?? "the evidence does not say why"}`);
  if ("limit" in gate) return decideValue(gate, value, value.value, evaluation.testSet.rows);
  if (evaluation.baseline === undefined) return inconclusive("there is no baseline to compare with");
  if (comparison === undefined) return inconclusive("the evidence does not compare this metric");
  if (comparison.change === null) return inconclusive(comparison.noIntervalBecause ?? "undefined for the baseline");
  return decideChange(gate, comparison, comparison.change);
}

function inconclusive(note: string): Decision {
  return { outcome: "inconclusive", note };
}

function toResult(gate: Gate, role: GateResult["role"], decision: Decision, found: Partial<GateResult> = {}): GateResult {
  return { gate, name: nameOfGate(gate), role, ...decision, ...found };
}

/** Why a side is not there; a missing baseline matters only to gates on the change. */
function missingParts({ candidate, candidateMissing, baseline, baselineMissing }: Evaluation, gates: readonly Gate[]): string[] {
  const reasons: string[] = [];
  if (candidate === undefined) reasons.push(candidateMissing ?? "The candidate could not be scored.");
  if (baseline === undefined && gates.some((gate) => "margin" in gate))
    reasons.push(baselineMissing ?? "There is no baseline to compare with.");
  return reasons;
}

function worst(outcomes: readonly GateOutcome[]): GateOutcome {
  return (["fail", "inconclusive"] as const).find((outcome) => outcomes.includes(outcome)) ?? "pass";
}
