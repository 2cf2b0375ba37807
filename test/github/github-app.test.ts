import { setTimeout as sleep } from "node:timers/promises";
import { Probot, ProbotOctokit } from "probot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreatedApp } from "../../src/embedded-github/embedded-github.ts";
import { GitHubError } from "../../src/errors/errors.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { isLostAnswer } from "../../src/github/lost-answer.ts";
import { appOctokitDefaults } from "../../src/github/octokit/app-octokit.ts";
import { createGitHubApp } from "../../src/github/octokit/github-app.ts";
import { obeyPauses } from "../../src/github/octokit/obey-pauses.ts";
import { createFetch } from "../../src/github/octokit/transport.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";

let server: EmbeddedTestGitHub;
let created: CreatedApp;
let installation: number;
let app: GitHubApp;
let github: GitHub;

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  created = await server.embedded.createApp({
    slug: "assay",
    permissions: { checks: "write", pull_requests: "write", contents: "read" },
    events: ["issue_comment"],
    // Nothing listens there: every delivery fails.
    webhookUrl: "http://127.0.0.1:9/",
    webhookSecret: "s",
  });
  app = throughProbot(created);
});
afterAll(() => server?.close());

/** As the bot does it. */
function throughProbot(created: CreatedApp): GitHubApp {
  return createGitHubApp(octokitsOf(created));
}

function octokitsOf({ id, privateKey }: CreatedApp, answerWithinMs?: number) {
  const Octokit = ProbotOctokit.defaults(appOctokitDefaults(server.apiUrl, createFetch(answerWithinMs)));
  const probot = new Probot({ appId: id, privateKey, secret: "s", baseUrl: server.apiUrl, Octokit, logLevel: "fatal" });
  return { asApp: () => probot.auth(), asInstallation: (installation: number) => probot.auth(installation) };
}

async function failureOf(act: Promise<unknown>): Promise<GitHubError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GitHubError)) throw new Error(`not a GitHubError: ${String(error)}`);
  return error;
}

