import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { App, Octokit } from "octokit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CreatedApp } from "../../src/embedded-github/embedded-github.ts";
import { createScene, inDemo, repository, type Scene } from "./scene.ts";

interface Received {
  event: string;
  guid: string;
  signature: string;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: payloads are held against GitHub's description when the scene is closed
  payload: any;
}

/** An app's web server that answers what it is told to. */
async function startReceiver() {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const header = (name: string) => String(request.headers[name]);
    received.push({
      event: header("x-github-event"),
      guid: header("x-github-delivery"),
      signature: header("x-hub-signature-256"),
      body,
      payload: JSON.parse(body),
    });
    const status = answers.shift() ?? 202;
    if (status === 0) response.destroy();
    else response.writeHead(status).end("noted");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const secret = "it is a secret";
let scene: Scene;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let app: CreatedApp;
let installationId: number;
let octokit: App;

beforeEach(async () => {
  scene = await createScene();
  receiver = await startReceiver();
  app = await scene.github.createApp({
    slug: "assay",
    permissions: { actions: "write", checks: "write", contents: "write", pull_requests: "write" },
    events: ["check_run", "issue_comment", "merge_group", "pull_request", "pull_request_review", "workflow_run"],
    webhookUrl: receiver.url,
    webhookSecret: secret,
  });
  ({ installationId } = await scene.github.installApp(app.id, [repository]));
  await scene.github.settled();
  receiver.received.length = 0;
  const quiet = { baseUrl: scene.github.url, retry: { enabled: false }, throttle: { enabled: false } };
  octokit = new App({ appId: app.id, privateKey: app.privateKey, Octokit: Octokit.defaults(quiet) });
});
afterEach(async () => {
  await scene?.close();
  await receiver?.close();
});

const open = () =>
  scene.github.createPullRequest({ repository, title: "T", headRef: "feature", baseRef: "main", author: "dev", draft: true });
const told = () => receiver.received.map(({ event, payload }) => `${event}.${payload.action}`);

describe("webhooks", () => {
  it("are signed and say where, by whom and to which installation", async () => {
    const { number } = await open();
    await scene.github.settled();
    const [{ signature, body, guid, payload } = { signature: "", body: "", guid: "", payload: {} }] = receiver.received;
    expect(signature).toBe(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
    expect(guid).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload).toMatchObject({
      action: "opened",
      number,
      installation: { id: installationId },
      repository: { id: scene.repositoryId, full_name: repository },
      sender: { login: "dev" },
    });
  });

  it("go where the app's settings say, from then on", async () => {
    const moved = await startReceiver();
    await scene.github.setWebhook(app.id, { url: moved.url, secret: "another" });
    await open();
    await scene.github.settled();
    expect(receiver.received).toEqual([]);
    const [{ signature, body } = { signature: "", body: "" }] = moved.received;
    expect(signature).toBe(`sha256=${createHmac("sha256", "another").update(body).digest("hex")}`);
    await moved.close();
  });

  it("tell of what happens to a pull request", async () => {
    const { github, work } = scene;
    const { number, headSha } = await open();
    await github.markReady(number);
    await work.git("checkout", "--quiet", "feature");
    const after = await work.push("feature", { "data/train.csv": "id,x\n1,3\n" });
    await github.refreshPullRequest(number);
    await github.refreshPullRequest(number);
    await github.addComment({ number, author: "reviewer", body: "/assay help" });
    await github.review({ number, author: "reviewer", state: "APPROVED" });
    const group = await github.createMergeGroup(number);
    await github.closePullRequest(number);
    await github.reopenPullRequest(number);
    await github.mergePullRequest(number, "squash", "reviewer");
    await github.settled();
    const expected = [
      "pull_request.opened",
      "pull_request.ready_for_review",
      "pull_request.synchronize",
      "issue_comment.created",
      "pull_request_review.submitted",
      "merge_group.checks_requested",
      "pull_request.closed",
      "pull_request.reopened",
      "pull_request.closed",
    ];
    expect(told().toSorted()).toEqual(expected.toSorted());
    const of = (event: string) => receiver.received.find((one) => `${one.event}.${one.payload.action}` === event)?.payload;
    expect(of("pull_request.synchronize")).toMatchObject({ before: headSha, after });
    expect(of("issue_comment.created")).toMatchObject({ issue: { number }, comment: { body: "/assay help" } });
    expect(of("pull_request_review.submitted").review).toMatchObject({ state: "approved", commit_id: after });
    expect(of("merge_group.checks_requested").merge_group.head_sha).toBe(group.headSha);
    expect(await work.git("ls-remote", "origin", group.headRef)).toContain(group.headSha);
  });

  it("tell of runs when they are asked for and when they are over", async () => {
    const { github, featureSha } = scene;
    const run = { repository, event: "push", workflowPath: ".github/workflows/models.yml", headSha: featureSha };
    const { runId } = await github.createRun({ ...run, headBranch: "feature" });
    await github.createJob(runId, { name: "train" });
    await github.finishJob(runId, "train", "success");
    await github.settled();
    expect(told()).toEqual(["workflow_run.requested"]);
    await github.finishRun(runId, "failure");
    await github.settled();
    expect(receiver.received.at(-1)?.payload).toMatchObject({
      action: "completed",
      workflow_run: { id: runId, status: "completed", conclusion: "failure" },
    });
  });

  it("tell of a button only the app that made it", async () => {
    const { github, featureSha } = scene;
    const other = await startReceiver();
    const { id } = await github.createApp({ slug: "other", permissions: {}, events: ["check_run"], webhookUrl: other.url });
    await github.installApp(id, [repository]);
    const installed = await octokit.getInstallationOctokit(installationId);
    const actions = [{ label: "Retrain", description: "d", identifier: "retrain" }];
    const { data } = await installed.rest.checks.create({ ...inDemo, name: "x", head_sha: featureSha, actions });
    await github.clickButton({ checkRunId: data.id, identifier: "retrain", by: "reviewer" });
    await expect(github.clickButton({ checkRunId: data.id, identifier: "explode", by: "reviewer" })).rejects.toThrow(
      /no button explode; it has retrain/,
    );
    await github.settled();
    expect(receiver.received.map(({ payload }) => payload)).toMatchObject([
      {
        check_run: { id: data.id, head_sha: featureSha },
        requested_action: { identifier: "retrain" },
        sender: { login: "reviewer" },
      },
    ]);
    expect(other.received.map(({ event }) => event)).toEqual(["installation"]);
    await other.close();
  });

  it("go only where the app is installed", async () => {
    const { gitFolder } = await scene.github.createRepository({ owner: "octo", name: "other" });
    await scene.work.git("push", "--quiet", gitFolder, "main", "feature");
    const pull = { repository: "octo/other", title: "T", headRef: "feature", baseRef: "main", author: "dev" };
    await scene.github.createPullRequest(pull);
    await scene.github.settled();
    expect(told()).toEqual([]);
    await scene.github.installApp(app.id, ["octo/other"]);
    await scene.github.settled();
    expect(told()).toEqual(["installation_repositories.added"]);
  });
});

describe("deliveries", () => {
  it("are listed with what became of them, and sent again with the same GUID", async () => {
    receiver.answers.push(202, 500, 0);
    const { number } = await open();
    for (const body of ["a", "b"]) {
      await scene.github.settled();
      await scene.github.addComment({ number, author: "reviewer", body });
    }
    await scene.github.settled();
    const { data: listed } = await octokit.octokit.rest.apps.listWebhookDeliveries();
    expect(listed.map(({ event, status, status_code }) => [event, status, status_code])).toEqual([
      ["issue_comment", "failed to connect to host", 0],
      ["issue_comment", "Invalid HTTP Response: 500", 500],
      ["pull_request", "OK", 202],
      ["installation", "OK", 202],
    ]);
    const lost = listed[0]?.id ?? 0;
    await octokit.octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: lost });
    await scene.github.settled();
    expect(receiver.received.at(-1)?.guid).toBe(listed[0]?.guid);
    const { data: again } = await octokit.octokit.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(again).toMatchObject([{ guid: listed[0]?.guid, redelivery: true, status_code: 202 }]);
    const { data: whole } = await octokit.octokit.rest.apps.getWebhookDelivery({ delivery_id: lost });
    expect(whole.request.payload).toMatchObject({ action: "created", comment: { body: "b" } });
  });

  it("are paged by cursor to the end", async () => {
    const { number } = await open();
    for (let count = 0; count < 5; count++) await scene.github.addComment({ number, author: "reviewer", body: `${count}` });
    await scene.github.settled();
    const all = await octokit.octokit.paginate("GET /app/hook/deliveries", { per_page: 2 });
    expect(new Set(all.map(({ id }) => id)).size).toBe(7);
  });

  it("can be held, lost, repeated and mixed up", async () => {
    const { github } = scene;
    github.holdWebhooks();
    const { number } = await open();
    await github.addComment({ number, author: "reviewer", body: "lost" });
    await github.addComment({ number, author: "reviewer", body: "kept" });
    await github.settled();
    expect(told()).toEqual([]);
    await github.releaseWebhooks(([first, , third]) => [third, first, third].filter((letter) => letter !== undefined));
    expect(told()).toEqual(["issue_comment.created", "pull_request.opened", "issue_comment.created"]);
    expect(receiver.received[0]?.guid).toBe(receiver.received[2]?.guid);
    const { data } = await octokit.octokit.request("GET /app/hook/deliveries", { status: "failure" });
    expect(data).toHaveLength(1);
    await github.addComment({ number, author: "reviewer", body: "live again" });
    await github.settled();
    expect(receiver.received).toHaveLength(4);
  });
});
