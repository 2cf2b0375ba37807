import type { Evaluation } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate, SliceColumn } from "../spec/spec.ts";
import { missing } from "./decision.ts";
import { decideOn, type Judged, missingSide, wholeTestSet } from "./ground.ts";
import { claimsOf } from "./headline.ts";
import { judgeReported } from "./reported-gates.ts";
import { judgeSlices } from "./slice-gates.ts";
import type { GateOutcome, GateResult, ModelVerdict } from "./verdict.ts";
import { countedOutcome, noWaivers, toResult, type Waivers } from "./waive.ts";

export interface JudgeModelRequest {
  model: string;
  /** The law's, in order. */
  gates: readonly Gate[];
  /** Smallest sizes of the slices, of the law. */
  slices?: readonly SliceColumn[];
  /** Every gate is judged on each of them. */
  evaluations: readonly Evaluation[];
  waivers?: Waivers;
  /** The metric of the headline; undefined: all of them, Holm-corrected. */
  primary?: string | undefined;
  /** Reasons that are known already, told before our own. */
  reasons?: readonly string[];
}

/** A gate shows this many of its slices, the worst; all of them count. */
const maxSlices = 50;

/** What the gates of a model decide on its evidence: fail before inconclusive before pass. Pure. */
export function judgeModel(request: JudgeModelRequest): ModelVerdict {
  const { model, gates, evaluations, primary, reasons = [] } = request;
  const judged = judgeGates(request);
  const unscored = evaluations.filter(({ candidate }) => candidate === undefined);
  const current = evaluations.find(({ role }) => role === "current");
  return {
    model,
    outcome: worst([...judged.flat().map(countedOutcome), ...unscored.map(() => "inconclusive" as const)]),
    gates: judged.flatMap(shown),
    ...(current && claimsOf(current, primary)),
    reasons: [
      ...reasons,
      ...(gates.length === 0 ? ["no gates declared"] : []),
      ...new Set(evaluations.flatMap((evaluation) => missingParts(evaluation, gates))),
    ],
  };
}

/** The results of each gate on each evaluation, of several slices the worst first. */
function judgeGates({ gates, evaluations, slices = [], waivers = noWaivers }: JudgeModelRequest): GateResult[][] {
  if (evaluations.length === 0) {
    const decision = missing("there is no evaluation");
    return gates.map((gate) => [toResult({ decision, about: about(gate, "current") }, waivers, gates)]);
  }
  // What a trainer reports does not depend on the test set.
  const [first] = evaluations.toSorted((a, b) => Number(a.role === "base") - Number(b.role === "base"));
  return evaluations.flatMap((evaluation) =>
    gates
      .filter((gate) => gate.reported === undefined || evaluation === first)
      .map((gate) =>
        judgeGate(gate, evaluation, slices)
          .map((judged) => toResult(judged, waivers, gates))
          .toSorted((a, b) => order.indexOf(countedOutcome(a)) - order.indexOf(countedOutcome(b))),
      ),
  );
}

function judgeGate(gate: Gate, evaluation: Evaluation, columns: readonly SliceColumn[]): Judged[] {
  const { slice, reported, metric } = gate;
  if (reported) return [judgeReported({ ...gate, reported }, evaluation)];
  const noSide = missingSide(gate, evaluation);
  if (noSide === undefined && slice) return judgeSlices({ ...gate, slice }, evaluation, columns);
  const ground = wholeTestSet(metric, evaluation);
  const found = slice ? {} : { comparison: ground.comparison, ...("limit" in gate ? { value: ground.value } : {}) };
  return [{ decision: noSide ?? decideOn(gate, ground), about: { ...about(gate, evaluation.role), ...found } }];
}

function about(gate: Gate, role: GateResult["role"]): Judged["about"] {
  return { gate, name: nameOfGate(gate), role };
}

function shown(results: readonly GateResult[]): readonly GateResult[] {
  const rest = results.length - maxSlices;
  if (rest <= 0) return results;
  return results
    .slice(0, maxSlices)
    .map((result, i) => (i < maxSlices - 1 ? result : { ...result, note: `${result.note}; ${rest} more slices are no worse` }));
}

/** Why a side is not there; a missing baseline matters only to gates on the change. */
function missingParts({ candidate, candidateMissing, baseline, baselineMissing }: Evaluation, gates: readonly Gate[]): string[] {
  const reasons: string[] = [];
  if (candidate === undefined) reasons.push(candidateMissing ?? "The candidate could not be scored.");
  if (baseline === undefined && gates.some((gate) => "margin" in gate))
    reasons.push(baselineMissing ?? "There is no baseline to compare with.");
  return reasons;
}

const order: readonly GateOutcome[] = ["fail", "inconclusive", "pass"];

function worst(outcomes: readonly GateOutcome[]): GateOutcome {
  return order.find((outcome) => outcomes.includes(outcome)) ?? "pass";
}
