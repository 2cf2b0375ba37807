import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { trustOfRun } from "../../src/trust/trust-of-run.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";

describe("runs, artifacts and history through Octokit", () => {
  let server: EmbeddedTestGitHub;
  let github: GitHub;

  beforeAll(async () => {
    server = await startEmbeddedTestGitHub();
    github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: server.apiUrl });
  });
  afterAll(() => server?.close());

  it("reads a run and all of its jobs", async () => {
    const { runId } = await server.embedded.createRun({
      repository: "acme/models",
      event: "pull_request",
      headSha: server.headSha,
      headBranch: "change",
      workflowPath: ".github/workflows/models.yml",
      pullRequest: server.pullRequest,
    });
    for (let index = 0; index < 120; index++) await server.embedded.createJob(runId, { name: `job ${index}` });
    await server.embedded.finishJob(runId, "job 3", "failure");

    const run = await github.runs.get(runId);
    expect(run).toMatchObject({
      id: runId,
      attempt: 1,
      event: "pull_request",
      path: ".github/workflows/models.yml",
      headSha: server.headSha,
      headBranch: "change",
      repositoryId: server.repositoryId,
      headRepositoryId: server.repositoryId,
      pullRequests: [{ number: server.pullRequest, headSha: server.headSha, baseRef: "main" }],
    });
    const jobs = await github.runs.jobs(runId);
    expect(jobs).toHaveLength(120);
    expect(jobs.find((job) => job.name === "job 3")).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(await github.runs.get(987_654)).toBeUndefined();
    expect(await github.artifacts.listByName("evidence-penguins")).toEqual([]);
  });

  it("knows a fork's run by the ids that GitHub gives", async () => {
    const fork = await server.embedded.createRepository({ owner: "other", name: "models", forkOf: "acme/models" });
    const pull = await server.embedded.createPullRequest({
      repository: "acme/models",
      headRepository: "other/models",
      title: "From a fork",
      headRef: "change",
      baseRef: "main",
      author: "other",
    });
    const { runId } = await server.embedded.createRun({
      repository: "acme/models",
      event: "pull_request",
      headSha: pull.headSha,
      headBranch: "change",
      workflowPath: ".github/workflows/models.yml",
      pullRequest: pull.number,
    });
    const run = await github.runs.get(runId);
    expect(run).toMatchObject({ repositoryId: server.repositoryId, headRepositoryId: fork.id, pullRequests: [] });
    if (run) expect(trustOfRun({ ...run, trainedCommitIsOnProtectedBranch: true })).toBe("fork");
  });

  it("finds the pull request that a commit came with, before and after it is merged", async () => {
    const ofOurs = async (sha: string) =>
      (await github.pullRequests.listForCommit(sha)).filter(({ number }) => number === server.pullRequest);
    expect(await ofOurs(server.headSha)).toMatchObject([{ merged: false, head: { sha: server.headSha } }]);
    const merged = await server.embedded.mergePullRequest(server.pullRequest, "merge");
    expect(await github.pullRequests.get(server.pullRequest)).toMatchObject({
      state: "closed",
      merged: true,
      mergeCommitSha: merged,
    });
    expect(await ofOurs(merged)).toMatchObject([{ merged: true }]);
    expect(await github.contents.isAncestor(server.headSha, "main")).toBe(true);
  });

  it("tells a protected branch, and does not take its refusal for a passing conflict", async () => {
    expect(await github.contents.isProtected("release")).toBe(true);
    const request = { branch: "release", path: "a.txt", content: "a", message: "Add" };
    await expect(github.contents.create(request)).rejects.toThrow(/409.*add a\.txt to branch release.*rule violations/s);
  });

  it("reads bytes of a file past the megabyte that GitHub sends inline", async () => {
    const bytes = Buffer.alloc(1_500_000, Buffer.from([0, 255, 254, 13, 10, 200]));
    push("large", bytes);
    const file = await github.contents.read("weights.bin", "large");
    expect(file?.bytes.equals(bytes)).toBe(true);
    // With one request it is only told from another.
    expect(await github.contents.peek("weights.bin", "large")).toEqual({ bytes: undefined, blobSha: file?.blobSha });
  });

  function push(branch: string, bytes: Buffer): void {
    const folder = mkdtempSync(join(tmpdir(), "assay-test-push-"));
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=other", "-c", "user.email=other@example.com", ...args], { cwd: folder });
    try {
      git("init", "--quiet", `--initial-branch=${branch}`);
      writeFileSync(join(folder, "weights.bin"), bytes);
      git("add", ".");
      git("commit", "--quiet", "-m", "Add weights");
      git("push", "--quiet", server.gitFolder, branch);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});
