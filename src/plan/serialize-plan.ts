import type { Plan, PlannedRun } from "./plan.ts";

/**
 * The plan as a job hands it to the next, a workflow output of at most 1 MB: without the lists of inputs, which training
 * derives from the tree again and compares by the input hash.
 */
export function serializePlan(plan: Plan): string {
  const brief = (run: PlannedRun): PlannedRun => ({ ...run, inputs: [] });
  const models = plan.models.map((model) => ({
    ...model,
    candidate: brief(model.candidate),
    baseline: model.baseline && brief(model.baseline),
  }));
  return JSON.stringify({ ...plan, models });
}
