import { UsageError } from "../errors/errors.ts";
import { type Plan, type PlannedModel, runsToTrain } from "./plan.ts";

/** One job of a workflow's matrix; `runner` goes to `runs-on`. */
export interface MatrixEntry {
  model: string;
  /** Of a grid's jobs the point that it trains, from 1, or `baseline`; such a job evaluates nothing. */
  point?: string;
  runner: readonly string[];
  "timeout-minutes": number;
}

/** GitHub's limit: https://docs.github.com/en/actions/reference/limits */
const maxJobs = 256;
/** GitHub ends a job on one's own runner after five days. */
const maxJobMinutes = 5 * 24 * 60;
/** Checkout, setup commands and evaluation come on top of training. */
const besidesTraining = 60;

/** The jobs that train: one a model that is trained or evaluated, which does both; of a grid one a point. */
export function planMatrix(plan: Plan): MatrixEntry[] {
  const jobs = modelsWithJobs(plan).flatMap((model) =>
    chosenAmong(model) ? pointJobs(model) : [job(model, runsToTrain(model.candidate) + baselineTrainings(model))],
  );
  if (jobs.length > maxJobs)
    throw new UsageError(
      `${jobs.length} jobs would train, but a workflow's matrix holds ${maxJobs}. Split assay.yml or the change.`,
    );
  return jobs;
}

/** The jobs that come after those of a grid: each chooses a model's best point, and evaluates it. */
export function planSelections(plan: Plan): MatrixEntry[] {
  return modelsWithJobs(plan)
    .filter(chosenAmong)
    .map((model) => job(model, 0));
}

/** Those that need a job and get one. */
export function modelsWithJobs({ models }: Plan): PlannedModel[] {
  return models.filter((model) => needsJob(model) && model.withheld === undefined && model.waitsFor === undefined);
}

function chosenAmong({ candidate }: PlannedModel): boolean {
  return candidate.decision === "train" && candidate.points !== undefined;
}

function pointJobs(model: PlannedModel): MatrixEntry[] {
  const points = (model.candidate.points ?? []).flatMap(({ decision }, index) =>
    decision === "train" ? [String(index + 1)] : [],
  );
  const baseline = baselineTrainings(model);
  return [
    ...points.map((point) => ({ ...job(model, 1), point })),
    ...(baseline > 0 ? [{ ...job(model, baseline), point: "baseline" }] : []),
  ];
}

function job({ model, runner, timeoutMinutes }: PlannedModel, trainings: number): MatrixEntry {
  const minutes = Math.min(maxJobMinutes, Math.ceil(timeoutMinutes * trainings) + besidesTraining);
  return { model, runner, "timeout-minutes": minutes };
}

function baselineTrainings({ baseline }: PlannedModel): number {
  return baseline ? runsToTrain(baseline) : 0;
}

/** Something is trained, fetched or scored. */
export function needsJob({ candidate, baseline, evaluate }: PlannedModel): boolean {
  return evaluate || candidate.decision !== "skip" || baseline?.decision === "train";
}
