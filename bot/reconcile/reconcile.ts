import type { Reconcile } from "../queue/store.ts";
import { keyOf, type Subject } from "../subject.ts";
import type { Context } from "./context.ts";
import { reconcileGate } from "./gate.ts";
import { isOfGone } from "./gone.ts";
import { reconcileMergeGroup } from "./merge-group.ts";
import { obeyingLimits } from "./obey-limits.ts";
import { reconcilePullRequest } from "./pull-request.ts";
import { reconcileRun } from "./run.ts";

/** Brings whatever a subject is about to the state that it should be in. */
export function createReconcile(context: Context): Reconcile {
  return obeyingLimits(async (subject, signal) => {
    try {
      await reconcile(context, subject, signal);
    } catch (error) {
      if (signal.aborted || !(await isOfGone(context, subject.repository, error))) throw error;
      return;
    }
    context.looked.add(keyOf(subject));
  });
}

function reconcile(context: Context, subject: Subject, signal: AbortSignal): Promise<void> {
  switch (subject.kind) {
    case "pull-request":
      return reconcilePullRequest(context, subject, signal);
    case "merge-group":
      return reconcileMergeGroup(context, subject, signal);
    case "run":
      return reconcileRun(context, subject, signal);
    case "gate":
      return reconcileGate(context, subject, signal);
  }
}
