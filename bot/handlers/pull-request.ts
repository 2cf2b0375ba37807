import * as z from "zod/mini";
import { idSchema as id } from "../../src/github/ids.ts";
import { pullRequestPayload, pullRequestSchema } from "../../src/github/pull-request-schema.ts";
import type { PullRequest } from "../../src/github/pull-requests.ts";
import { action, type Handler, pullRequest } from "./handler.ts";

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

/** After these there is a head that nobody has looked at. */
const pushes = new Set(["opened", "synchronize"]);

/** What cannot be understood is read from GitHub. */
function pushedIn(payload: unknown): PullRequest | undefined {
  const { data } = z.safeParse(z.object({ pull_request: z.pipe(pullRequestPayload, pullRequestSchema) }), payload);
  return data?.pull_request;
}

export const onPullRequest: Handler = (payload) => {
  const { action: what, pull_request, changes } = schema.parse(payload);
  // Title and text decide nothing; another base is another law.
  const matters = actions.has(what) || (what === "edited" && changes?.base !== undefined);
  if (!matters) return undefined;
  return { subject: pullRequest(payload, pull_request.number, pushes.has(what) ? pushedIn(payload) : undefined) };
};
