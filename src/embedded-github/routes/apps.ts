import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { issueInstallationToken } from "../app-tokens.ts";
import { createApp } from "../apps.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import type { App, Installation } from "../state.ts";
import { appView, installationView } from "../views/apps.ts";
import { repositoryView } from "../views/repositories.ts";

export const appRoutes: readonly Route[] = [
  { method: "GET", pattern: "/app", anyOf: ["app"], handle: getApp },
  { method: "GET", pattern: "/app/installations", anyOf: ["app"], handle: listInstallations },
  { method: "POST", pattern: "/app/installations/{id}/access_tokens", anyOf: ["app"], handle: createToken },
  { method: "GET", pattern: "/repos/{owner}/{repo}/installation", anyOf: ["app"], handle: getInstallation },
  { method: "POST", pattern: "/app-manifests/{code}/conversions", anyOf: ["none"], handle: createFromManifest },
  { method: "GET", pattern: "/installation/repositories", anyOf: ["metadata:read"], handle: listRepositories },
];

function callingApp({ caller }: Call): App {
  if (!caller.app) throw new Error("the route asks for no app");
  return caller.app;
}

async function createFromManifest({ state, param }: Call): Promise<Answer> {
  const manifest = state.manifestCodes.get(param("code"));
  if (!manifest) throw notFound();
  state.manifestCodes.delete(param("code"));
  const { name, hook_attributes: hook, default_permissions: permissions, default_events: events } = manifest;
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const webhookSecret = randomBytes(20).toString("hex");
  const created = await createApp(state, { slug, permissions, events, webhookUrl: hook.url, webhookSecret });
  const app = state.apps.get(created.id);
  if (!app) throw new Error("the app is not there");
  const secrets = { client_secret: randomBytes(20).toString("hex"), webhook_secret: webhookSecret, pem: created.privateKey };
  return { status: 201, json: { ...appView(state, app), ...secrets } };
}

async function getApp(call: Call): Promise<Answer> {
  const app = callingApp(call);
  return { status: 200, json: { ...appView(call.state, app), installations_count: installationsOf(call).length } };
}

function installationsOf(call: Call): readonly Installation[] {
  return [...call.state.installations.values()].filter(({ app }) => app === callingApp(call));
}

async function listInstallations(call: Call): Promise<Answer> {
  const { page, headers } = paginate(call, installationsOf(call));
  return { status: 200, headers, json: page.map((installation) => installationView(call.state, installation)) };
}

async function getInstallation(call: Call): Promise<Answer> {
  const installation = installationsOf(call).find(({ repositories }) => repositories.has(call.repository));
  if (!installation) throw notFound();
  return { status: 200, json: installationView(call.state, installation) };
}

const tokenShape = z.object({
  repositories: z.optional(z.array(z.string())),
  repository_ids: z.optional(z.array(z.int())),
  permissions: z.optional(z.record(z.string(), z.enum(["read", "write"]))),
});

async function createToken(call: Call): Promise<Answer> {
  const installation = installationsOf(call).find(({ id }) => id === idParam(call, "id"));
  if (!installation) throw notFound();
  const body = call.body.length === 0 ? {} : readBody(call, tokenShape);
  const issued = issueInstallationToken(call.state, installation, {
    repositories: chosenOf(installation, body),
    permissions: body.permissions,
  });
  return {
    status: 201,
    json: {
      token: issued.token,
      expires_at: new Date(issued.expiresAt).toISOString().replace(/\.\d+Z$/, "Z"),
      permissions: issued.permissions,
      repository_selection: "selected",
    },
  };
}

function chosenOf({ repositories }: Installation, { repositories: names, repository_ids: ids }: z.infer<typeof tokenShape>) {
  if (names === undefined && ids === undefined) return undefined;
  const chosen = [...repositories].filter(({ name, id }) => names?.includes(name) || ids?.includes(id));
  if (chosen.length === new Set([...(names ?? []), ...(ids ?? [])]).size) return chosen;
  const what = "There is at least one repository that does not exist or is not accessible to the parent installation.";
  throw new ApiError(422, what);
}

async function listRepositories(call: Call): Promise<Answer> {
  const { state, caller } = call;
  if (caller.kind !== "installation") throw new ApiError(403, "You must authenticate with an installation access token.");
  const { page, headers } = paginate(call, [...caller.repositories]);
  const repositories = page.map((repository) => repositoryView(state, repository));
  return {
    status: 200,
    headers,
    json: { total_count: caller.repositories.size, repository_selection: "selected", repositories },
  };
}
