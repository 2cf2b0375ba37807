import type { CommandFacts } from "../../../bot/commands/facts.ts";
import type { Collaborators, RepositoryPermission } from "../../../src/github/collaborators.ts";
import type { PullRequest } from "../../../src/github/pull-requests.ts";
import { resultsIn } from "../../../src/report/approvals.ts";
import type { Spec } from "../../../src/spec/spec.ts";
import { resolveActor } from "../../../src/trust/owners.ts";
import { createSpec } from "../../flows/create-judgement.ts";
import { createReport, headSha } from "../../report/create-report.ts";

export const repositoryId = 77;

export function createPullRequest(overrides: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 214,
    title: "Train on October",
    state: "open",
    merged: false,
    draft: false,
    author: "author",
    head: { sha: headSha, ref: "tune-leaves", repositoryId, repository: "acme/risk-models" },
    base: { sha: "b".repeat(40), ref: "main", repositoryId },
    mergeCommitSha: undefined,
    labels: [],
    createdAt: "2026-11-01T08:00:00Z",
    updatedAt: "2026-11-01T08:00:00Z",
    comments: 0,
    ...overrides,
  };
}

export const fork: PullRequest["head"] = { sha: headSha, ref: "main", repositoryId: 78, repository: "stranger/risk-models" };

const gates =
  "[{metric: accuracy, no-worse-than: 0.01}, {metric: average_precision, no-worse-than: 0.005}, {metric: recall, no-worse-than: 0.03}]";

/** `fraud` of the people with write permission `owner` and of the team `@acme/risk`, and `churn` of nobody. */
export const law: Spec = (() => {
  const spec = createSpec({ fraud: gates, churn: gates }, "", { evaluate: ", slices: [country]" });
  const [fraud, churn] = [spec.models.get("fraud"), spec.models.get("churn")];
  if (!fraud || !churn) throw new Error("The law has no models.");
  const models = new Map([
    ["fraud", { ...fraud, owners: ["@Owner", "@author", "@acme/risk"] }],
    ["churn", { ...churn, owners: [] }],
  ]);
  return { ...spec, models };
})();

const permissions: Readonly<Record<string, RepositoryPermission>> = {
  owner: "write",
  author: "write",
  member: "write",
  writer: "write",
  maintainer: "maintain",
  reader: "read",
};

/** `member` is in the team; of `unreadable` teams nothing is told. */
export function createCollaborators(options: { unreadable?: boolean } = {}) {
  const asked: string[] = [];
  const collaborators: Collaborators = {
    permission: async (login) => permissions[login] ?? "none",
    isTeamMember: async (organisation, team, login) => {
      asked.push(`${organisation}/${team}`);
      return options.unreadable ? undefined : login === "member";
    },
  };
  return { collaborators, asked };
}

export async function createFacts(
  login: string,
  overrides: Partial<CommandFacts> = {},
  options: { unreadable?: boolean } = {},
): Promise<CommandFacts> {
  const { collaborators } = createCollaborators(options);
  const report = "report" in overrides ? overrides.report : createReport();
  const base = "law" in overrides ? overrides.law : law;
  return {
    pullRequest: createPullRequest(),
    report,
    shownSha: headSha,
    shownResults: new Map(Object.entries(report ? resultsIn(report) : {})),
    actor: await resolveActor({ id: 7, login }, base, collaborators),
    law,
    now: new Date("2026-11-02T10:00:00Z"),
    edited: false,
    via: "command",
    forcePush: undefined,
    decisions: [],
    ...overrides,
  };
}
