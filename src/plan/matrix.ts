import { UsageError } from "../errors/errors.ts";
import type { Plan, PlannedModel } from "./plan.ts";

/** One job of a workflow's matrix; `runner` goes to `runs-on`. */
export interface MatrixEntry {
  model: string;
  runner: readonly string[];
  "timeout-minutes": number;
}

/** GitHub's limit: https://docs.github.com/en/actions/reference/limits */
const maxJobs = 256;
/** GitHub ends a job on one's own runner after five days. */
const maxJobMinutes = 5 * 24 * 60;
/** Checkout, setup commands and evaluation come on top of training. */
const besidesTraining = 60;

/** The jobs that a plan asks for: one a model that is trained or evaluated, unless it is withheld. */
export function planMatrix(plan: Plan): MatrixEntry[] {
  const jobs = plan.models.filter((model) => needsJob(model) && model.withheld === undefined);
  if (jobs.length > maxJobs)
    throw new UsageError(
      `${jobs.length} models need a job, but a workflow's matrix holds ${maxJobs}. Split assay.yml or the change.`,
    );
  return jobs.map((model) => ({ model: model.model, runner: model.runner, "timeout-minutes": jobMinutes(model) }));
}

/** Something is trained, fetched or scored. */
export function needsJob({ candidate, baseline, evaluate }: PlannedModel): boolean {
  return evaluate || candidate.decision !== "skip" || baseline?.decision === "train";
}

function jobMinutes({ candidate, baseline, timeoutMinutes }: PlannedModel): number {
  const trainings = [candidate, baseline].filter((run) => run?.decision === "train").length;
  return Math.min(maxJobMinutes, Math.ceil(timeoutMinutes * trainings) + besidesTraining);
}
