import * as z from "zod/mini";
import { idSchema as id } from "../../src/github/ids.ts";
import { action, type Handler, pullRequest } from "./handler.ts";

const schema = z.object({
  action,
  pull_request: z.object({ number: id }),
  review: z.object({ id, state: z.string().check(z.maxLength(100)) }),
});

export const onPullRequestReview: Handler = (payload) => {
  const { action: what, pull_request, review } = schema.parse(payload);
  const decides = what === "submitted" && review.state.toLowerCase() !== "commented";
  if (!decides && what !== "dismissed") return undefined;
  return { subject: pullRequest(payload, pull_request.number), request: { kind: "review", id: review.id } };
};
