import { notFound } from "../api-error.ts";
import { readCommit } from "../git-diff.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import type { WorkflowRun } from "../state.ts";
import { jobsOf, jobView, runView } from "../views/runs.ts";

export const runRoutes: readonly Route[] = [
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

/** Newest first. The workflow is named by its file. */
async function listRunsOfWorkflow(call: Call): Promise<Answer> {
  const { state, repository, url } = call;
  const path = `.github/workflows/${call.param("workflow")}`;
  const ofWorkflow = [...state.runs.values()].filter((run) => run.repository === repository && run.workflowPath === path);
  if (ofWorkflow.length === 0) throw notFound();
  const query = (name: string) => url.searchParams.get(name);
  const found = ofWorkflow.filter(
    ({ event, headBranch }) => (query("event") ?? event) === event && (query("branch") ?? headBranch) === headBranch,
  );
  const { page, headers } = paginate(call, found.toReversed());
  const runs = page.map(async (run) => runView(state, run, await readCommit(repository.git, run.headSha)));
  return { status: 200, headers, json: { total_count: found.length, workflow_runs: await Promise.all(runs) } };
}

async function listJobs(call: Call): Promise<Answer> {
  const jobs = jobsOf(call.state, runOf(call));
  const { page, headers } = paginate(call, jobs);
  return { status: 200, headers, json: { total_count: jobs.length, jobs: page.map((job) => jobView(call.state, job)) } };
}
