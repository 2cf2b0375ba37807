import * as z from "zod/mini";
import { idSchema as id } from "../../src/github/ids.ts";
import { parseCommand } from "../commands/parse-command.ts";
import { action, type Handler, pullRequest } from "./handler.ts";

const schema = z.object({
  action,
  issue: z.object({ number: id, pull_request: z.optional(z.unknown()) }),
  comment: z.object({ id, body: z.nullable(z.string()) }),
});

/** An edited comment asks for nothing: who edited it need not be who wrote it. */
export const onIssueComment: Handler = (payload) => {
  const { action: what, issue, comment } = schema.parse(payload);
  if (what !== "created" || issue.pull_request === undefined) return undefined;
  if (parseCommand(comment.body ?? "").kind === "none") return undefined;
  return { subject: pullRequest(payload, issue.number), request: { kind: "comment", id: comment.id } };
};
