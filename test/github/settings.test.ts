import { afterEach, expect, it } from "vitest";
import type { RepositorySettings } from "../../src/embedded-github/embedded-github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import { protectingRulesets } from "./rulesets.ts";

let server: CheckedGitHub | undefined;
afterEach(() => server?.close());

async function settingsOf(settings: Partial<RepositorySettings>, administration: boolean) {
  server = await startCheckedGitHub();
  await server.createRepository({ owner: "acme", name: "models", settings });
  const permissions = administration ? ({ administration: "read", contents: "read" } as const) : ({ contents: "read" } as const);
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

it("reads what only administrators may read", async () => {
  const settings = await settingsOf(everything, true);
  expect(await settings.defaultTokenPermission()).toBe("write");
  expect(await settings.forkRuns()).toEqual({ kind: "public", approval: "all" });
  expect(await settings.runners()).toEqual({
    runners: [{ name: "gpu-1", labels: ["self-hosted", "gpu"], online: false }],
    complete: true,
  });
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
