import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
import type { Settings } from "../settings.ts";
import type { Api } from "./api.ts";
import { type Asked, isForbidden } from "./request-error.ts";

const aboutSchema = z.object({
  default_branch: z.string(),
  private: z.boolean(),
  owner: z.object({ type: z.string() }),
});
const ruleSchema = z.object({ type: z.string(), parameters: z.optional(z.unknown()) });
const checksSchema = z.object({ required_status_checks: z.array(z.object({ context: z.string() })) });
const branchSchema = z.object({
  protected: z.boolean(),
  protection: z.optional(
    z.object({
      enabled: z.optional(z.boolean()),
      required_status_checks: z.optional(z.object({ contexts: z.array(z.string()) })),
    }),
  ),
});
const rulesetSchema = z.object({
  id: z.int(),
  name: z.string(),
  target: z.optional(z.string()),
  enforcement: z.string(),
  conditions: z.optional(
    z.nullable(z.object({ ref_name: z.optional(z.object({ include: z.array(z.string()), exclude: z.array(z.string()) })) })),
  ),
  rules: z.optional(z.array(ruleSchema)),
});
const runnerSchema = z.object({ name: z.string(), status: z.string(), labels: z.array(z.object({ name: z.string() })) });
const groupSchema = z.object({
  id: z.int(),
  name: z.string(),
  restricted_to_workflows: z.optional(z.boolean()),
  selected_workflows: z.optional(z.array(z.string())),
});
const tokenSchema = z.object({ default_workflow_permissions: z.enum(["read", "write"]) });
const approvalSchema = z.object({
  approval_policy: z.enum(["first_time_contributors_new_to_github", "first_time_contributors", "all_external_contributors"]),
});
const privateForksSchema = z.object({
  run_workflows_from_fork_pull_requests: z.boolean(),
  require_approval_for_fork_pr_workflows: z.boolean(),
  send_secrets_and_variables: z.boolean(),
  send_write_tokens_to_workflows: z.boolean(),
});

const immutableSchema = z.object({ enabled: z.boolean() });

const approvals = {
  first_time_contributors_new_to_github: "new-to-github",
  first_time_contributors: "first-time",
  all_external_contributors: "all",
} as const;

