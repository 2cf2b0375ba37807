import { expect, it } from "vitest";
import type { WorkflowRun } from "../../src/github/runs.ts";
import { type JudgedCommit, whyUnverified } from "../../src/trust/verify-run.ts";

const headSha = "a".repeat(40);
const run: WorkflowRun = {
  id: 1,
  attempt: 1,
  event: "pull_request",
  path: ".github/workflows/models.yml",
  headSha,
  headBranch: "change",
  repositoryId: 1,
  headRepositoryId: 1,
  pullRequests: [{ number: 7, headSha, baseRef: "main" }],
  createdAt: "2026-11-02T10:00:00Z",
  url: "",
  status: "completed",
  conclusion: "success",
  title: "Change",
  headOwner: "acme",
  referencedWorkflows: [],
};
const of = {
  repository: { id: 1, fullName: "acme/models" },
  headSha,
  pullRequest: 7,
  headRepositoryId: 1,
  comparison: { complete: true, paths: ["train.py"] },
} as unknown as JudgedCommit;

it("a run that is older than the pull request, or than its way to the branch that it goes to, ran another's workflow", () => {
  expect(whyUnverified(run, { ...of, since: "2026-11-02T10:00:00Z" }, undefined)).toBeUndefined();
  expect(whyUnverified(run, { ...of, since: "2026-11-02T10:00:01.5Z" }, undefined)).toMatch(/before #7 went to the branch/);
});

it("a run on a head that the pull request had as it went to another branch may be that one's", () => {
  expect(whyUnverified(run, { ...of, isRetargeted: true }, undefined)).toMatch(/before #7 went to the branch/);
});

it("a run that the app started on another branch than the pull request goes to is that one's", () => {
  const path = ".github/workflows/models.yml";
  const dispatched = { ...run, event: "workflow_dispatch", headBranch: "main", path };
  const started = { runId: run.id, headSha, workflow: path, ref: "main" };
  expect(whyUnverified(dispatched, { ...of, baseRef: "main" }, started)).toBeUndefined();
  expect(whyUnverified(dispatched, { ...of, baseRef: "release" }, started)).toMatch(
    /started on `main`, and #7 goes to `release`/,
  );
});
