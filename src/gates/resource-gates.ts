import type { MetricResult, Training } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate, Resource } from "../spec/spec.ts";
import { type Decision, fail, inconclusive, pass } from "./decision.ts";
import type { Judged } from "./ground.ts";
import type { GateResult } from "./verdict.ts";

/** The run that made the candidate. */
export interface JudgedRun {
  trainings: readonly Pick<Training, "gpus">[];
  /** It was not made for this change. */
  reused: boolean;
}

export type ResourceGate = Extract<Gate, { limit: number }> & { resource: Resource };

/** A limit on what the trainings of the candidate's run used, which is known exactly where the driver told. */
export function judgeResource(gate: ResourceGate, run: JudgedRun | undefined, role: GateResult["role"]): Judged {
  const value = used(gate.resource, run);
  return {
    decision: value === undefined ? inconclusive(notKnown(run)) : decide(gate, value, run?.reused ?? false),
    about: { gate, name: nameOfGate(gate), role, ...(value !== undefined && { value: exactly(gate.resource, value) }) },
  };
}

/** In GPU-hours, or in GiB; undefined where a training has none. */
function used(resource: Resource, run: JudgedRun | undefined): number | undefined {
  const uses = (run?.trainings ?? []).map(({ gpus }) => gpus);
  const known = uses.filter((use) => use !== undefined);
  if (known.length === 0 || known.length < uses.length) return undefined;
  if (resource === "gpu-hours") return known.reduce((sum, { hours }) => sum + hours, 0);
  return Math.max(...known.map(({ peakMemory }) => peakMemory)) / 1_024;
}

function notKnown(run: JudgedRun | undefined): string {
  if (run === undefined || run.trainings.length === 0) return "no training is known";
  const silent = run.trainings.filter(({ gpus }) => gpus === undefined).length;
  const which = silent === run.trainings.length ? "while it trained" : `in ${silent} of ${run.trainings.length} trainings`;
  return `no GPU told what it did ${which}: nvidia-smi did not answer`;
}

function decide({ limit }: ResourceGate, value: number, reused: boolean): Decision {
  const left = limit - value;
  const whose = reused ? ", by the run that is reused" : "";
  if (left >= 0) return pass(`within the limit${whose}`, left);
  return fail(`${Number((-left).toPrecision(2))} past the limit${whose}`, left);
}

function exactly(metric: Resource, value: number): MetricResult {
  return { metric, value, interval: { low: value, high: value }, method: "as the driver told" };
}