export function createSettings(api: Api): Settings {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const asked = (what: string, permission: string): Asked => ({ what: `${what} of ${place}`, permission });
  const administration = "administration: read";

  async function about() {
    const found = await api.send(aboutSchema, "GET /repos/{owner}/{repo}", {}, asked("read the repository", "metadata: read"));
    return {
      defaultBranch: found.default_branch,
      isPrivate: found.private,
      ownedByOrganisation: found.owner.type === "Organization",
    };
  }

  function organisationRunners() {
    const route = `GET /orgs/${api.repository.owner}/actions/runners`;
    return readable(
      api.list(runnerSchema, route, {}, asked("list the organisation's runners", "organization_self_hosted_runners: read")),
    );
  }

  return {
    about,
    async branchRules(branch) {
      const what = asked(`read the rules for ${branch}`, "metadata: read");
      const rules = await readable(api.list(ruleSchema, "GET /repos/{owner}/{repo}/rules/branches/{branch}", { branch }, what));
      if (rules === undefined) return undefined;
      const look = asked(`read branch ${branch}`, "contents: read");
      const found = await readable(api.find(branchSchema, "GET /repos/{owner}/{repo}/branches/{branch}", { branch }, look));
      const types = rules.map(({ type }) => type);
      const checks = rules
        .filter(({ type }) => type === "required_status_checks")
        .flatMap(({ parameters }) => {
          const parsed = checksSchema.safeParse(parameters);
          return parsed.success ? parsed.data.required_status_checks.map(({ context }) => context) : [];
        });
      // A branch's own protection forbids both unless it says otherwise, which only administrators may read.
      const own = found?.protection?.required_status_checks !== undefined && found.protected && types.length === 0;
      const isRestricted = types.includes("update") || found?.protection?.enabled;
      return {
        requiredChecks: [...checks, ...(found?.protection?.required_status_checks?.contexts ?? [])],
        keeps: own || types.includes("deletion"),
        onlyGrows: own || types.includes("non_fast_forward"),
        byPullRequest: types.includes("pull_request") || (isRestricted ? undefined : false),
      };
    },
    async tagRules() {
      const what = asked("list the rulesets", "metadata: read");
      const listed = await readable(api.list(rulesetSchema, "GET /repos/{owner}/{repo}/rulesets", { targets: "tag" }, what));
      const active = listed?.filter(({ target, enforcement }) => target === "tag" && enforcement === "active");
      if (active === undefined) return undefined;
      const detailed = await Promise.all(
        active.map(({ id }) =>
          readable(
            api.find(
              rulesetSchema,
              "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}",
              { ruleset_id: id },
              asked(`read ruleset ${id}`, "metadata: read"),
            ),
          ),
        ),
      );
      // The list leaves the rules out: one that cannot be read may forbid anything.
      if (detailed.some((one) => one === undefined)) return undefined;
      return detailed.flatMap((one) =>
        one === undefined
          ? []
          : [
              {
                name: one.name,
                include: one.conditions?.ref_name?.include ?? [],
                exclude: one.conditions?.ref_name?.exclude ?? [],
                forbids: (one.rules ?? []).map(({ type }) => type),
              },
            ],
      );
    },
    async defaultTokenPermission() {
      const what = asked("read the permissions of workflows", administration);
      const found = await readable(api.find(tokenSchema, "GET /repos/{owner}/{repo}/actions/permissions/workflow", {}, what));
      return found?.default_workflow_permissions;
    },
    async runners() {
      const what = asked("list the runners", administration);
      const [own, { ownedByOrganisation }] = await Promise.all([
        readable(api.list(runnerSchema, "GET /repos/{owner}/{repo}/actions/runners", {}, what)),
        about(),
      ]);
      const shared = ownedByOrganisation ? await organisationRunners() : [];
      if (own === undefined && (shared === undefined || !ownedByOrganisation)) return undefined;
      return {
        runners: [...(own ?? []), ...(shared ?? [])].map(({ name, labels, status }) => ({
          name,
          labels: labels.map((label) => label.name),
          online: status === "online",
        })),
        complete: own !== undefined && shared !== undefined,
      };
    },
    async runnerGroups() {
      if (!(await about()).ownedByOrganisation) return [];
      const groups = `GET /orgs/${api.repository.owner}/actions/runner-groups`;
      const permission = "organization_self_hosted_runners: read";
      const what = asked("list the organisation's runner groups", permission);
      const found = await readable(api.list(groupSchema, groups, { visible_to_repository: api.repository.name }, what));
      if (found === undefined) return undefined;
      const known = await Promise.all(
        found.map(async ({ id, name, restricted_to_workflows: isRestricted, selected_workflows: selected }) => {
          const listed = asked(`list the runners of group ${name}`, permission);
          const runners = await readable(api.list(runnerSchema, `${groups}/${id}/runners`, {}, listed));
          return (
            runners && {
              name,
              workflows: isRestricted ? (selected ?? []) : undefined,
              runners: runners.map(({ labels }) => ({ labels: labels.map((label) => label.name) })),
            }
          );
        }),
      );
      return known.every((group) => group !== undefined) ? known : undefined;
    },
    async forkRuns() {
      const { isPrivate } = await about();
      const what = asked("read how workflows of forks run", administration);
      if (isPrivate) {
        const route = "GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos";
        const found = await readable(api.find(privateForksSchema, route, {}, what));
        return (
          found && {
            kind: "private",
            run: found.run_workflows_from_fork_pull_requests,
            approval: found.require_approval_for_fork_pr_workflows,
            secrets: found.send_secrets_and_variables,
            writeToken: found.send_write_tokens_to_workflows,
          }
        );
      }
      const found = await readable(
        api.find(approvalSchema, "GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval", {}, what),
      );
      return found && { kind: "public", approval: approvals[found.approval_policy] };
    },
    async immutableReleases() {
      const what = asked("read whether releases are immutable", administration);
      try {
        // 404 says that they are not.
        return (await api.find(immutableSchema, "GET /repos/{owner}/{repo}/immutable-releases", {}, what))?.enabled ?? false;
      } catch (error) {
        if (isForbidden(error)) return undefined;
        throw error;
      }
    },
  };
}

/** GitHub refuses with 403, or hides with 404 what a token may not see. */
async function readable<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isForbidden(error) || (error instanceof GitHubError && error.status === 404)) return undefined;
    throw error;
  }
}
