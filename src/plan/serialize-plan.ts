import { UsageError } from "../errors/errors.ts";
import type { Input } from "../evidence/evidence.ts";
import type { Plan, PlannedModel, PlannedRun, PlannedTraining } from "./plan.ts";

/** It reaches an action as one environment variable, of which Linux takes 128 KiB, and a job as an output of 1 MB at most. */
const maxBytes = 100_000;
/** How many differing inputs of a side, reasons, and checkpoints of a training are handed on: fewer when it does not fit. */
const amounts = [
  { inputs: 50, reasons: 100, checkpoints: 4 },
  { inputs: 5, reasons: 5, checkpoints: 2 },
  { inputs: 0, reasons: 1, checkpoints: 1 },
] as const;

/**
 * The plan as a job hands it to the next: of the inputs only those in which candidate and baseline differ. Training derives the
 * whole lists from the tree again and compares by the input hash.
 * @throws UsageError when so many models changed that it does not fit however brief
 */
export function serializePlan(plan: Plan): string {
  for (const amount of amounts) {
    const text = JSON.stringify({ ...plan, models: plan.models.map((model) => brief(model, amount)) });
    if (Buffer.byteLength(text) <= maxBytes) return text;
  }
  throw new UsageError(
    `A plan of ${plan.models.length} models is larger than the ${maxBytes} bytes that a workflow can hand on. Split assay.yml by folder.`,
  );
}

function brief(model: PlannedModel, { inputs, reasons, checkpoints }: (typeof amounts)[number]): PlannedModel {
  const { candidate, baseline } = model;
  const point = (planned: PlannedTraining): PlannedTraining => ({
    ...planned,
    because: planned.because.slice(0, 1),
    checkpoints: planned.checkpoints?.slice(0, checkpoints),
  });
  const run = (planned: PlannedRun, other: PlannedRun | undefined): PlannedRun => ({
    ...planned,
    inputs: other ? differing(planned.inputs, other.inputs).slice(0, inputs) : [],
    because: planned.because.slice(0, reasons),
    checkpoints: planned.checkpoints?.slice(0, checkpoints),
    points: planned.decision === "train" ? planned.points?.map(point) : undefined,
  });
  return {
    ...model,
    candidate: run(candidate, baseline),
    baseline: baseline && run(baseline, candidate),
    evaluateBecause: model.evaluateBecause.slice(0, reasons),
  };
}

function differing(inputs: readonly Input[], others: readonly Input[]): readonly Input[] {
  const same = new Set(others.map((input) => JSON.stringify(input)));
  return inputs.filter((input) => !same.has(JSON.stringify(input)));
}
