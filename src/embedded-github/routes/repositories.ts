import { notFound } from "../api-error.ts";
import { readCommit, resolveCommit } from "../git/commits.ts";
import type { Answer, Call, Route } from "../route.ts";
import { commitView } from "../views/commits.ts";
import { apiUrl, fullRepository, htmlUrl } from "../views/repositories.ts";
import { simpleUser } from "../views/users.ts";

export const repositoryRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}", anyOf: ["metadata:read"], handle: getRepository },
  { method: "GET", pattern: "/repos/{owner}/{repo}/branches/{branch+}", anyOf: ["contents:read"], handle: getBranch },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/collaborators/{username}/permission",
    anyOf: ["metadata:read"],
    handle: getPermission,
  },
];

async function getRepository(call: Call): Promise<Answer> {
  return { status: 200, json: fullRepository(call.state, call.repository) };
}

async function getBranch(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const name = call.param("branch");
  const commit = await resolveCommit(repository.git, `refs/heads/${name}`);
  if (commit === undefined) throw notFound();
  const url = `${apiUrl(state, repository)}/branches/${encodeURIComponent(name)}`;
  const isProtected = repository.protectedBranches.has(name);
  return {
    status: 200,
    json: {
      name,
      commit: commitView(state, repository, await readCommit(repository.git, commit)),
      _links: { self: url, html: `${htmlUrl(state, repository)}/tree/${name}` },
      protected: isProtected,
      protection: { enabled: isProtected, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
      protection_url: `${url}/protection`,
    },
  };
}

/** The older field knows four levels; the role has the finer ones, also those that an organisation made up. */
async function getPermission(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const login = call.param("username");
  const user = state.users.get(login);
  if (!user) throw notFound();
  const held = login === repository.owner ? "admin" : (repository.collaborators.get(login) ?? "none");
  const { role, base } = typeof held === "string" ? { role: held, base: held } : held;
  const permission = base === "maintain" ? "write" : base === "triage" ? "read" : base;
  const at = (levels: readonly string[]) => levels.includes(base);
  return {
    status: 200,
    json: {
      permission,
      role_name: role,
      user: {
        ...simpleUser(state, user),
        role_name: role,
        permissions: {
          admin: base === "admin",
          maintain: at(["admin", "maintain"]),
          push: at(["admin", "maintain", "write"]),
          triage: at(["admin", "maintain", "write", "triage"]),
          pull: base !== "none",
        },
      },
    },
  };
}
