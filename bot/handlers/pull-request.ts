import * as z from "zod/mini";
import { idSchema as id, shaSchema as sha } from "../../src/github/ids.ts";
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
  pull_request: z.object({ number: id, head: z.optional(z.object({ sha })) }),
  changes: z.optional(z.object({ base: z.optional(z.unknown()) })),
});

/** After these there is a head that nobody has looked at. */
const pushes = new Set(["opened", "synchronize"]);

/** What cannot be understood is read from GitHub. */
function pushedIn(payload: unknown): PullRequest | undefined {
  const { data } = z.safeParse(z.object({ pull_request: z.pipe(pullRequestPayload, pullRequestSchema) }), payload);
  return data?.pull_request;
}

export const onPullRequest: Handler = (payload, { guid }) => {
  const { action: what, pull_request, changes } = schema.parse(payload);
  const { number, head } = pull_request;
  // Title and text decide nothing; another base is another law.
  if (what === "edited" && changes?.base !== undefined) {
    const request = head && ({ kind: "retarget", id: guid, headSha: head.sha } as const);
    return { subject: pullRequest(payload, number), request };
  }
  return actions.has(what)
    ? { subject: pullRequest(payload, number, pushes.has(what) ? pushedIn(payload) : undefined) }
    : undefined;
};
