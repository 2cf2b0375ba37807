import { afterEach, expect, it } from "vitest";
import type { RepositorySettings } from "../../src/embedded-github/embedded-github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import { protectingRulesets } from "./rulesets.ts";

let server: CheckedGitHub | undefined;
afterEach(() => server?.close());

async function settingsOf(settings: Partial<RepositorySettings>, administration: boolean, organisation = administration) {
  server = await startCheckedGitHub();
  await server.createRepository({ owner: "acme", name: "models", settings });
  const permissions = {
    contents: "read",
    ...(administration && { administration: "read" as const }),
    ...(organisation && { organization_self_hosted_runners: "read" as const }),
  } as const;
  const token = server.tokenFor({ repository: "acme/models", permissions, kind: "user" });
  return (await createOctokitGitHub({ owner: "acme", name: "models", token, apiUrl: server.url })).settings;
}

const everything: Partial<RepositorySettings> = {
  isPublic: true,
  rulesets: [
    ...protectingRulesets,
    { id: 4, name: "one day", target: "tag", enforcement: "disabled", include: ["~ALL"], rules: [{ type: "creation" }] },
  ],
  runners: [{ id: 9, name: "gpu-1", labels: ["self-hosted", "gpu"], online: false }],
  defaultWorkflowPermissions: "write",
  forkApproval: "all_external_contributors",
};

it("reads rules of branches that need not be there yet, and active rules of tags", async () => {
  const settings = await settingsOf(everything, true);
  expect(await settings.about()).toEqual({ defaultBranch: "main", isPrivate: false, ownedByOrganisation: false });
  expect(await settings.branchRules("main")).toMatchObject({ requiredChecks: ["assay / verdict"], keeps: false });
  expect(await settings.branchRules("assay-ledger")).toEqual({
    requiredChecks: [],
    keeps: true,
    onlyGrows: true,
    byPullRequest: false,
  });
  expect(await settings.tagRules()).toEqual([{ name: "tags", include: ["~ALL"], exclude: [], forbids: ["update", "deletion"] }]);
});

it("does not take a limit that is used up for rules that nobody may read", async () => {
  const settings = await settingsOf(everything, true);
  const asked = {
    "/rules/branches/": () => settings.branchRules("main"),
    "/branches/": () => settings.branchRules("main"),
    "/rulesets": () => settings.tagRules(),
    "/immutable-releases": () => settings.immutableReleases(),
  };
  for (const [pathPattern, ask] of Object.entries(asked)) {
    server?.failNext({ method: "GET", pathPattern, status: 403, retryAfter: 60 });
    await expect(ask(), pathPattern).rejects.toMatchObject({ status: 403, retryAt: expect.any(Date) });
  }
});

it("reads what only administrators may read", async () => {
  const settings = await settingsOf(everything, true);
  expect(await settings.defaultTokenPermission()).toBe("write");
  expect(await settings.forkRuns()).toEqual({ kind: "public", approval: "all" });
  expect(await settings.runners()).toEqual({
    runners: [{ name: "gpu-1", labels: ["self-hosted", "gpu"], online: false }],
    complete: true,
  });
  expect(await settings.runnerGroups()).toEqual([]);
});

const box = { id: 5, name: "box", labels: ["self-hosted", "gpu"], online: true };
const organisation = {
  groups: [
    { id: 1, name: "Default", runners: [] },
    { id: 2, name: "GPUs", workflows: ["assay-ml/assay/.github/workflows/model-ci.yml@v1"], runners: [box] },
  ],
};

it("reads the runners of an organisation, and which workflows may use their groups", async () => {
  const settings = await settingsOf({ ...everything, organisation }, true);
  expect((await settings.about()).ownedByOrganisation).toBe(true);
  expect(await settings.runners()).toMatchObject({ runners: [{ name: "gpu-1" }, { name: "box", online: true }], complete: true });
  expect(await settings.runnerGroups()).toEqual([
    { name: "Default", workflows: undefined, runners: [] },
    { name: "GPUs", workflows: organisation.groups[1]?.workflows, runners: [{ labels: ["self-hosted", "gpu"] }] },
  ]);
});

it("knows only the repository's own runners where the token is not of the organisation", async () => {
  const settings = await settingsOf({ ...everything, organisation }, true, false);
  expect(await settings.runners()).toMatchObject({ runners: [{ name: "gpu-1" }], complete: false });
  expect(await settings.runnerGroups()).toBeUndefined();
});

it("reads how forks of a private repository run", async () => {
  const settings = await settingsOf({ forksRun: true }, true);
  expect(await settings.forkRuns()).toEqual({ kind: "private", run: true, approval: false, secrets: false, writeToken: false });
});

it("knows nothing of what the token may not read", async () => {
  const settings = await settingsOf(everything, false);
  expect(await settings.defaultTokenPermission()).toBeUndefined();
  expect(await settings.forkRuns()).toBeUndefined();
  expect(await settings.runners()).toBeUndefined();
  expect(await settings.branchRules("main")).toBeDefined();
});
