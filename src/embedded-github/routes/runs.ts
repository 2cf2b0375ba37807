import { notFound } from "../api-error.ts";
import { readCommit } from "../git-diff.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import type { WorkflowRun } from "../state.ts";
import { jobsOf, jobView, runView } from "../views/runs.ts";

export const runRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runs/{id}", anyOf: ["actions:read"], handle: getRun },
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runs/{id}/jobs", anyOf: ["actions:read"], handle: listJobs },
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

async function listJobs(call: Call): Promise<Answer> {
  const jobs = jobsOf(call.state, runOf(call));
  const { page, headers } = paginate(call, jobs);
  return { status: 200, headers, json: { total_count: jobs.length, jobs: page.map((job) => jobView(call.state, job)) } };
}
