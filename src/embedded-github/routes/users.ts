import * as z from "zod/mini";
import { ApiError, UnknownRequestError } from "../api-error.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { userOf } from "../state.ts";
import { publicUser } from "../views/users.ts";

export const userRoutes: readonly Route[] = [
  { method: "GET", pattern: "/user", anyOf: ["metadata:read"], handle: getUser },
  { method: "POST", pattern: "/graphql", anyOf: ["metadata:read"], handle: queryViewer },
];

/** A workflow's token is no user's. */
async function getUser(call: Call): Promise<Answer> {
  if (call.caller.kind === "workflow") throw new ApiError(403, "Resource not accessible by integration");
  return { status: 200, json: publicUser(call.state, userOf(call.state, call.caller.login)) };
}

const queryShape = z.object({ query: z.string(), variables: z.optional(z.looseObject({})) });

/** GraphQL answers one question here: who am I? It also answers it to a workflow's token. */
async function queryViewer(call: Call): Promise<Answer> {
  const { query } = readBody(call, queryShape);
  const asked = query.replaceAll(/[\s,]+/g, " ").trim();
  if (!/^(query )?\{ ?viewer ?\{ ?(login databaseId|databaseId login) ?\} ?\}$/.test(asked)) {
    throw new UnknownRequestError(404, `The embedded GitHub knows only { viewer { login databaseId } }, not ${asked}`);
  }
  const { login, id } = userOf(call.state, call.caller.login);
  return { status: 200, json: { data: { viewer: { login, databaseId: id } } } };
}
