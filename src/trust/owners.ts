import type { Collaborators, RepositoryPermission } from "../github/collaborators.ts";
import type { Spec } from "../spec/spec.ts";

/** Whoever asks, and what they may. */
export interface Actor {
  id: number;
  login: string;
  permission: RepositoryPermission;
  owns(model: string): boolean;
  /** Teams among the owners of which the app could not learn who is in them: `@acme/risk`. */
  unreadableTeams: readonly string[];
}

export type Owner = { kind: "person"; login: string } | { kind: "team"; organisation: string; team: string };

/** `@login`, `login` or `@organisation/team`; undefined of anything else. */
export function parseOwner(text: string): Owner | undefined {
  const found = /^(?:@?(?<login>[A-Za-z0-9][\w-]{0,98})|@(?<organisation>[A-Za-z0-9][\w-]{0,98})\/(?<team>\w[\w-]{0,99}))$/.exec(
    text,
  )?.groups;
  if (found === undefined) return undefined;
  const { login, organisation, team } = found;
  if (login !== undefined) return { kind: "person", login };
  return organisation === undefined || team === undefined ? undefined : { kind: "team", organisation, team };
}

const ranks: readonly RepositoryPermission[] = ["none", "read", "triage", "write", "maintain", "admin"];

export function mayAtLeast(permission: RepositoryPermission, needed: RepositoryPermission): boolean {
  return ranks.indexOf(permission) >= ranks.indexOf(needed);
}

/**
 * Asks GitHub what the person may do now, and in which of the owning teams they are; each team once.
 * A declared owner counts with write permission, as in CODEOWNERS: whoever left the repository owns nothing any more. Models
 * without declared owners, also those that the base branch does not know, belong to who may maintain the repository.
 * @param law the base branch's
 */
export async function resolveActor(
  person: { id: number; login: string },
  law: Spec | undefined,
  collaborators: Collaborators,
): Promise<Actor> {
  const permission = await collaborators.permission(person.login);
  const declared = mayAtLeast(permission, "write") ? [...(law?.models.values() ?? [])].flatMap(({ owners }) => owners) : [];
  const teams = new Map<string, boolean | undefined>();
  for (const text of new Set(declared)) {
    const owner = parseOwner(text);
    if (owner?.kind === "team") teams.set(text, await collaborators.isTeamMember(owner.organisation, owner.team, person.login));
  }
  const isOwner = (text: string) => {
    const owner = parseOwner(text);
    return owner?.kind === "person" ? owner.login.toLowerCase() === person.login.toLowerCase() : teams.get(text) === true;
  };
  return {
    ...person,
    permission,
    unreadableTeams: [...teams].filter(([, isMember]) => isMember === undefined).map(([team]) => team),
    owns(model) {
      const owners = law?.models.get(model)?.owners ?? [];
      if (owners.length === 0) return mayAtLeast(permission, "maintain");
      return mayAtLeast(permission, "write") && owners.some(isOwner);
    },
  };
}