describe("an app through Probot's Octokits", () => {
  it("does not know its account until it is installed", async () => {
    expect(await app.about()).toEqual({ id: created.id, slug: "assay", bot: undefined });
    expect(await app.installations()).toEqual([]);
    installation = (await server.embedded.installApp(created.id, ["acme/models"])).installationId;
    expect(await app.about()).toEqual({ id: created.id, slug: "assay", bot: created.bot });
  });

  it("finds its installations and their repositories", async () => {
    expect(await app.installations()).toEqual([{ id: installation, account: "acme", suspended: false }]);
    expect(await app.repositories(installation)).toEqual([{ id: server.repositoryId, owner: "acme", name: "models" }]);
  });

  it("asks nothing of GitHub until something is asked of it, and takes one token for all", async () => {
    const fresh = throughProbot(created);
    const before = server.embedded.requests.length;
    const connected = await Promise.all([1, 2, 3].map(() => fresh.connect(installation, server.repository)));
    expect(server.embedded.requests.length).toBe(before);
    for (const one of connected) await one.contents.defaultBranch();
    const asked = server.embedded.requests.slice(before).map(({ endpoint }) => endpoint);
    expect(asked.filter((endpoint) => endpoint === "POST /app/installations/{id}/access_tokens")).toHaveLength(1);
    expect(asked).toHaveLength(4);
    github = await app.connect(installation, server.repository);
  });

  it("writes as the app, and knows as whom", async () => {
    expect(await github.comments.viewer()).toEqual(created.bot);
    expect((await github.comments.create(server.pullRequest, "hello")).author).toEqual(created.bot);
  });

  // Octokit first believes for six seconds that a token so young is not known everywhere yet.
  it("goes on with a new token when the old one has run out", async () => {
    await github.contents.defaultBranch();
    server.embedded.expireTokens();
    expect((await github.comments.create(server.pullRequest, "after the token")).author).toEqual(created.bot);
    expect((await github.comments.list(server.pullRequest)).map(({ body }) => body)).toContain("after the token");
  }, 60_000);

  it("does not wait where GitHub asks for a pause, and says until when", async () => {
    server.embedded.failNext({ method: "POST", pathPattern: "/comments", status: 403, retryAfter: 120 });
    const start = Date.now();
    const secondary = await failureOf(github.comments.create(server.pullRequest, "x"));
    const wait = (secondary.retryAt?.getTime() ?? 0) - start;
    expect([secondary.status, wait >= 120_000 && wait < 180_000]).toEqual([403, true]);
    server.embedded.failNext({ method: "GET", pathPattern: "/repos/", status: 429, retryAfter: 7 });
    expect((await failureOf(github.contents.defaultBranch())).retryAt).toBeInstanceOf(Date);
    server.embedded.failNext({ method: "GET", pathPattern: "/repos/", status: 404 });
    expect((await failureOf(github.contents.defaultBranch())).retryAt).toBeUndefined();
  });

  it("sends nothing for an installation while GitHub asks it for a pause, and goes on after that", async () => {
    const { asApp, asInstallation } = octokitsOf(created);
    const octokit = await asInstallation(installation);
    obeyPauses(octokit);
    const obeying = createGitHubApp({ asApp, asInstallation: async () => octokit });
    const { contents } = await obeying.connect(installation, server.repository);
    server.embedded.failNext({ method: "GET", pathPattern: "/repos/", status: 403, retryAfter: 1 });
    const end = async (asked: Promise<unknown>) => (await failureOf(asked)).retryAt?.getTime() ?? Number.NaN;
    const told = await end(contents.defaultBranch());
    const before = server.embedded.requests.length;
    const kept = await end(obeying.repositories(installation));
    expect(server.embedded.requests.length).toBe(before);
    // Who is told and who keeps to it each look at the clock.
    expect(Math.abs(kept - told)).toBeLessThan(500);
    await sleep(Math.max(kept, told) - Date.now() + 1);
    expect(await contents.defaultBranch()).toBe("main");
  });

  it("repeats a read that failed, and no creation", async () => {
    const count = () => server.embedded.comments(server.pullRequest).length;
    server.embedded.failNext({ method: "GET", pathPattern: "/repos/", status: 502, times: 2 });
    expect(await github.contents.defaultBranch()).toBe("main");
    const before = count();
    server.embedded.failNext({ method: "POST", pathPattern: "/comments", status: 502, afterEffect: true });
    expect((await failureOf(github.comments.create(server.pullRequest, "x"))).status).toBe(502);
    server.embedded.failNext({ method: "POST", pathPattern: "/comments", cut: "after" });
    expect((await failureOf(github.comments.create(server.pullRequest, "x"))).status).toBeUndefined();
    server.embedded.failNext({ method: "POST", pathPattern: "/comments", truncated: true });
    expect((await failureOf(github.comments.create(server.pullRequest, "x"))).status).toBeUndefined();
    expect(count()).toBe(before + 3);
  });

  it("does not wait for ever when GitHub takes a request and never answers", async () => {
    const impatient = await createGitHubApp(octokitsOf(created, 500)).connect(installation, server.repository);
    const before = server.embedded.comments(server.pullRequest).length;
    server.embedded.failNext({ method: "POST", pathPattern: "/comments", timeout: "after" });
    const lost = await failureOf(impatient.comments.create(server.pullRequest, "x"));
    expect([lost.status, isLostAnswer(lost)]).toEqual([undefined, true]);
    expect(server.embedded.comments(server.pullRequest).length).toBe(before + 1);
    server.embedded.failNext({ method: "GET", pathPattern: "/repos/", timeout: "before" });
    expect(await impatient.contents.defaultBranch()).toBe("main");
  });

  it("names the permission that the app lacks, and no token", async () => {
    const content = { branch: "change", path: "x", content: "x", message: "m" };
    const error = await failureOf(github.contents.create(content));
    expect(error.message).toMatch(/Give the app the permission "contents: write"/);
    const withToken = new Error("sent with ghs_0123456789abcdef");
    expect((await failureOf(brokenApp(withToken).installations())).message).toMatch(/sent with \*\*\*/);
  });

  it("lists deliveries since a time, and asks for one again", async () => {
    await server.embedded.addComment({ number: server.pullRequest, author: "other", body: "lost" });
    await server.embedded.settled();
    const deliveries = await app.deliveries(new Date(0));
    expect(deliveries[0]).toMatchObject({ event: "issue_comment", statusCode: 0, redelivery: false });
    expect(deliveries.at(-1)).toMatchObject({ event: "installation" });
    const newest = deliveries[0]?.deliveredAt ?? "";
    expect((await app.deliveries(new Date(newest))).length).toBeLessThan(deliveries.length);
    await app.redeliver(deliveries[0]?.id ?? 0);
    await server.embedded.settled();
    const [again] = await app.deliveries(new Date(newest));
    expect(again).toMatchObject({ guid: deliveries[0]?.guid, redelivery: true });
  });

  it("reads pages of deliveries only as far back as asked", async () => {
    const before = server.embedded.requests.length;
    expect(await app.deliveries(new Date(Date.now() + 60_000))).toEqual([]);
    expect(server.embedded.requests.length).toBe(before + 1);
  });
});

/** An app whose every request fails with the error. */
function brokenApp(error: Error): GitHubApp {
  const ours = appOctokitDefaults(server.apiUrl);
  const request = { fetch: () => Promise.reject(error) };
  const Octokit = ProbotOctokit.defaults((given: object) => ({ ...ours({ ...given }), request }));
  const probot = new Probot({ appId: created.id, privateKey: created.privateKey, secret: "s", Octokit, logLevel: "fatal" });
  return createGitHubApp({ asApp: () => probot.auth(), asInstallation: (id) => probot.auth(id) });
}
