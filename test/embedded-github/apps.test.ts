import { createHmac, createSign } from "node:crypto";
import { App, Octokit } from "octokit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreatedApp } from "../../src/embedded-github/embedded-github.ts";
import { createScene, inDemo, refusal, repository, type Scene } from "./scene.ts";

let scene: Scene;
let app: CreatedApp;
let installationId: number;
let number: number;
beforeAll(async () => {
  scene = await createScene();
  await scene.github.createRepository({ owner: "octo", name: "other" });
  await scene.github.createRepository({ owner: "octo", name: "hidden" });
  app = await scene.github.createApp({
    slug: "assay",
    permissions: { checks: "write", pull_requests: "write", contents: "read" },
    events: ["pull_request"],
  });
  ({ installationId } = await scene.github.installApp(app.id, [repository, "octo/other"]));
  const pull = { repository, title: "T", headRef: "feature", baseRef: "main", author: "dev" };
  ({ number } = await scene.github.createPullRequest(pull));
});
afterAll(() => scene.close());

const quiet = () =>
  Octokit.defaults({
    baseUrl: scene.github.url,
    retry: { enabled: false },
    throttle: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
const octokitApp = () => new App({ appId: app.id, privateKey: app.privateKey, Octokit: quiet() });
const asApp = () => octokitApp().octokit;
const asInstallation = () => octokitApp().getInstallationOctokit(installationId);
const withToken = (auth: string) => new (quiet())({ auth });

describe("an app", () => {
  it("names itself and its installations", async () => {
    const octokit = asApp();
    expect((await octokit.rest.apps.getAuthenticated()).data).toMatchObject({
      id: app.id,
      slug: "assay",
      installations_count: 1,
    });
    const { data: installations } = await octokit.rest.apps.listInstallations();
    expect(installations).toMatchObject([{ id: installationId, account: { login: "octo" }, suspended_at: null }]);
    expect((await octokit.rest.apps.getRepoInstallation(inDemo)).data.id).toBe(installationId);
    expect(await refusal(octokit.rest.apps.getRepoInstallation({ owner: "octo", repo: "hidden" }))).toMatchObject({
      status: 404,
    });
  });

  it("is believed only by a signature of its key, and for ten minutes", async () => {
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: app.id, iat: now - 30, exp: now + 570 };
    const message = async (token: string) => {
      const response = await fetch(`${scene.github.url}/app`, { headers: { authorization: `Bearer ${token}` } });
      const answer: { message?: string } = JSON.parse(await response.text());
      return [response.status, answer.message];
    };
    expect((await message(jwt(good)))[0]).toBe(200);
    expect((await message(jwt({ ...good, iss: app.clientId })))[0]).toBe(200);
    const body = Buffer.from(JSON.stringify(good)).toString("base64url");
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`;
    const shared = `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${body}`;
    const tampered = jwt(good).replace(
      /\.[^.]+\./,
      `.${Buffer.from(JSON.stringify({ ...good, iat: 1 })).toString("base64url")}.`,
    );
    for (const token of [
      unsigned,
      tampered,
      `${shared}.${createHmac("sha256", app.privateKey).update(shared).digest("base64url")}`,
      scene.github.tokenFor({ repository, kind: "workflow", permissions: {} }),
    ]) {
      expect(await message(token)).toEqual([401, "A JSON web token could not be decoded"]);
    }
    expect(await message(jwt({ ...good, exp: now - 1 }))).toEqual([401, expect.stringMatching(/^'Expiration time' claim/)]);
    expect(await message(jwt({ ...good, exp: now + 700 }))).toEqual([401, expect.stringMatching(/too far in the future/)]);
    expect(await message(jwt({ ...good, iat: now + 60 }))).toEqual([401, expect.stringMatching(/^'Issued at' claim/)]);
    expect(await message(jwt({ ...good, iss: 1 }))).toEqual([401, "Integration not found"]);
  });
});

describe("an installation", () => {
  it("writes as the app's account, with the app's permissions", async () => {
    const octokit = await asInstallation();
    const { data: comment } = await octokit.rest.issues.createComment({ ...inDemo, issue_number: number, body: "x" });
    expect(comment.user).toMatchObject({ ...app.bot, type: "Bot" });
    const { data: check } = await octokit.rest.checks.create({ ...inDemo, name: "x", head_sha: scene.featureSha });
    expect(check.app).toMatchObject({ id: app.id, slug: "assay" });
    expect(await octokit.graphql("{ viewer { login databaseId } }")).toEqual({
      viewer: { login: "assay[bot]", databaseId: app.bot.id },
    });
    expect((await octokit.rest.users.getByUsername({ username: "assay[bot]" })).data.id).toBe(app.bot.id);
    const write = { ...inDemo, path: "a", message: "m", content: "" };
    expect(await refusal(octokit.rest.repos.createOrUpdateFileContents(write))).toMatchObject({ status: 403 });
    const other = { ...inDemo, check_run_id: check.id, name: "y" };
    const workflow = scene.as({ checks: "write" });
    expect(await refusal(workflow.rest.checks.update(other))).toMatchObject({ status: 403 });
  });

  it("sees its repositories, those added later too, and no others", async () => {
    const octokit = await asInstallation();
    const names = async () =>
      (await octokit.rest.apps.listReposAccessibleToInstallation()).data.repositories.map(({ full_name }) => full_name);
    expect(await names()).toEqual([repository, "octo/other"]);
    expect(await refusal(octokit.rest.repos.get({ owner: "octo", repo: "hidden" }))).toMatchObject({ status: 404 });
    await scene.github.createRepository({ owner: "octo", name: "later" });
    await scene.github.installApp(app.id, ["octo/later"]);
    expect(await names()).toEqual([repository, "octo/other", "octo/later"]);
  });

  it("gives tokens for less than it has", async () => {
    const create = (restriction: object) =>
      asApp().rest.apps.createInstallationAccessToken({ installation_id: installationId, ...restriction });
    const { data } = await create({ repositories: ["demo"], permissions: { checks: "read" } });
    expect(data).toMatchObject({ token: expect.stringMatching(/^ghs_/), permissions: { checks: "read", metadata: "read" } });
    const octokit = withToken(data.token);
    await octokit.rest.checks.listForRef({ ...inDemo, ref: "main" });
    expect(await refusal(octokit.rest.checks.create({ ...inDemo, name: "x", head_sha: scene.mainSha }))).toMatchObject({
      status: 403,
    });
    expect(await refusal(octokit.rest.repos.get({ owner: "octo", repo: "other" }))).toMatchObject({ status: 404 });
    expect(await refusal(create({ repositories: ["hidden"] }))).toMatchObject({ status: 422 });
    expect(await refusal(create({ permissions: { contents: "write" } }))).toMatchObject({ status: 422 });
  });

  it("loses its tokens when their time is up", async () => {
    const { data } = await asApp().rest.apps.createInstallationAccessToken({ installation_id: installationId });
    const octokit = withToken(data.token);
    await octokit.rest.repos.get(inDemo);
    scene.github.expireTokens();
    expect(await refusal(octokit.rest.repos.get(inDemo))).toMatchObject({
      status: 401,
      message: expect.stringContaining("Bad credentials"),
    });
  });
});

function jwt(claims: object): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(app.privateKey).toString("base64url")}`;
}
