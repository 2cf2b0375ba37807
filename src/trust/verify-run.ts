import type { Comparison } from "../github/contents.ts";
import type { WorkflowRun } from "../github/runs.ts";

/** What a run is asked to speak for. */
export interface JudgedCommit {
  /** `owner/name` and id of the repository that the change is to be merged into. */
  repository: { id: number; fullName: string };
  headSha: string;
  /** Undefined for the commit of a merge queue. */
  pullRequest?: number | undefined;
  /** Since when the pull request is there and goes to the branch that it goes to now, as far as it is known. */
  since?: string | undefined;
  /** The head is one that the pull request, or another one, had as it went to another branch. */
  isRetargeted?: boolean | undefined;
  /** The branch that it goes to. */
  baseRef?: string | undefined;
  /** Undefined when the head's repository is gone. */
  headRepositoryId: number | undefined;
  /** What the change makes different; undefined when GitHub does not know. */
  comparison: Comparison | undefined;
}

/** A run that the app started, as it recorded it then. */
export interface StartedRun {
  runId?: number | undefined;
  /** Commit that it was to train. */
  headSha: string;
  /** Path of the workflow, and the branch whose version of it ran. */
  workflow: string;
  ref: string;
}

/**
 * Why a run's numbers are claims and no evidence; undefined when they may be believed as far as the trained commit may. A run that
 * was started by an event runs the workflow as the change has it, so that must be the base branch's; one that the app started runs
 * the base branch's.
 */
export function whyUnverified(run: WorkflowRun, of: JudgedCommit, started: StartedRun | undefined): string | undefined {
  if (run.repositoryId !== of.repository.id) return "it is a run of another repository";
  if (started) {
    if (run.id !== started.runId || run.event !== "workflow_dispatch")
      return "it is not the run that was started for this commit";
    if (started.headSha !== of.headSha) return `it was started for \`${started.headSha.slice(0, 7)}\``;
    if (run.path !== started.workflow || run.headBranch !== started.ref)
      return "it ran another workflow than the one that was started";
    if (of.baseRef !== undefined && started.ref !== of.baseRef)
      return `it was started on \`${started.ref}\`, and #${of.pullRequest} goes to \`${of.baseRef}\``;
    return undefined;
  }
  if (run.event !== "pull_request" && run.event !== "merge_group") return `it was started by \`${run.event}\``;
  if (run.headSha !== of.headSha) return `it ran on \`${run.headSha.slice(0, 7)}\``;
  if (of.headRepositoryId === undefined || run.headRepositoryId !== of.headRepositoryId)
    return "its commit comes from another repository than the pull request";
  if (of.headRepositoryId !== of.repository.id) return "a fork runs its own version of the workflow";
  // GitHub names the pull requests that have the commit now, and not the one whose base's workflow ran.
  if (of.isRetargeted || (of.since !== undefined && Date.parse(run.createdAt) < Date.parse(of.since)))
    return `it may be of another branch, to which its commit went before #${of.pullRequest} went to the branch that it goes to: push again`;
  // Another pull request of the same commit may have another base branch, whose workflow ran.
  const other = run.pullRequests.find(({ number, headSha }) => number !== of.pullRequest && headSha === of.headSha);
  if (of.pullRequest !== undefined && other)
    return `it may be of #${other.number}, whose head is the same commit: close one of the two and push again`;
  return whyWorkflowDiffers(run, of);
}

function whyWorkflowDiffers(run: WorkflowRun, { repository, comparison }: JudgedCommit): string | undefined {
  if (!comparison?.complete) return "the pull request changes more files than GitHub lists, so its workflow cannot be compared";
  const changed = new Set(comparison.paths);
  const called = run.referencedWorkflows.flatMap(({ path }) => {
    const local = path.replace(/@.*$/, "");
    return local.startsWith(`${repository.fullName}/`) ? [local.slice(repository.fullName.length + 1)] : [];
  });
  const workflow = [run.path, ...called].find((path) => changed.has(path));
  if (workflow !== undefined) return "the pull request changes the workflow that made it";
  // An action of the repository's own runs in the jobs that plan and judge.
  if (comparison.paths.some((path) => /^\.github\/actions\/|(^|\/)action\.ya?ml$/.test(path)))
    return "the pull request changes an action that its workflow may use";
  return undefined;
}
