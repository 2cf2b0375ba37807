import * as z from "zod/mini";
import type { WorkflowRun } from "../../src/github/runs.ts";
import { type Subject, subjectSchema } from "../subject.ts";
import { type Context, connect } from "./context.ts";
import { queuedKey, startedKey } from "./remembered.ts";

type RunSubject = Extract<Subject, { kind: "run" }>;

/**
 * Finds out whose run it is, and has that looked at: of a run that the app started and of a merge queue's commit by what it recorded,
 * else the open pull requests whose head is exactly the run's commit. GitHub names no pull request in runs of forks.
 */
export async function reconcileRun(context: Context, subject: RunSubject, signal: AbortSignal): Promise<void> {
  const { repository, runId } = subject;
  const started = await context.store.recall(startedKey(repository, runId));
  if (typeof started === "number") return context.store.enqueue({ kind: "pull-request", repository, number: started });
  const github = await connect(context, repository, signal);
  const run = await github.runs.get(runId);
  if (run?.event === "merge_group") {
    // Where the queue was not heard of yet, its run is looked at when it is.
    const queued = z.safeParse(subjectSchema, await context.store.recall(queuedKey(repository, run.headSha))).data;
    return queued && context.store.enqueue(queued);
  }
  if (run?.event !== "pull_request" || !run.headOwner || !run.headBranch) return;
  const pulls = await github.pullRequests.listByHead(run.headOwner, run.headBranch);
  for (const { number } of pulls.filter((pull) => isHeadOf(run, pull.head)))
    await context.store.enqueue({ kind: "pull-request", repository, number });
}

function isHeadOf(run: WorkflowRun, head: { sha: string; repositoryId?: number | undefined }): boolean {
  return head.sha === run.headSha && head.repositoryId !== undefined && head.repositoryId === run.headRepositoryId;
}
