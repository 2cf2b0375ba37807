import type { GpuUse, MetricResult, Training } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate, Resource } from "../spec/spec.ts";
import { type Decision, fail, inconclusive, pass } from "./decision.ts";
import type { Judged } from "./ground.ts";
import type { GateResult } from "./verdict.ts";

/** The run that made the candidate. */
export interface JudgedRun {
  trainings: readonly Pick<Training, "gpus">[];
  /** Trainings of experiments that were not chosen: their hours count, their memory does not. */
  others?: readonly { gpus?: Pick<GpuUse, "hours"> | undefined }[];
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
  const { trainings = [], others = [] } = run ?? {};
  if (resource === "gpu-hours") return known([...trainings, ...others])?.reduce((sum, { hours }) => sum + hours, 0);
  const peaks = known(trainings)?.map(({ peakMemory }) => peakMemory);
  return peaks && Math.max(...peaks) / 1_024;
}

/** Undefined unless each has one. */
function known<Use>(trainings: readonly { gpus?: Use | undefined }[]): readonly Use[] | undefined {
  const uses = trainings.flatMap(({ gpus }) => gpus ?? []);
  return uses.length === 0 || uses.length < trainings.length ? undefined : uses;
}

function notKnown(run: JudgedRun | undefined): string {
  if (run === undefined || run.trainings.length === 0) return "no training is known";
  const trainings = [...run.trainings, ...(run.others ?? [])];
  const silent = trainings.filter(({ gpus }) => gpus === undefined).length;
  const which = silent === trainings.length ? "while it trained" : `in ${silent} of ${trainings.length} trainings`;
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
