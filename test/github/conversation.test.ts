import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckContent } from "../../src/github/checks.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createWorkTree } from "../embedded-github/scene.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy.ts";

let server: EmbeddedTestGitHub;
let proxy: FaultyProxy;
let github: GitHub;
let other: GitHub;

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  proxy = await startFaultyProxy(server.apiUrl);
  github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
  other = await createOctokitGitHub({ ...server.repository, token: server.otherToken, apiUrl: server.apiUrl });
});
afterAll(async () => {
  await proxy?.close();
  await server?.close();
});

describe("reactions to a comment", () => {
  it("are one of a kind by an account, however often they are made", async () => {
    const { id } = await other.comments.create(server.pullRequest, "/assay status");
    expect(await github.comments.reactions(id)).toEqual([]);
    await github.comments.react(id, "eyes");
    await github.comments.react(id, "eyes");
    await github.comments.react(id, "+1");
    await other.comments.react(id, "eyes");
    const viewer = await github.comments.viewer();
    const { id: otherId } = await other.comments.viewer();
    expect(await github.comments.reactions(id)).toEqual([
      { content: "eyes", authorId: viewer.id },
      { content: "+1", authorId: viewer.id },
      { content: "eyes", authorId: otherId },
    ]);
    const made = proxy.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/reactions"));
    expect(made.map(({ status }) => status)).toEqual([201, 200, 201]);
  });

  it("are refused to who may only read, and on a comment that is gone", async () => {
    await expect(github.comments.react(987_654, "eyes")).rejects.toMatchObject({ status: 404 });
    const { id } = await other.comments.create(server.pullRequest, "x");
    const token = server.tokenWith?.({ "pull-requests": "read" }) ?? "";
    const reader = await createOctokitGitHub({ ...server.repository, token, apiUrl: server.apiUrl });
    await expect(reader.comments.react(id, "eyes")).rejects.toThrow(/403.*pull-requests: write/s);
  });
});

it("tells a comment that was edited from one that was not, also in the second in which it was written", async () => {
  const before = await other.comments.create(server.pullRequest, "Thanks!");
  expect(await github.comments.wasEdited(before)).toBe(false);
  await other.comments.update(before.id, "/assay approve fraud");
  expect(await github.comments.wasEdited({ ...before, updatedAt: before.createdAt })).toBe(true);
  expect(await github.comments.wasEdited({ ...before, updatedAt: before.createdAt, nodeId: "gone" })).toBe(true);
});

it("lists comments of every pull request that changed since a time, with their pull request", async () => {
  const work = await createWorkTree(server.gitFolder);
  await work.git("fetch", "--quiet", "origin");
  await work.git("checkout", "--quiet", "-B", "second", "origin/main");
  await work.push("second", { "second.txt": "2" });
  await work.remove();
  const pull = { repository: "acme/models", title: "Second", headRef: "second", baseRef: "main", author: "other" };
  const { number } = await server.embedded.createPullRequest(pull);
  const first = await other.comments.create(server.pullRequest, "first");
  const second = await other.comments.create(number, "second");
  const found = (await github.comments.listSince(first.updatedAt)).filter(({ id }) => id >= first.id);
  expect(found).toEqual([first, second]);
  expect(found.map((comment) => comment.number)).toEqual([server.pullRequest, number]);
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(await github.comments.listSince(later)).toEqual([]);
});

describe("reviews", () => {
  it("are listed oldest first with the commit that was looked at", async () => {
    const { pullRequest: number } = server;
    await server.embedded.review({ number, author: "carol", state: "CHANGES_REQUESTED", body: "No" });
    await server.embedded.review({ number, author: "carol", state: "APPROVED" });
    await server.embedded.review({ number, author: "dave", state: "APPROVED", commitSha: server.mainSha });
    expect(await github.pullRequests.reviews(number)).toMatchObject([
      { author: { login: "carol" }, state: "CHANGES_REQUESTED", commitSha: server.headSha },
      { author: { login: "carol" }, state: "APPROVED", commitSha: server.headSha },
      { author: { login: "dave" }, state: "APPROVED", commitSha: server.mainSha },
    ]);
    await expect(github.pullRequests.reviews(987_654)).rejects.toMatchObject({ status: 404 });
  });

  it("approve nobody's own pull request", async () => {
    const request = { number: server.pullRequest, author: "other", state: "APPROVED" } as const;
    await expect(server.embedded.review(request)).rejects.toThrow(/their own/);
  });
});

describe("a check run", () => {
  const content = (overrides: Partial<CheckContent> = {}): CheckContent => ({
    ...{ name: "verdict", headSha: server.headSha, externalId: "assay:1", conclusion: "failure" },
    ...{ title: "Blocked", summary: "", annotations: [], ...overrides },
  });
  const action = (index: number) => ({ label: `Do ${index}`, description: `Does ${index}`, identifier: `do-${index}` });

  it("is read by its id", async () => {
    const { id } = await github.checks.create(content());
    expect(await github.checks.get(id)).toMatchObject({ id, name: "verdict", title: "Blocked", conclusion: "failure" });
    expect(await github.checks.get(987_654)).toBeUndefined();
  });

  it("has the buttons that were asked for last", async () => {
    const { id } = await github.checks.create(content({ actions: [action(1), action(2), action(3)] }));
    const stored = () => server.embedded.checks(server.headSha).find((run) => run.id === id)?.actions;
    expect(stored()).toHaveLength(3);
    await github.checks.update(id, content({ actions: [action(4)] }));
    expect(stored()).toEqual([action(4)]);
  });

  it.each([
    ["four of them", { actions: [1, 2, 3, 4].map(action) }],
    ["a label past 20 characters", { actions: [{ ...action(1), label: "x".repeat(21) }] }],
    ["a description past 40", { actions: [{ ...action(1), description: "x".repeat(41) }] }],
    ["an identifier past 20", { actions: [{ ...action(1), identifier: "x".repeat(21) }] }],
  ])("is refused with %s", async (_, overrides) => {
    await expect(github.checks.create(content(overrides))).rejects.toMatchObject({ status: 422 });
  });
});
