import { runEvent } from "./events.ts";
import { resolveCommit } from "./git/commits.ts";
import { knownRepository } from "./pull-request-lifecycle.ts";
import { jobsOf } from "./run-status.ts";
import { type Job, newBackendId, type State, timestamp, userOf, type WorkflowRun } from "./state.ts";

export interface RunRequest {
  repository: string;
  event: string;
  /** `.github/workflows/models.yml` */
  workflowPath: string;
  headSha: string;
  headBranch: string;
  /** Number of the pull request that triggered it. */
  pullRequest?: number | undefined;
  /** Who triggered it; default the author of the pull request, else the owner. */
  actor?: string | undefined;
  /** What the workflow's `run-name` makes of it; default the pull request's title or the commit's. */
  title?: string | undefined;
  /** What a dispatch gave it. */
  inputs?: Readonly<Record<string, string>> | undefined;
  /** Reusable workflows that it calls: `owner/name/.github/workflows/x.yml@ref`, and the commit that is used. */
  referencedWorkflows?: readonly { path: string; sha: string; ref?: string }[] | undefined;
}

export async function startRun(state: State, request: RunRequest): Promise<WorkflowRun> {
  const repository = knownRepository(state, request.repository);
  const pullRequest = request.pullRequest === undefined ? undefined : state.pullRequests.get(request.pullRequest);
  if (request.pullRequest !== undefined && !pullRequest) throw new Error(`There is no pull request ${request.pullRequest}.`);
  if ((await resolveCommit(repository.git, request.headSha)) === undefined) {
    throw new Error(`${repository.fullName} has no commit ${request.headSha}; push it first.`);
  }
  const actor = request.actor ?? pullRequest?.author ?? repository.owner;
  userOf(state, actor);
  const siblings = [...state.runs.values()].filter(
    (run) => run.repository === repository && run.workflowPath === request.workflowPath,
  );
  const run: WorkflowRun = {
    id: state.nextId(),
    repository,
    headRepository: pullRequest?.headRepository ?? repository,
    runNumber: siblings.length + 1,
    event: request.event,
    workflowPath: request.workflowPath,
    workflowId: siblings[0]?.workflowId ?? state.nextId(),
    headSha: request.headSha,
    headBranch: request.headBranch,
    pullRequest,
    actor,
    title: request.title,
    inputs: request.inputs ?? {},
    referencedWorkflows: request.referencedWorkflows ?? [],
    conclusion: undefined,
    createdAt: timestamp(),
    backendId: newBackendId(),
  };
  state.runs.set(run.id, run);
  await runEvent(state, run, "requested");
  return run;
}

export interface JobRequest {
  name: string;
  /** What it asks of a runner; default `ubuntu-latest`. */
  labels?: readonly string[] | undefined;
  /** When it started; default now. */
  minutesAgo?: number | undefined;
}

/** Starts a job. As on GitHub it shows on the commit as a check run of the Actions app, with the same id. */
export function startJob(state: State, run: WorkflowRun, { name, labels = ["ubuntu-latest"], minutesAgo = 0 }: JobRequest): Job {
  const now = timestamp(-minutesAgo * 60_000);
  const id = state.nextId();
  const job: Job = {
    id,
    run,
    name,
    status: "in_progress",
    conclusion: null,
    labels,
    createdAt: now,
    startedAt: now,
    completedAt: null,
    backendId: newBackendId(),
  };
  state.jobs.set(id, job);
  state.checkRuns.set(id, {
    id,
    repository: run.repository,
    name,
    headSha: run.headSha,
    appSlug: "github-actions",
    externalId: job.backendId,
    detailsUrl: null,
    status: job.status,
    conclusion: null,
    startedAt: now,
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  });
  return job;
}

export function completeJob(state: State, job: Job, conclusion: string): void {
  const completed = { status: "completed" as const, conclusion, completedAt: timestamp() };
  Object.assign(job, completed);
  const check = state.checkRuns.get(job.id);
  if (check) Object.assign(check, completed);
}

/** Ends the run, with what its jobs ended with unless something else is said; those that go on end with it. */
export async function endRun(state: State, run: WorkflowRun, conclusion?: string): Promise<void> {
  const jobs = jobsOf(state, run);
  const failed = jobs.find((job) => job.status === "completed" && job.conclusion !== "success" && job.conclusion !== "skipped");
  run.conclusion = conclusion ?? failed?.conclusion ?? "success";
  for (const job of jobs) if (job.status !== "completed") completeJob(state, job, run.conclusion);
  await runEvent(state, run, "completed");
}
