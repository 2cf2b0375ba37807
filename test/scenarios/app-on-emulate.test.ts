import { createHmac, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { App, Octokit } from "octokit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningBot, startBot } from "../../bot/bot.ts";
import { createWork } from "../../bot/work.ts";
import { GitHubError } from "../../src/errors/errors.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { appOctokitDefaults } from "../../src/github/octokit/app-octokit.ts";
import { createGitHubApp } from "../../src/github/octokit/github-app.ts";
import { createDecisionLedger } from "../../src/ledger/branch-decisions.ts";
import { checkName } from "../../src/report/check.ts";
import { createStoreFolder } from "../bot/store-folder.ts";
import { assayYml } from "../bot/world.ts";
import { type EmulatedApp, startEmulatedApp } from "../github/emulated-app.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";

/**
 * What the app needs of GitHub and emulate@0.12.2 does not have, each with how that was seen; the embedded GitHub has it. The tests
 * below look again, so that a version which has it is noticed.
 */
const lacks: readonly { what: string; seen: (place: EmulatedApp) => Promise<unknown>; is: unknown; so: string }[] = [
  {
    what: "the accounts of apps",
    seen: async ({ ask }) => (await ask("GET", "/users/reader%5Bbot%5D")).status,
    is: 404,
    so: "assay[bot] is seeded as a user",
  },
  {
    what: "the repositories of an installation",
    seen: () => refusal(appOf(7).repositories(100)),
    is: 404,
    so: "sweeps find nothing: answered in its place by the test",
  },
  {
    what: "an app's deliveries",
    seen: () => refusal(appOf(7).deliveries(new Date(0))),
    is: 404,
    so: "what failed is not asked for again: answered in its place by the test, with none",
  },
  {
    what: "the pull requests of a commit",
    seen: async (place) => {
      const { head } = await place.open("asked", "asked.md", "Asked.");
      return (await place.ask("GET", `/repos/acme/models/commits/${head.sha}/pulls`)).status;
    },
    is: 404,
    so: "whether others have the same head is not known: answered in its place by the test, with none",
  },
  {
    what: "the comments of a whole repository",
    seen: async ({ ask }) => (await ask("GET", "/repos/acme/models/issues/comments")).status,
    is: 404,
    so: "the first sweep ends there",
  },
  {
    what: "the mark of a pull request in a comment's webhook",
    seen: async ({ arrived }) => arrived.find(({ event }) => event === "issue_comment")?.payload,
    is: expect.objectContaining({ issue: expect.not.objectContaining({ pull_request: expect.anything() }) }),
    so: "it is taken for an issue's: the test signs and sends the one that GitHub would",
  },
  {
    what: "reactions",
    seen: async ({ ask }) =>
      (await ask("POST", "/repos/acme/models/issues/comments/1/reactions", { content: "+1" }, "owner")).status,
    is: 404,
    so: "a command is answered in the comment alone: taken by the test in its place",
  },
  {
    what: "workflows that can be dispatched",
    seen: async ({ ask, commit }) => {
      await commit("main", ".github/workflows/models.yml", "on: workflow_dispatch\n");
      const dispatches = "/repos/acme/models/actions/workflows/models.yml/dispatches";
      return (await ask("POST", dispatches, { ref: "main" })).status;
    },
    is: 404,
    so: "no training is started",
  },
  {
    what: "runs of workflows, and their artifacts",
    seen: async ({ ask }) => (await ask("GET", "/repos/acme/models/actions/runs")).json,
    is: expect.objectContaining({ total_count: 0 }),
    so: "whatever workflow there is, nothing runs: there is no verdict to be read, and so nothing to approve or waive",
  },
  {
    what: "heads that move",
    seen: async (place) => {
      const { number, head } = await place.open("moves", "one.md", "One.");
      await place.commit("moves", "two.md", "Two.");
      const { json } = await place.ask("GET", `/repos/acme/models/pulls/${number}`);
      return (json as { head: { sha: string } }).head.sha === head.sha;
    },
    is: true,
    so: "there is no synchronize either",
  },
  {
    what: "GUIDs of deliveries",
    seen: async ({ arrived }) => arrived.filter(({ guid }) => !/^\d{13}$/.test(guid)),
    is: [],
    so: "X-GitHub-Delivery is a time in milliseconds: two webhooks in one of them look like the same sent twice",
  },
  {
    what: "GraphQL",
    seen: async ({ ask }) => (await ask("POST", "/graphql", { query: "{ viewer { login } }" })).status,
    is: 404,
    so: "nor the merge queue that is joined by it; whether a comment was edited is answered in its place by the test",
  },
];

let place: EmulatedApp;
let api: FaultyProxy;
let folder: string;
let bot: RunningBot;

beforeAll(async () => {
  folder = await createStoreFolder();
  place = await startEmulatedApp();
  await place.commit("main", "assay.yml", assayYml());
  api = await startFaultyProxy(place.apiUrl);
  const repository = { id: 1, name: "models", owner: { login: "acme" } };
  const inItsPlace = (end: RegExp, answer: number, body: object) =>
    api.faults.push({ matches: ({ path }) => end.test(path), when: "before", answer, body, times: Number.POSITIVE_INFINITY });
  inItsPlace(/\/installation\/repositories$/, 200, { total_count: 1, repositories: [repository] });
  inItsPlace(/\/app\/hook\/deliveries$/, 200, []);
  inItsPlace(/\/commits\/\w+\/pulls$/, 200, []);
  inItsPlace(/\/reactions$/, 201, { content: "+1", user: { id: 1, login: "assay[bot]", type: "Bot" } });
  inItsPlace(/\/graphql$/, 200, { data: { node: { lastEditedAt: null } } });
  const config = {
    ...{ appId: 7, privateKey: place.privateKey, webhookSecret: place.secret, apiUrl: api.url },
    ...{ host: "127.0.0.1", port: 0, store: { folder }, logLevel: "fatal" as const },
  };
  bot = await startBot(config, createWork);
  place.sendTo(`${bot.url}/webhooks`);
}, 120_000);
afterAll(async () => {
  await bot?.stop();
  await api?.close();
  await place?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As the app's installation sees it. */
function appOf(appId: number): GitHubApp {
  const Defaults = Octokit.defaults(appOctokitDefaults(place.apiUrl));
  const octokits = new App({ appId, privateKey: place.privateKey, Octokit: Defaults });
  return createGitHubApp({
    asApp: async () => octokits.octokit,
    asInstallation: (id) => octokits.getInstallationOctokit(id),
  });
}
const seenBy = (appId: number, installation: number): Promise<GitHub> =>
  appOf(appId).connect(installation, { owner: "acme", name: "models" });

async function refusal(asked: Promise<unknown>): Promise<number | undefined> {
  const error = await asked.catch((thrown: unknown) => thrown);
  return error instanceof GitHubError ? error.status : undefined;
}

/** Asks until it is there: webhooks take their time, and so does the app. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
}

/** Comments, and tells the app of it as GitHub does. */
async function command(number: number, login: string, text: string): Promise<void> {
  const { id } = await place.comment(number, login, text);
  const body = JSON.stringify({
    ...{ action: "created", issue: { number, pull_request: {} }, comment: { id, body: text } },
    ...{ installation: { id: 100 }, repository: { id: 1, name: "models", owner: { login: "acme" } } },
  });
  const signature = `sha256=${createHmac("sha256", place.secret).update(body).digest("hex")}`;
  expect((await send(body, "issue_comment", signature)).status).toBe(202);
}

function send(body: string, event: string, signature: string): Promise<Response> {
  const headers = { "x-github-event": event, "x-github-delivery": randomUUID(), "x-hub-signature-256": signature };
  return fetch(`${bot.url}/webhooks`, { method: "POST", body, headers });
}

async function checkOf(sha: string) {
  const { checks } = await seenBy(7, 100);
  return (await checks.list(sha, checkName)).at(-1);
}

describe("the app on emulate", () => {
  let touching: { number: number; head: { sha: string } };

  it("hears by a signed webhook of a pull request, and writes its check", { timeout: 60_000 }, async () => {
    touching = await place.open("data", "train.csv", "x,y\n2,2\n");
    const check = await eventually(() => checkOf(touching.head.sha));
    expect(check).toMatchObject({ conclusion: undefined, title: "Waiting for the workflow run", appSlug: undefined });
    expect(place.arrived).toContainEqual(expect.objectContaining({ event: "pull_request", status: 202 }));
  });

  it("passes one that touches no model", { timeout: 60_000 }, async () => {
    const { head } = await place.open("words", "NOTES.md", "Words.");
    expect(await eventually(() => checkOf(head.sha))).toMatchObject({ conclusion: "success", title: "Nothing to train" });
  });

  it("answers commands in one comment, by what GitHub says that their author may do", { timeout: 60_000 }, async () => {
    const { number } = touching;
    const ours = async () => (await place.comments(number)).filter(({ user }) => user.login === "assay[bot]");
    const saying = (words: string) => async () => (await ours()).find(({ body }) => body.includes(words));
    await command(number, "owner", "/assay status");
    await eventually(saying("Nothing is known of"));
    await command(number, "visitor", "/assay retrain");
    await eventually(saying("has no write permission here"));
    expect(await ours()).toHaveLength(1);
  });

  it("refuses what is not signed with its secret", async () => {
    const [first] = place.arrived;
    const answer = await send("{}", "pull_request", first?.signature ?? "");
    expect(answer.status).toBe(401);
  });

  it("signs in by a JWT and an installation's token, and is held to its permissions", async () => {
    expect(await appOf(7).about()).toMatchObject({ id: 7, slug: "assay", bot: { login: "assay[bot]" } });
    expect(await appOf(7).installations()).toEqual([{ id: 100, account: "acme", suspended: false }]);
    const { checks } = await seenBy(8, 200);
    const forbidden = checks.create({
      ...{ name: checkName, headSha: touching.head.sha, externalId: "x", conclusion: "success", detailsUrl: undefined },
      ...{ title: "Forged", summary: "", text: "", annotations: [] },
    });
    await expect(forbidden).rejects.toThrow(/403/);
    expect((await checkOf(touching.head.sha))?.title).not.toBe("Forged");
  });

  it("keeps a decision on the ledger branch, and believes none that GitHub did not sign", async () => {
    const { contents } = await seenBy(7, 100);
    const tip = { recall: async () => undefined, remember: async () => undefined };
    const ledger = createDecisionLedger({ contents, repositoryId: 1, bot: "assay[bot]", tip });
    const { number, head } = touching;
    const decided = { repositoryId: 1, pullRequest: number, headSha: head.sha, by: { id: 2, login: "owner" } };
    await ledger.record({ schema: "assay.allowance/v1", ...decided, at: new Date().toISOString() });
    const { decisions, ignored } = await ledger.ofPullRequest(number);
    expect(decisions).toEqual([]);
    // Commits that an app makes there are not signed, as they are on GitHub.
    expect(ignored).toEqual([expect.stringMatching(/^allowances\/.* was not recorded by the app\.$/)]);
  });

  it.each(lacks)("lacks $what: $so", async ({ seen, is }) => {
    expect(await seen(place)).toEqual(is);
  });
});
