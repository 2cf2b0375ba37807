import { UsageError } from "../errors/errors.ts";
import type { Job, Runs } from "../github/runs.ts";
import { pullRequestOfRun } from "../plan/dispatch.ts";
import { lawOnRunner } from "../plan/law-on-runner.ts";
import { needsTraining, type PlannedModel } from "../plan/plan.ts";
import type { Spec } from "../spec/spec.ts";
import { isModelJob, jobIsOf } from "./model-jobs.ts";

/** A pull request's runs, as GitHub knows them. */
export interface PullRequestRuns {
  number: number;
  /** Path of the workflow in the repository; empty when the runner does not say. */
  workflow: string;
  headRef: string;
  /** Undefined when the head's repository is gone. */
  headRepositoryId: number | undefined;
  /** When the pull request was opened: what its branch did before is not its own. */
  createdAt: string | undefined;
}

/**
 * The jobs of all runs of a pull request, of every attempt. Times and labels are GitHub's; a job's name is its workflow's word, which
 * a pull request may change.
 * @throws UsageError when it is not known which workflow's they are
 */
export async function jobsOfPullRequest(runs: Runs, { number, workflow, headRef, headRepositoryId, createdAt }: PullRequestRuns) {
  const file = workflow.split("/").at(-1) ?? workflow;
  if (file === "")
    throw new UsageError(
      "The GPU-hours that this pull request has used (budget.gpu-hours) cannot be counted: GITHUB_WORKFLOW_REF, which names the workflow " +
        "whose runs they are, is not set as GitHub's runner sets it. Do not unset it in the job, or pass it into the container.",
    );
  const [all, dispatched] = await Promise.all([
    runs.ofBranch({ workflow: file, event: "pull_request", branch: headRef }),
    runs.dispatched(file),
  ]);
  const since = createdAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(createdAt);
  const own = all.filter((run) => run.headRepositoryId === headRepositoryId && Date.parse(run.createdAt) >= since);
  own.push(...dispatched.filter((run) => pullRequestOfRun(run) === number));
  return (await Promise.all(own.map(({ id }) => runs.jobs(id, "all")))).flat();
}

/** Whose declarations count: the law, and the head's own where it declares more. */
export interface Declared {
  law: Spec | undefined;
  head: Spec | undefined;
}

/** Hours that jobs of models had their runners, times the GPUs that are declared. */
export function gpuHoursOf(jobs: readonly Job[], declared: Declared, now: Date): number {
  const names = new Set([...(declared.law?.models.keys() ?? []), ...(declared.head?.models.keys() ?? [])]);
  return jobs
    .filter(({ name }) => isModelJob(name))
    .reduce((sum, { name, labels, startedAt, completedAt }) => {
      if (startedAt === undefined) return sum;
      const milliseconds = (completedAt === undefined ? now.getTime() : Date.parse(completedAt)) - Date.parse(startedAt);
      const model = [...names].find((known) => jobIsOf(name, known));
      return sum + (gpusOf(model, labels, declared) * Math.max(0, milliseconds)) / 3_600_000;
    }, 0);
}

/** The most that the law has for it, or its own where that is more. */
function gpusOf(name: string | undefined, labels: readonly string[], { law, head }: Declared): number {
  const own = name === undefined ? undefined : head?.models.get(name);
  const models = [...(law ? lawOnRunner(law, name, labels) : []), ...(own ? [own] : [])];
  return Math.max(0, ...models.map(({ train }) => train.gpus ?? 0));
}

/** The model as it is not trained, since the pull request's GPU-hours are used up; what needs no GPU, or no training, goes on. */
export function withholdOverBudget(model: PlannedModel, budget: { gpuHours: number; spent: number }): PlannedModel {
  if (budget.spent < budget.gpuHours) return model;
  const withheld =
    `This pull request has used ${hours(budget.spent)} of its ${hours(budget.gpuHours)} GPU-hours (budget.gpu-hours in the base branch's assay.yml). ` +
    "What has been trained with the same inputs is still evaluated: go back to that, or have an owner raise the budget in a pull request of its own.";
  return { ...model, withheld };
}

/** Whether the model is about to take GPUs. */
export function wantsGpus(model: PlannedModel, declared: Declared): boolean {
  const isHeld = model.withheld !== undefined || model.waitsFor !== undefined;
  return !isHeld && needsTraining(model) && gpusOf(model.model, model.runner, declared) > 0;
}

function hours(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
