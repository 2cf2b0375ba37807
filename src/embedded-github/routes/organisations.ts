import { notFound } from "../api-error.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import type { Organisation } from "../state.ts";
import { authorise, type Requirement } from "../tokens.ts";
import { runnerView } from "../views/runners.ts";

/** Runners and teams of an organisation, as the one repository of a token sees them. */
export const organisationRoutes: readonly Route[] = [
  { method: "GET", pattern: "/orgs/{org}/actions/runners", anyOf: ["metadata:read"], handle: listRunners },
  { method: "GET", pattern: "/orgs/{org}/actions/runner-groups", anyOf: ["metadata:read"], handle: listGroups },
  {
    method: "GET",
    pattern: "/orgs/{org}/actions/runner-groups/{id}/runners",
    anyOf: ["metadata:read"],
    handle: listGroupRunners,
  },
  { method: "GET", pattern: "/orgs/{org}/teams/{team}/memberships/{username}", anyOf: ["metadata:read"], handle: getMembership },
];

function organisationOf(
  { caller, param }: Call,
  requirement: Requirement = "organization_self_hosted_runners:read",
): Organisation {
  const repository = [...caller.repositories].find(({ owner, settings }) => owner === param("org") && settings.organisation);
  if (!repository?.settings.organisation) throw notFound();
  authorise(caller, repository, [requirement]);
  return repository.settings.organisation;
}

async function listRunners(call: Call): Promise<Answer> {
  const runners = organisationOf(call).groups.flatMap((group) => group.runners);
  const { page, headers } = paginate(call, runners);
  return { status: 200, headers, json: { total_count: runners.length, runners: page.map(runnerView) } };
}

async function listGroups(call: Call): Promise<Answer> {
  const { groups } = organisationOf(call);
  const { page, headers } = paginate(call, groups);
  const url = `${call.state.url}/orgs/${call.param("org")}/actions/runner-groups`;
  const views = page.map(({ id, name, workflows }) => ({
    id,
    name,
    visibility: "all",
    default: id === 1,
    runners_url: `${url}/${id}/runners`,
    inherited: false,
    allows_public_repositories: true,
    restricted_to_workflows: workflows !== undefined,
    selected_workflows: workflows ?? [],
  }));
  return { status: 200, headers, json: { total_count: groups.length, runner_groups: views } };
}

async function listGroupRunners(call: Call): Promise<Answer> {
  const group = organisationOf(call).groups.find(({ id }) => id === idParam(call, "id"));
  if (!group) throw notFound();
  const { page, headers } = paginate(call, group.runners);
  return { status: 200, headers, json: { total_count: group.runners.length, runners: page.map(runnerView) } };
}

async function getMembership(call: Call): Promise<Answer> {
  const slug = call.param("team");
  const login = call.param("username");
  const team = organisationOf(call, "members:read").teams?.find((one) => one.slug === slug);
  const isMember = team?.members.includes(login);
  if (!isMember && !team?.invited?.includes(login)) throw notFound();
  const url = `${call.state.url}/orgs/${call.param("org")}/teams/${slug}/memberships/${login}`;
  return { status: 200, json: { url, role: "member", state: isMember ? "active" : "pending" } };
}
