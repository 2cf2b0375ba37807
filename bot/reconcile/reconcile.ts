import { GitHubError } from "../../src/errors/errors.ts";
import { ComeBackLater, type Reconcile } from "../queue/store.ts";
import type { Subject } from "../subject.ts";
import type { Context } from "./context.ts";
import { reconcileMergeGroup } from "./merge-group.ts";
import { reconcilePullRequest } from "./pull-request.ts";
import { reconcileRun } from "./run.ts";

/** Brings whatever a subject is about to the state that it should be in. */
export function createReconcile(context: Context): Reconcile {
  return (subject, signal) => obeyingLimits(() => reconcile(context, subject, signal));
}

/** Where GitHub asks for a pause the subject waits for its end: that is no failed try. */
async function obeyingLimits(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof GitHubError && error.retryAt) throw new ComeBackLater(error.retryAt, error.message, { cause: error });
    throw error;
  }
}

function reconcile(context: Context, subject: Subject, signal: AbortSignal): Promise<void> {
  switch (subject.kind) {
    case "pull-request":
      return reconcilePullRequest(context, subject, signal);
    case "merge-group":
      return reconcileMergeGroup(context, subject, signal);
    case "run":
      return reconcileRun(context, subject, signal);
  }
}
