import * as z from "zod/mini";
import { idSchema as id, shaSchema as sha } from "../../src/github/ids.ts";
import { pullRequestOfVerdict } from "../../src/report/check.ts";
import { accountSchema, buttons, digestOfCheck } from "../request.ts";
import { action, type Handler, namedPullRequests, onlyPullRequest, pullRequest } from "./handler.ts";

const schema = z.object({
  action,
  check_run: z.object({
    head_sha: sha,
    external_id: z.nullable(z.string().check(z.maxLength(1_000))),
    app: z.object({ id }),
    output: z.optional(z.object({ title: z.nullish(z.string()), summary: z.nullish(z.string()), text: z.nullish(z.string()) })),
    pull_requests: namedPullRequests,
  }),
  requested_action: z.optional(z.object({ identifier: z.string().check(z.maxLength(100)) })),
  sender: accountSchema,
});

export const onCheckRun: Handler = (payload, { guid, receivedAt, appId }) => {
  const { action: what, check_run: check, requested_action, sender } = schema.parse(payload);
  if (check.app.id !== appId) return undefined;
  // GitHub names no pull request of a fork; what we wrote into our own check does.
  const number = pullRequestOfVerdict(check.external_id ?? "") ?? onlyPullRequest(payload, check.pull_requests);
  if (number === undefined) return undefined;
  const subject = pullRequest(payload, number);
  if (what === "rerequested") return { subject };
  const button = buttons.find((known) => known === requested_action?.identifier);
  if (what !== "requested_action" || button === undefined) return undefined;
  return {
    subject,
    request: {
      kind: "button",
      id: guid,
      button,
      by: sender,
      headSha: check.head_sha,
      ...(check.output && { said: digestOfCheck(check.output) }),
      at: receivedAt.toISOString(),
    },
  };
};
