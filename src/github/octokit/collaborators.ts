import * as z from "zod/mini";
import type { Collaborators } from "../collaborators.ts";
import type { Api } from "./api.ts";
import { isForbidden } from "./request-error.ts";

const permissionSchema = z.object({ permission: z.string(), role_name: z.optional(z.string()) });
const levels = z.enum(["admin", "maintain", "write", "triage", "read", "none"]);

export function createCollaborators(api: Api): Collaborators {
  const place = `${api.repository.owner}/${api.repository.name}`;
  return {
    async permission(login) {
      const found = await api.find(
        permissionSchema,
        "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
        { username: login },
        { what: `read what ${login} may do in ${place}`, permission: "metadata: read" },
      );
      // A role that an organisation made up is known by what it is made from.
      return levels.safeParse(found?.role_name).data ?? levels.safeParse(found?.permission).data ?? "none";
    },
    async isTeamMember(organisation, team, login) {
      const asked = { what: `read who is in ${organisation}/${team}`, permission: "members: read" };
      const route = "GET /orgs/{org}/teams/{team_slug}/memberships/{username}";
      try {
        const schema = z.object({ state: z.string() });
        const found = await api.find(schema, route, { org: organisation, team_slug: team, username: login }, asked);
        return found?.state === "active";
      } catch (error) {
        if (isForbidden(error)) return undefined;
        throw error;
      }
    },
  };
}
