import * as z from "zod/mini";
import { idSchema as id } from "../../src/github/ids.ts";
import { action, type Handler, namedPullRequests, onlyPullRequest, placeOf, pullRequest } from "./handler.ts";

const schema = z.object({
  action,
  workflow_run: z.object({
    id,
    event: z.string().check(z.maxLength(100)),
    run_attempt: z.optional(z.int()),
    pull_requests: namedPullRequests,
  }),
});

const events = new Set(["pull_request", "merge_group", "workflow_dispatch"]);

export const onWorkflowRun: Handler = (payload) => {
  const { action: what, workflow_run: run } = schema.parse(payload);
  // What is known of a run is known when it is over; started again, it is open again.
  const matters = what === "completed" || (what === "in_progress" && (run.run_attempt ?? 1) > 1);
  if (!matters) return undefined;
  if (!events.has(run.event)) return undefined;
  // GitHub names no pull request of a fork, and for a dispatched run those of the branch that it was started on.
  const number = run.event === "pull_request" ? onlyPullRequest(payload, run.pull_requests) : undefined;
  return {
    subject: number === undefined ? { kind: "run", repository: placeOf(payload), runId: run.id } : pullRequest(payload, number),
  };
};
