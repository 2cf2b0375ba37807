import picomatch from "picomatch";
import { notFound } from "../api-error.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import type { Repository, Ruleset } from "../state.ts";
import { runnerView } from "../views/runners.ts";
import { nodeId } from "../views/users.ts";

/** How a repository is set up. Rules are everybody's who may see the repository, the rest is an administrator's. */
export const settingsRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/rules/branches/{branch+}", anyOf: ["metadata:read"], handle: branchRules },
  { method: "GET", pattern: "/repos/{owner}/{repo}/rulesets", anyOf: ["metadata:read"], handle: listRulesets },
  { method: "GET", pattern: "/repos/{owner}/{repo}/rulesets/{ruleset_id}", anyOf: ["metadata:read"], handle: getRuleset },
  administrators("/actions/permissions/workflow", ({ repository: { settings } }) => ({
    default_workflow_permissions: settings.defaultWorkflowPermissions,
    can_approve_pull_request_reviews: false,
  })),
  administrators("/actions/permissions/fork-pr-contributor-approval", ({ repository: { settings } }) => {
    if (!settings.isPublic) throw notFound();
    return { approval_policy: settings.forkApproval };
  }),
  administrators("/actions/permissions/fork-pr-workflows-private-repos", ({ repository: { settings } }) => {
    if (settings.isPublic) throw notFound();
    return {
      run_workflows_from_fork_pull_requests: settings.forksRun,
      send_write_tokens_to_workflows: false,
      send_secrets_and_variables: false,
      require_approval_for_fork_pr_workflows: false,
    };
  }),
  administrators("/immutable-releases", ({ repository: { settings } }) => {
    if (!settings.immutableReleases) throw notFound();
    return { enabled: true, enforced_by_owner: false };
  }),
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runners", anyOf: ["administration:read"], handle: listRunners },
];

function administrators(path: string, json: (call: Call) => unknown): Route {
  const handle = async (call: Call): Promise<Answer> => ({ status: 200, json: json(call) });
  return { method: "GET", pattern: `/repos/{owner}/{repo}${path}`, anyOf: ["administration:read"], handle };
}

async function branchRules(call: Call): Promise<Answer> {
  const { repository } = call;
  const branch = call.param("branch");
  const applying = repository.settings.rulesets.filter(
    ({ target, enforcement, include }) =>
      target === "branch" &&
      enforcement === "active" &&
      include.some((pattern) => names(pattern, `refs/heads/${branch}`, repository)),
  );
  const rules = applying.flatMap((ruleset) =>
    ruleset.rules.map((rule) => ({
      ...rule,
      ruleset_source_type: "Repository",
      ruleset_source: repository.fullName,
      ruleset_id: ruleset.id,
    })),
  );
  const { page, headers } = paginate(call, rules);
  return { status: 200, json: page, headers };
}

function names(pattern: string, ref: string, { defaultBranch }: Repository): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return ref === `refs/heads/${defaultBranch}`;
  return picomatch(pattern, { noextglob: true })(ref);
}

async function listRulesets(call: Call): Promise<Answer> {
  const targets = call.url.searchParams.get("targets")?.split(",");
  const found = call.repository.settings.rulesets.filter(({ target }) => targets?.includes(target) ?? true);
  const { page, headers } = paginate(
    call,
    found.map((ruleset) => rulesetView(call, ruleset)),
  );
  return { status: 200, json: page, headers };
}

/** The list has neither conditions nor rules. */
function rulesetView({ repository }: Call, { id, name, target, enforcement }: Ruleset) {
  return {
    id,
    name,
    target,
    source_type: "Repository",
    source: repository.fullName,
    enforcement,
    node_id: nodeId("RepositoryRuleset", id),
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

async function getRuleset(call: Call): Promise<Answer> {
  const id = idParam(call, "ruleset_id");
  const ruleset = call.repository.settings.rulesets.find((one) => one.id === id);
  if (!ruleset) throw notFound();
  const conditions = { ref_name: { include: ruleset.include, exclude: [] } };
  return { status: 200, json: { ...rulesetView(call, ruleset), conditions, rules: ruleset.rules } };
}

async function listRunners(call: Call): Promise<Answer> {
  const { runners } = call.repository.settings;
  const { page, headers } = paginate(call, runners);
  const json = {
    total_count: runners.length,
    runners: page.map(runnerView),
  };
  return { status: 200, json, headers };
}
