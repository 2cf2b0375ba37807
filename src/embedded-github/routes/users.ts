import { ApiError, notFound } from "../api-error.ts";
import type { Answer, Call, Route } from "../route.ts";
import { userOf } from "../state.ts";
import { publicUser } from "../views/users.ts";

export const userRoutes: readonly Route[] = [
  { method: "GET", pattern: "/user", anyOf: ["metadata:read"], handle: getUser },
  { method: "GET", pattern: "/users/{username}", anyOf: ["metadata:read"], handle: getByName },
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
