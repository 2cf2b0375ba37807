import { notFound } from "../api-error.ts";
import { readCommit, resolveCommit } from "../git/commits.ts";
import { findEntry } from "../git/trees.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import { jobsOf, statusOf } from "../run-status.ts";
import type { WorkflowRun } from "../state.ts";
import { jobView, runView } from "../views/runs.ts";

export const runRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runs", anyOf: ["actions:read"], handle: listRuns },
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runs/{id}", anyOf: ["actions:read"], handle: getRun },
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runs/{id}/jobs", anyOf: ["actions:read"], handle: listJobs },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/actions/workflows/{workflow}/runs",
    anyOf: ["actions:read"],
    handle: listRunsOfWorkflow,
  },
];

export function runOf(call: Call): WorkflowRun {
  const run = call.state.runs.get(idParam(call, "id"));
  if (!run || run.repository !== call.repository) throw notFound();
  return run;
}

async function getRun(call: Call): Promise<Answer> {
  const run = runOf(call);
  return { status: 200, json: runView(call.state, run, await readCommit(call.repository.git, run.headSha)) };
}

async function listRuns(call: Call): Promise<Answer> {
  return listAnswer(
    call,
    [...call.state.runs.values()].filter((run) => run.repository === call.repository),
  );
}

async function listRunsOfWorkflow(call: Call): Promise<Answer> {
  return listAnswer(call, runsOfWorkflow(call, await workflowPathOf(call)));
}

function runsOfWorkflow({ state, repository }: Call, path: string): readonly WorkflowRun[] {
  return [...state.runs.values()].filter((run) => run.repository === repository && run.workflowPath === path);
}

/** The workflow is named by its file. GitHub knows those of the default branch and those that ran. */
export async function workflowPathOf(call: Call): Promise<string> {
  const { git, defaultBranch } = call.repository;
  const path = `.github/workflows/${call.param("workflow")}`;
  if (runsOfWorkflow(call, path).length > 0) return path;
  const tip = await resolveCommit(git, `refs/heads/${defaultBranch}`);
  if (tip === undefined || !(await findEntry(git, tip, path))) throw notFound();
  return path;
}

/** Newest first, a thousand at most. */
async function listAnswer(call: Call, runs: readonly WorkflowRun[]): Promise<Answer> {
  const { state, repository, url } = call;
  const asked = (name: string, ...values: readonly (string | null)[]) => {
    const wanted = url.searchParams.get(name);
    return wanted === null || values.includes(wanted);
  };
  const found = runs
    .filter((run) => {
      const { status, conclusion } = statusOf(state, run);
      const { event, headBranch, headSha, actor } = run;
      const named = asked("event", event) && asked("branch", headBranch) && asked("head_sha", headSha) && asked("actor", actor);
      return named && asked("status", status, conclusion);
    })
    .toReversed()
    .slice(0, 1000);
  const { page, headers } = paginate(call, found);
  const views = page.map(async (run) => runView(state, run, await readCommit(repository.git, run.headSha)));
  return { status: 200, headers, json: { total_count: found.length, workflow_runs: await Promise.all(views) } };
}

async function listJobs(call: Call): Promise<Answer> {
  const jobs = jobsOf(call.state, runOf(call));
  const { page, headers } = paginate(call, jobs);
  return { status: 200, headers, json: { total_count: jobs.length, jobs: page.map((job) => jobView(call.state, job)) } };
}
