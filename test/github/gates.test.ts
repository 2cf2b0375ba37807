import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { App, Octokit } from "octokit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import type { CreatedApp } from "../../src/embedded-github/embedded-github.ts";
import type { GitHub } from "../../src/github/github.ts";
import { githubThrough } from "../../src/github/octokit/octokit-github.ts";
import { createScene, type Scene } from "../embedded-github/scene.ts";

const requestSchema = z.object({
  action: z.literal("requested"),
  environment: z.string(),
  sha: z.string(),
  deployment_callback_url: z.string(),
  installation: z.object({ id: z.int() }),
});

let scene: Scene;
let app: CreatedApp;
let received: z.infer<typeof requestSchema>[];
let listener: ReturnType<typeof createServer>;
beforeEach(async () => {
  scene = await createScene();
  received = [];
  listener = createServer(async (request, response) => {
    const body = await text(request);
    if (request.headers["x-github-event"] === "deployment_protection_rule") received.push(requestSchema.parse(JSON.parse(body)));
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  app = await scene.github.createApp({
    slug: "assay",
    permissions: { actions: "read", deployments: "write" },
    events: ["deployment_protection_rule"],
    webhookUrl: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`,
    webhookSecret: "it is a secret",
  });
  await scene.github.installApp(app.id, ["octo/demo"]);
});
afterEach(async () => {
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
  await scene.close();
});

/** A run that comes to the environment, and what the app is asked. */
async function comeTo(environment: string) {
  const { github: server, mainSha } = scene;
  const { runId } = await server.createRun({
    ...{
      repository: "octo/demo",
      event: "push",
      workflowPath: ".github/workflows/deploy.yml",
      headSha: mainSha,
      headBranch: "main",
    },
  });
  await server.waitAtGate({ runId, environment, appId: app.id });
  await server.settled();
  const asked = received.at(-1);
  if (!asked) throw new Error("the app was not asked");
  const github = await githubOf(app, asked.installation.id);
  return { runId, asked, github };
}

async function githubOf({ id, privateKey }: CreatedApp, installationId: number): Promise<GitHub> {
  const quiet = { baseUrl: scene.github.url, retry: { enabled: false }, throttle: { enabled: false } };
  const octokit = await new App({ appId: id, privateKey, Octokit: Octokit.defaults(quiet) }).getInstallationOctokit(
    installationId,
  );
  return githubThrough(octokit, { owner: "octo", name: "demo" }, { isApp: true });
}

it("asks the app, which lets the run go on", async () => {
  const { runId, asked, github } = await comeTo("production");
  expect(asked).toMatchObject({ environment: "production", sha: scene.mainSha });
  expect(asked.deployment_callback_url).toContain(`/actions/runs/${runId}/deployment_protection_rule`);
  expect(await github.runs.get(runId)).toMatchObject({ status: "waiting" });
  await github.deployments.answerGate({
    runId,
    environment: "production",
    decision: undefined,
    comment: "Waits for an approval",
  });
  expect(await github.runs.get(runId)).toMatchObject({ status: "waiting" });
  await github.deployments.answerGate({
    runId,
    environment: "production",
    decision: "approved",
    comment: "fraud v1.2.3 is proven",
  });
  expect(scene.github.gates()).toMatchObject([
    {
      state: "approved",
      comments: ["Waits for an approval", "fraud v1.2.3 is proven"],
      deployment: { environment: "production" },
    },
  ]);
  expect(await github.runs.get(runId)).toMatchObject({ status: "queued" });
});

it("ends the run that the app rejects", async () => {
  const { runId, github } = await comeTo("staging");
  await github.deployments.answerGate({ runId, environment: "staging", decision: "rejected", comment: "No such version" });
  expect(await github.runs.get(runId)).toMatchObject({ status: "completed", conclusion: "failure" });
  expect(scene.github.deployments()).toMatchObject([{ environment: "staging", statuses: [{ state: "failure" }] }]);
  const again = { runId, environment: "staging", decision: "approved", comment: "" } as const;
  await expect(github.deployments.answerGate(again)).rejects.toMatchObject({ status: 422 });
});

it("takes the answer of the app alone that it asked, for the environment that is waited at", async () => {
  const { runId, github } = await comeTo("production");
  const answer = { runId, environment: "production", decision: "approved", comment: "" } as const;
  await expect(github.deployments.answerGate({ ...answer, environment: "staging" })).rejects.toMatchObject({ status: 404 });
  const stranger = await scene.github.createApp({ slug: "stranger", permissions: { deployments: "write" }, events: [] });
  const { installationId } = await scene.github.installApp(stranger.id, ["octo/demo"]);
  const asStranger = await githubOf(stranger, installationId);
  await expect(asStranger.deployments.answerGate(answer)).rejects.toThrow(
    /answer for production to workflow run .*"deployments: write"/s,
  );
  expect(scene.github.gates()).toMatchObject([{ state: "waiting", comments: [] }]);
});
