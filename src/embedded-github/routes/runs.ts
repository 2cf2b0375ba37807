import { notFound } from "../api-error.ts";
import { readCommit } from "../git-diff.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import { jobsOf, statusOf } from "../run-lifecycle.ts";
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

/** The workflow is named by its file. */
async function listRunsOfWorkflow(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const path = `.github/workflows/${call.param("workflow")}`;
  const runs = [...state.runs.values()].filter((run) => run.repository === repository && run.workflowPath === path);
  if (runs.length === 0) throw notFound();
  return listAnswer(call, runs);
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
