import * as z from "zod/mini";
import { UnknownRequestError } from "../api-error.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { userOf } from "../state.ts";
import { nodeId } from "../views/users.ts";

export const graphqlRoutes: readonly Route[] = [{ method: "POST", pattern: "/graphql", anyOf: ["metadata:read"], handle: query }];

const queryShape = z.object({ query: z.string(), variables: z.optional(z.looseObject({})) });

/** GraphQL answers two questions here: who am I, also to the token of a workflow or an app, and whether a comment was edited. */
async function query(call: Call): Promise<Answer> {
  const asked = readBody(call, queryShape)
    .query.replaceAll(/[\s,]+/g, " ")
    .trim()
    .replace(/^query (?=\{)/, "");
  if (/^\{ ?viewer ?\{ ?(login databaseId|databaseId login) ?\} ?\}$/.test(asked)) {
    const { login, id } = userOf(call.state, call.caller.login);
    return answer({ viewer: { login, databaseId: id } });
  }
  const node = /^\{ ?node\(id: "([\w=-]+)"\) ?\{ ?\.\.\. on IssueComment ?\{ ?lastEditedAt ?\} ?\} ?\}$/.exec(asked)?.[1];
  if (node === undefined) throw new UnknownRequestError(404, `The embedded GitHub knows no answer to ${asked}`);
  const comment = [...call.state.comments.values()].find(({ id }) => nodeId("IssueComment", id) === node);
  const isSeen = comment && call.caller.repositories.has(comment.repository);
  return answer({ node: isSeen ? { lastEditedAt: comment.lastEditedAt } : null });
}

function answer(data: object): Answer {
  return { status: 200, json: { data } };
}
