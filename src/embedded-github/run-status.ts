import type { Job, State, WorkflowRun } from "./state.ts";

/** It waits until it has a job, and at a gate. Between two jobs it goes on: only who runs it knows that no other comes. */
export function statusOf(state: State, run: WorkflowRun) {
  if (run.conclusion !== undefined) return { status: "completed", conclusion: run.conclusion } as const;
  if ([...state.gates.values()].some((gate) => gate.run === run && gate.state === "waiting"))
    return { status: "waiting", conclusion: null } as const;
  return { status: jobsOf(state, run).length === 0 ? "queued" : "in_progress", conclusion: null } as const;
}

export function jobsOf(state: State, run: WorkflowRun): readonly Job[] {
  return [...state.jobs.values()].filter((job) => job.run === run);
}
