import * as z from "zod/mini";
import { ApiError, notFound, UnknownRequestError } from "../api-error.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { userOf } from "../state.ts";
import { publicUser } from "../views/users.ts";

export const userRoutes: readonly Route[] = [
  { method: "GET", pattern: "/user", anyOf: ["metadata:read"], handle: getUser },
  { method: "GET", pattern: "/users/{username}", anyOf: ["metadata:read"], handle: getByName },
  { method: "POST", pattern: "/graphql", anyOf: ["metadata:read"], handle: queryViewer },
];

/** The token of a workflow or an app is no user's. */
async function getUser(call: Call): Promise<Answer> {
  if (call.caller.kind !== "user") throw new ApiError(403, "Resource not accessible by integration");
  return { status: 200, json: publicUser(call.state, userOf(call.state, call.caller.login)) };
}

async function getByName(call: Call): Promise<Answer> {
  const user = call.state.users.get(call.param("username"));
  if (!user) throw notFound();
  return { status: 200, json: publicUser(call.state, user) };
}

const queryShape = z.object({ query: z.string(), variables: z.optional(z.looseObject({})) });

/** GraphQL answers one question here: who am I? It also answers it to the token of a workflow or an app. */
async function queryViewer(call: Call): Promise<Answer> {
  const { query } = readBody(call, queryShape);
  const asked = query.replaceAll(/[\s,]+/g, " ").trim();
  if (!/^(query )?\{ ?viewer ?\{ ?(login databaseId|databaseId login) ?\} ?\}$/.test(asked)) {
    throw new UnknownRequestError(404, `The embedded GitHub knows only { viewer { login databaseId } }, not ${asked}`);
  }
  const { login, id } = userOf(call.state, call.caller.login);
  return { status: 200, json: { data: { viewer: { login, databaseId: id } } } };
}
