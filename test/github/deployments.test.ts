import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NewDeployment, NewDeploymentStatus } from "../../src/github/deployments.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createWorkTree } from "../embedded-github/scene.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";

let server: CheckedGitHub;
let github: GitHub;
let first: string;
let second: string;
beforeAll(async () => {
  server = await startCheckedGitHub();
  const { gitFolder } = await server.createRepository({ owner: "acme", name: "models" });
  const work = await createWorkTree(gitFolder);
  first = await work.push("main", { "README.md": "Models\n" });
  second = await work.push("main", { "README.md": "More models\n" });
  await work.remove();
  github = await as({ contents: "read", deployments: "write" });
});
afterAll(() => server?.close());

async function as(permissions: Parameters<CheckedGitHub["tokenFor"]>[0]["permissions"]): Promise<GitHub> {
  const token = server.tokenFor({ repository: "acme/models", permissions, kind: "workflow" });
  return createOctokitGitHub({ owner: "acme", name: "models", token, apiUrl: server.url });
}

function deployment(environment: string, change: Partial<NewDeployment> = {}): NewDeployment {
  const payload = { model: "fraud", version: "v1.0.0" };
  return { sha: first, environment, description: "fraud v1.0.0", payload, isProduction: false, ...change };
}

function status(state: NewDeploymentStatus["state"], change: Partial<NewDeploymentStatus> = {}): NewDeploymentStatus {
  return { state, description: "", replacesEarlier: true, ...change };
}

const stateOf = async ({ id }: { id: number }) => (await github.deployments.statuses(id))[0]?.state;

describe("deployments", () => {
  it("are found again by environment and commit, with what they were made with", async () => {
    // Behind the default branch, with a check that is red: both would stand in the way of what GitHub does by default.
    const checks = await as({ checks: "write" });
    const red = { title: "t", summary: "s", annotations: [], name: "tests", externalId: "1", headSha: first };
    await checks.checks.create({ ...red, conclusion: "failure" });
    const made = await github.deployments.create(deployment("shadow"));
    expect(made).toMatchObject({
      ...{ sha: first, environment: "shadow", task: "deploy", description: "fraud v1.0.0", isProduction: false },
      ...{ payload: { model: "fraud", version: "v1.0.0" }, creator: "github-actions[bot]" },
    });
    const other = await github.deployments.create(deployment("shadow", { sha: second }));
    expect(await github.deployments.list({ environment: "shadow" })).toEqual([other, made]);
    expect(await github.deployments.list({ environment: "shadow", sha: first })).toEqual([made]);
    expect(await github.deployments.list({ environment: "nowhere" })).toEqual([]);
    expect(await github.deployments.get(made.id)).toEqual(made);
    expect(await github.deployments.get(made.id + 100_000)).toBeUndefined();
  });

  it("say what became of them, the newest status first", async () => {
    const made = await github.deployments.create(deployment("canary"));
    expect(await github.deployments.statuses(made.id)).toEqual([]);
    const pages = { logUrl: "https://example.org/log", environmentUrl: "https://example.org/" };
    const begun = await github.deployments.addStatus(made.id, status("in_progress", { description: "begun" }));
    const done = await github.deployments.addStatus(made.id, status("success", { description: "é".repeat(200), ...pages }));
    expect(begun).toMatchObject({ state: "in_progress", description: "begun", logUrl: undefined, environmentUrl: undefined });
    expect(done).toMatchObject({ state: "success", description: `${"é".repeat(139)}…`, ...pages });
    expect(await github.deployments.statuses(made.id)).toEqual([done, begun]);
  });

  it("end successful earlier ones of the environment when one succeeds, unless they are production", async () => {
    const request = [deployment("staging"), deployment("staging"), deployment("staging", { isProduction: true })];
    const made = [];
    for (const one of request) made.push(await github.deployments.create(one));
    const elsewhere = await github.deployments.create(deployment("test"));
    const [old, failed, production] = made;
    if (!old || !failed || !production) throw new Error("there are three");
    for (const one of [old, production, elsewhere])
      await github.deployments.addStatus(one.id, status("success", { replacesEarlier: false }));
    await github.deployments.addStatus(failed.id, status("failure"));
    const newest = await github.deployments.create(deployment("staging", { sha: second }));
    await github.deployments.addStatus(newest.id, status("in_progress"));
    expect(await stateOf(old)).toBe("success");
    await github.deployments.addStatus(newest.id, status("success"));
    const states = [];
    for (const one of [old, failed, production, elsewhere, newest]) states.push(await stateOf(one));
    expect(states).toEqual(["inactive", "failure", "success", "success", "success"]);
    expect(server.deployments().filter(({ environment }) => environment === "staging")).toHaveLength(4);
  });

  it("are asked for once, also where the answer was lost", async () => {
    server.failNext({ method: "POST", pathPattern: /deployments$/, status: 502, afterEffect: true });
    await expect(github.deployments.create(deployment("lost"))).rejects.toMatchObject({ status: 502 });
    const [made, ...others] = await github.deployments.list({ environment: "lost", sha: first });
    expect(others).toEqual([]);
    server.failNext({ method: "POST", pathPattern: /statuses$/, status: 502, afterEffect: true });
    await expect(github.deployments.addStatus(made?.id ?? 0, status("success"))).rejects.toMatchObject({ status: 502 });
    expect(await github.deployments.statuses(made?.id ?? 0)).toMatchObject([{ state: "success" }]);
  });

  it("are not made of a commit that is not there, and name the permission that they take", async () => {
    await expect(github.deployments.create(deployment("staging", { sha: "1".repeat(40) }))).rejects.toThrow(/422.*No ref found/);
    const reader = await as({ deployments: "read" });
    await expect(reader.deployments.create(deployment("staging"))).rejects.toThrow(
      /create a deployment of .* to staging in acme\/models.*deployments: write/s,
    );
  });
});

it("merges and asks for green checks where nobody says otherwise", async () => {
  const token = server.tokenFor({ repository: "acme/models", permissions: { deployments: "write" }, kind: "workflow" });
  const post = (body: object) =>
    fetch(`${server.url}/repos/acme/models/deployments`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const statuses = [
    (await post({ ref: first })).status,
    (await post({ ref: first, auto_merge: false })).status,
    (await post({ ref: second, environment: "elsewhere" })).status,
  ];
  expect(statuses).toEqual([409, 409, 201]);
  // GitHub's description has no body for its refusal.
  const expected = server.problems.splice(0);
  expect(expected.every((problem) => problem.includes("create-deployment) 409"))).toBe(true);
});

it("tells the app of deployments and what became of them", async () => {
  const received: { event: unknown; payload: { action?: string; deployment_status?: { state: string } } }[] = [];
  const app = createServer(async (request, response) => {
    received.push({ event: request.headers["x-github-event"], payload: JSON.parse(await text(request)) });
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  try {
    const { id } = await server.createApp({
      slug: "listener",
      permissions: { deployments: "read" },
      events: ["deployment", "deployment_status"],
      webhookUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}/`,
      webhookSecret: "it is a secret",
    });
    await server.installApp(id, ["acme/models"]);
    await server.settled();
    received.length = 0;
    const made = await github.deployments.create(deployment("told"));
    await github.deployments.addStatus(made.id, status("success"));
    await server.settled();
    expect(received.map(({ event, payload }) => [event, payload.action, payload.deployment_status?.state])).toEqual([
      ["deployment", "created", undefined],
      ["deployment_status", "created", "success"],
    ]);
  } finally {
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  }
});
