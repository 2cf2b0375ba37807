import * as z from "zod/mini";
import { type Answer, type Call, paginate, type Route, readBody } from "../route.ts";
import { type Reaction, reactionContents, type State, timestamp, userOf } from "../state.ts";
import { nodeId, simpleUser } from "../views/users.ts";
import { commentOf, mayComment, mayReadComments } from "./comments.ts";

const pattern = "/repos/{owner}/{repo}/issues/comments/{id}/reactions";
export const reactionRoutes: readonly Route[] = [
  { method: "GET", pattern, anyOf: mayReadComments, handle: listReactions },
  { method: "POST", pattern, anyOf: mayComment, handle: react },
];

const shape = z.object({ content: z.enum(reactionContents) });

async function listReactions(call: Call): Promise<Answer> {
  const content = call.url.searchParams.get("content");
  const found = commentOf(call).reactions.filter((reaction) => content === null || reaction.content === content);
  const { page, headers } = paginate(call, found);
  return { status: 200, headers, json: page.map((reaction) => reactionView(call.state, reaction)) };
}

/** One of a kind by an account: again is 200 and changes nothing. */
async function react(call: Call): Promise<Answer> {
  const { state, caller } = call;
  const { reactions } = commentOf(call);
  const { content } = readBody(call, shape);
  const existing = reactions.find((reaction) => reaction.content === content && reaction.author === caller.login);
  if (existing) return { status: 200, json: reactionView(state, existing) };
  const reaction: Reaction = { id: state.nextId(), content, author: userOf(state, caller.login).login, createdAt: timestamp() };
  reactions.push(reaction);
  return { status: 201, json: reactionView(state, reaction) };
}

/** GitHub's `reaction`. */
function reactionView(state: State, { id, content, author, createdAt }: Reaction) {
  return { id, node_id: nodeId("Reaction", id), user: simpleUser(state, userOf(state, author)), content, created_at: createdAt };
}
