import type { WorkflowRun } from "../github/runs.ts";
import type { StartedRun } from "../trust/verify-run.ts";

/** A run that can speak for a commit, and how it came to be. */
export interface Candidate {
  run: WorkflowRun;
  /** What was recorded when the app started it; undefined: an event did. */
  started: StartedRun | undefined;
}

/**
 * The runs that can speak for a commit: those of Assay's workflow first, then the newest. A fork's own runs give way to those that the app started: what they say
 * is a claim.
 * @param ofHead runs on the commit
 * @param started runs that the app started for it
 * @param workflow path of Assay's workflow, where it is known
 */
export function rankRuns(
  ofHead: readonly WorkflowRun[],
  started: readonly Candidate[],
  { event, isFork, workflow }: { event: "pull_request" | "merge_group"; isFork: boolean; workflow: unknown },
): readonly Candidate[] {
  const own = ofHead.filter((run) => run.event === event).map((run): Candidate => ({ run, started: undefined }));
  // Of a workflow only the newest speaks, also while it runs and when it was cancelled.
  const isNewest = ({ run }: Candidate) => !own.some((other) => other.run.path === run.path && other.run.id > run.id);
  const candidates = isFork && started.length > 0 ? started : [...own.filter(isNewest), ...started];
  const isOther = ({ run }: Candidate) => Number(run.path !== workflow);
  // While Assay's own runs no other speaks.
  const isAwaited = candidates.some(({ run }) => run.path === workflow && run.status !== "completed");
  const speaking = isAwaited ? candidates.filter(({ run }) => run.path === workflow) : candidates;
  return speaking.toSorted(
    (a, b) => isOther(a) - isOther(b) || b.run.createdAt.localeCompare(a.run.createdAt) || b.run.id - a.run.id,
  );
}
