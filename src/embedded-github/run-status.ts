import type { Job, State, WorkflowRun } from "./state.ts";

/** It waits until it has a job, and unless somebody ended it, it is over when all of its jobs are. */
export function statusOf(
  state: State,
  run: WorkflowRun,
): { status: "queued" | "in_progress" | "completed"; conclusion: string | null } {
  if (run.conclusion !== undefined) return { status: "completed", conclusion: run.conclusion };
  const jobs = jobsOf(state, run);
  if (jobs.length === 0) return { status: "queued", conclusion: null };
  if (jobs.some((job) => job.status !== "completed")) return { status: "in_progress", conclusion: null };
  const failed = jobs.find((job) => job.conclusion !== "success" && job.conclusion !== "skipped");
  return { status: "completed", conclusion: failed?.conclusion ?? "success" };
}

export function jobsOf(state: State, run: WorkflowRun): readonly Job[] {
  return [...state.jobs.values()].filter((job) => job.run === run);
}
