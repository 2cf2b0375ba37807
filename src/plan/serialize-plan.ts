import type { Input } from "../evidence/evidence.ts";
import type { Plan, PlannedModel } from "./plan.ts";

/** How many inputs of a side are handed on, for reports that show what changed. */
const maxInputs = 50;

/**
 * The plan as a job hands it to the next, a workflow output of at most 1 MB: of the inputs only those in which candidate and
 * baseline differ. Training derives the whole lists from the tree again and compares by the input hash.
 */
export function serializePlan(plan: Plan): string {
  return JSON.stringify({ ...plan, models: plan.models.map(brief) });
}

function brief(model: PlannedModel): PlannedModel {
  const { candidate, baseline } = model;
  return {
    ...model,
    candidate: { ...candidate, inputs: baseline ? differing(candidate.inputs, baseline.inputs) : [] },
    baseline: baseline && { ...baseline, inputs: differing(baseline.inputs, candidate.inputs) },
  };
}

function differing(inputs: readonly Input[], others: readonly Input[]): readonly Input[] {
  const same = new Set(others.map((input) => JSON.stringify(input)));
  return inputs.filter((input) => !same.has(JSON.stringify(input))).slice(0, maxInputs);
}
