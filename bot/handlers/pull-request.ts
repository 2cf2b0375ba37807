import * as z from "zod/mini";
import { action, type Handler, id, pullRequest } from "./handler.ts";

const actions = new Set([
  "opened",
  "synchronize",
  "reopened",
  "ready_for_review",
  "converted_to_draft",
  "labeled",
  "unlabeled",
  "closed",
]);

const schema = z.object({
  action,
  pull_request: z.object({ number: id }),
  changes: z.optional(z.object({ base: z.optional(z.unknown()) })),
});

export const onPullRequest: Handler = (payload) => {
  const { action: what, pull_request, changes } = schema.parse(payload);
  // Title and text decide nothing; another base is another law.
  const matters = actions.has(what) || (what === "edited" && changes?.base !== undefined);
  return matters ? { subject: pullRequest(payload, pull_request.number) } : undefined;
};
