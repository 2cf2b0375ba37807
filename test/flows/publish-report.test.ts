import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishReport } from "../../src/flows/publish-report.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { checkName } from "../../src/report/check.ts";
import type { Report } from "../../src/report/report.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "../github/embedded-test-github.ts";
import { createModelReport, createReport, judged, mixedGates } from "../report/create-report.ts";

let server: EmbeddedTestGitHub;
let github: GitHub;

beforeEach(async () => {
  server = await startEmbeddedTestGitHub();
  github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: server.apiUrl });
});
afterEach(() => server.close());

/** A push to the pull request's branch. @returns the new head */
async function push(): Promise<string> {
  const identity = ["-c", "user.name=other", "-c", "user.email=other@example.com"];
  const git = (...args: string[]) =>
    execFileSync("git", [...identity, ...args], { cwd: server.gitFolder, encoding: "utf8" }).trim();
  const commit = git("commit-tree", "change^{tree}", "-p", "change", "-m", "Change it again");
  git("update-ref", "refs/heads/change", commit);
  return (await server.embedded.refreshPullRequest(server.pullRequest)).headSha;
}

function reportOf(head: string, overrides: Partial<Report> = {}): Report {
  const pullRequest = { number: server.pullRequest, title: "Change the data", headRef: "change", baseRef: "main" };
  return createReport({ repository: "acme/models", pullRequest, headSha: head, ...overrides });
}

const publish = (report: Report) => publishReport(report, github);
const comments = () => server.embedded.comments(server.pullRequest).map(({ body }) => body);
const checks = (sha: string) => server.embedded.checks(sha).filter(({ name }) => name === checkName);
const writes = () => server.embedded.requests.filter(({ method }) => method !== "GET").length;
const failing = () => ({
  verdict: "fail" as const,
  models: [createModelReport({ state: judged("fraud", { gates: mixedGates() }) })],
});

describe("publishing a report", () => {
  it("writes one comment and one check on the head commit, and says what it did", async () => {
    const published = await publish(reportOf(server.headSha));
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain(server.headSha.slice(0, 7));
    expect(checks(server.headSha)).toMatchObject([{ conclusion: "success", appSlug: "github-actions" }]);
    expect(published.comment).toMatch(/#issuecomment-\d+$/);
    expect(published.check).toBeDefined();
    expect(published.notes).toEqual(["Comment created, check created."]);
  });

  it("writes nothing when the report is the same", async () => {
    await publish(reportOf(server.headSha));
    const before = writes();
    expect((await publish(reportOf(server.headSha))).notes).toEqual(["Comment unchanged, check unchanged."]);
    expect(writes()).toBe(before);
  });

  it("edits both when the verdict is another", async () => {
    await publish(reportOf(server.headSha));
    await publish(reportOf(server.headSha, failing()));
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain("❌ fail");
    expect(checks(server.headSha)).toMatchObject([{ conclusion: "failure" }]);
  });

  it("goes from in progress to completed in the same check", async () => {
    const pending = [createModelReport({ state: { kind: "pending" } })];
    await publish(reportOf(server.headSha, { verdict: "pending", models: pending, jobs: { done: 0, total: 1 } }));
    expect(checks(server.headSha)).toMatchObject([{ status: "in_progress", conclusion: null }]);
    await publish(reportOf(server.headSha));
    expect(checks(server.headSha)).toMatchObject([{ status: "completed", conclusion: "success" }]);
  });

  it("makes the check not successful when the verdict is inconclusive, unless base allows that", async () => {
    await publish(reportOf(server.headSha, { verdict: "inconclusive" }));
    expect(checks(server.headSha)).toMatchObject([{ conclusion: "action_required" }]);
    await publish(reportOf(server.headSha, { verdict: "inconclusive", onInconclusive: "allow" }));
    expect(checks(server.headSha)).toMatchObject([{ conclusion: "neutral" }]);
  });

  it("writes nothing at all when there is no pull request", async () => {
    const before = server.embedded.requests.length;
    const { comment, check, notes } = await publish(reportOf(server.headSha, { pullRequest: undefined, event: "push" }));
    expect({ comment, check }).toEqual({ comment: undefined, check: undefined });
    expect(notes.join()).toMatch(/No pull request/);
    expect(server.embedded.requests.length).toBe(before);
  });
});

describe("a change that trains nothing", () => {
  const unchanged = { verdict: "pass" as const, models: [createModelReport({ state: { kind: "unchanged" } })] };

  it("has a check and no comment", async () => {
    const published = await publish(reportOf(server.headSha, unchanged));
    expect(comments()).toEqual([]);
    expect(checks(server.headSha)).toMatchObject([{ conclusion: "success" }]);
    expect(published.notes.join()).toMatch(/no comment/);
  });

  it("does not leave an earlier commit's results standing", async () => {
    await publish(reportOf(server.headSha, failing()));
    const head = await push();
    await publish(reportOf(head, unchanged));
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).not.toContain("❌ fail");
    expect(comments()[0]).toContain(head.slice(0, 7));
  });
});

describe("a run that was overtaken by a newer push", () => {
  it("does not overwrite the newer run's comment, and checks its own commit", async () => {
    const old = server.headSha;
    const head = await push();
    await publish(reportOf(head));
    const before = comments();
    const published = await publish(reportOf(old, failing()));
    expect(comments()).toEqual(before);
    expect(published.notes.join()).toContain(`Head moved from ${old} to ${head}`);
    expect(checks(old)).toMatchObject([{ conclusion: "failure" }]);
    expect(checks(head)).toMatchObject([{ conclusion: "success" }]);
  });

  it("marks its own comment as stale, naming both commits", async () => {
    const old = server.headSha;
    await publish(reportOf(old));
    const head = await push();
    await publish(reportOf(old, failing()));
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain(`results below are for \`${old.slice(0, 7)}\``);
    expect(comments()[0]).toContain(`\`${head.slice(0, 7)}\` is being evaluated`);
  });

  it("leaves no trace of being stale once the newer run reports", async () => {
    const old = server.headSha;
    await publish(reportOf(old));
    const head = await push();
    await publish(reportOf(old));
    await publish(reportOf(head));
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).not.toMatch(/being evaluated|~~/);
    expect(comments()[0]).toContain(head.slice(0, 7));
  });

  it("writes no comment when there is none yet: the newer run will", async () => {
    const old = server.headSha;
    await push();
    const published = await publish(reportOf(old));
    expect(comments()).toEqual([]);
    expect(published.comment).toBeUndefined();
  });
});
