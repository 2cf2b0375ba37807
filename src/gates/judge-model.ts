import type { DataEvidence } from "../evidence/data-evidence.ts";
import { isOnTestRows, nameOfGate } from "../spec/gate-name.ts";
import type { Gate, SliceColumn } from "../spec/spec.ts";
import { judgeData } from "./data-gates.ts";
import { missing } from "./decision.ts";
import { decideOn, type Judged, missingSide, missingTrainings, wholeTestSet } from "./ground.ts";
import { claimsOf } from "./headline.ts";
import type { JudgedEvaluation } from "./judged-evaluation.ts";
import { judgeReported } from "./reported-gates.ts";
import { type JudgedRun, judgeResource } from "./resource-gates.ts";
import { judgeSlices } from "./slice-gates.ts";
import type { GateOutcome, GateResult, ModelVerdict } from "./verdict.ts";
import { countedOutcome, noWaivers, toResult, type Waivers } from "./waive.ts";

export interface JudgeModelRequest {
  model: string;
  /** The law's, in order. */
  gates: readonly Gate[];
  /** Smallest sizes of the slices, of the law. */
  slices?: readonly SliceColumn[];
  /** Trainings that the law asks of the candidate. */
  trainings?: number | undefined;
  /** Every gate is judged on each of them. */
  evaluations: readonly JudgedEvaluation[];
  /** What the candidate's trainings used; undefined where there are none, as of plain files. */
  run?: JudgedRun | undefined;
  /** What was found in the data that it was trained on. */
  data?: DataEvidence | undefined;
  waivers?: Waivers;
  /** The metric of the headline; undefined: all of them, Holm-corrected. */
  primary?: string | undefined;
  /** Reasons that are known already, told before our own. */
  reasons?: readonly string[];
}

/** Whether the gate can be judged on a model that there is nothing to compare with. */
export function needsNoBaseline(gate: Gate): boolean {
  return !("margin" in gate) && gate.data?.check !== "drift";
}

/** A gate shows this many of its slices, the worst; all of them count. */
const maxSlices = 50;

/** What the gates of a model decide on its evidence: fail before inconclusive before pass. Pure. */
export function judgeModel(request: JudgeModelRequest): ModelVerdict {
  const { model, gates, evaluations, primary, reasons = [] } = request;
  const judged = judgeGates(request);
  const isUnscored = evaluations.length === 0 || evaluations.some(({ candidate }) => candidate === undefined);
  const current = evaluations.find(({ role }) => role === "current");
  return {
    model,
    outcome: worst([...judged.flat().map(countedOutcome), ...(isUnscored ? (["inconclusive"] as const) : [])]),
    gates: judged.flatMap(shown),
    ...(current && claimsOf(current, primary)),
    reasons: [
      ...reasons,
      ...(gates.length === 0 ? ["no gates declared"] : []),
      ...(evaluations.length === 0 ? ["there is no evaluation"] : []),
      ...new Set(evaluations.flatMap((evaluation) => missingParts(evaluation, gates))),
    ],
  };
}

/** The results of each gate on each evaluation, of several slices the worst first. */
function judgeGates(request: JudgeModelRequest): GateResult[][] {
  const { gates, evaluations, waivers = noWaivers } = request;
  if (evaluations.length === 0) {
    const decision = missing("there is no evaluation");
    return gates.map((gate) => [toResult({ decision, about: about(gate, "current") }, waivers, gates)]);
  }
  // What a trainer reports, a training uses and its data holds does not depend on the test set.
  const [first] = evaluations.toSorted((a, b) => Number(a.role === "base") - Number(b.role === "base"));
  return evaluations.flatMap((evaluation) =>
    gates
      .filter((gate) => isOnTestRows(gate) || evaluation === first)
      .map((gate) => {
        const results = judgeGate(gate, evaluation, request).map((judged) => toResult(judged, waivers, gates));
        return worstFirst(gate.slice?.worst ? worstSlice(gate, worstFirst(results)) : results);
      }),
  );
}

/** By what counts, so that a slice whose waiver is in force does not stand for the others. */
function worstFirst(results: readonly GateResult[]): GateResult[] {
  return results.toSorted((a, b) => order.indexOf(countedOutcome(a)) - order.indexOf(countedOutcome(b)));
}

/** The first of the slices alone, under the gate's name; what is said of none of them stays. */
function worstSlice(gate: Gate, results: readonly GateResult[]): GateResult[] {
  const [ofSlices, others] = [results.filter(({ slice }) => slice), results.filter(({ slice }) => !slice)];
  const [first, ...more] = ofSlices;
  if (first === undefined) return others;
  const note = more.length === 0 ? first.note : `${first.note}; worst of ${ofSlices.length} slices`;
  return [{ ...first, name: nameOfGate(gate), note }, ...others];
}

function judgeGate(gate: Gate, evaluation: JudgedEvaluation, request: JudgeModelRequest): Judged[] {
  const { slices = [], trainings = 1, run } = request;
  const { slice, reported, resource, data, metric } = gate;
  if (data && "limit" in gate) return [judgeData({ ...gate, data }, request.data, evaluation.role)];
  const undecided = missingSide(gate, evaluation) ?? missingTrainings(evaluation, trainings);
  if (resource && "limit" in gate) {
    const judged = judgeResource({ ...gate, resource }, run, evaluation.role);
    return [undecided ? { ...judged, decision: undecided } : judged];
  }
  if (reported) {
    const judged = judgeReported({ ...gate, reported }, evaluation);
    return [undecided ? { ...judged, decision: undecided } : judged];
  }
  if (undecided === undefined && slice) return judgeSlices({ ...gate, slice }, evaluation, slices);
  const ground = wholeTestSet(metric, evaluation);
  const found = slice ? {} : { comparison: ground.comparison, ...("limit" in gate ? { value: ground.value } : {}) };
  return [{ decision: undecided ?? decideOn(gate, ground), about: { ...about(gate, evaluation.role), ...found } }];
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
function missingParts(
  { candidate, candidateMissing, baseline, baselineMissing }: JudgedEvaluation,
  gates: readonly Gate[],
): string[] {
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
