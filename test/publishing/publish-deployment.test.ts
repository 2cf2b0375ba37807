import { afterAll, beforeAll, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Deployments } from "../../src/github/deployments.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type PlannedDeployment, publishDeployment } from "../../src/publishing/publish-deployment.ts";
import { createWorkTree } from "../embedded-github/scene.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";

let server: CheckedGitHub;
beforeAll(async () => {
  server = await startCheckedGitHub();
});
afterAll(() => server?.close());

async function start(name: string) {
  const { gitFolder } = await server.createRepository({ owner: "acme", name });
  const work = await createWorkTree(gitFolder);
  const commit = await work.push("main", { "README.md": "Models\n" });
  await work.remove();
  const permissions = { contents: "read", deployments: "write" } as const;
  const token = server.tokenFor({ repository: `acme/${name}`, permissions, kind: "workflow" });
  const { deployments } = await createOctokitGitHub({ owner: "acme", name, token, apiUrl: server.url });
  const plan = (number: number, model = "fraud"): PlannedDeployment => ({
    ...{ key: `key ${model} ${number}`, model, version: `v1.${number}.0`, stage: "production" },
    ...{ stageTag: `${model}#production#${number}`, commit, isProduction: true },
    ...{ sums: digestOf("sums"), environmentUrl: "https://github.com/acme/models/releases/tag/v1" },
  });
  const publish = (number: number, { isNewest = async () => true, model = "fraud" } = {}) =>
    publishDeployment(deployments, plan(number, model), isNewest);
  return { deployments, plan, publish, commit };
}

/** By the stage's tag: what each deployment was said to be, the newest first. */
async function states(deployments: Deployments) {
  const all = (await deployments.list({ environment: "production" })).toReversed();
  return Promise.all(
    all.map(async ({ id, payload }) => [payload["stageTag"], ...(await deployments.statuses(id)).map(({ state }) => state)]),
  );
}

it("is there once for a promotion, says what was shipped, and takes the earlier one's place", async () => {
  const { deployments, publish } = await start("once");
  await publish(1);
  await publish(2);
  await publish(2);
  expect(await states(deployments)).toEqual([
    ["fraud#production#1", "inactive", "success"],
    ["fraud#production#2", "success"],
  ]);
  const [newest] = await deployments.list({ environment: "production" });
  expect(newest).toMatchObject({ isProduction: true, payload: { promotion: "key fraud 2", sums: digestOf("sums") } });
});

it("is found where only the answer was lost", async () => {
  const { deployments, publish } = await start("lost");
  server.failNext({ method: "POST", pathPattern: /lost\/deployments$/, status: 502, afterEffect: true });
  await publish(1);
  expect(await states(deployments)).toEqual([["fraud#production#1", "success"]]);
});

it("counts once where two jobs made one at the same moment", async () => {
  const { deployments, plan, publish, commit } = await start("twice");
  const { key, model, version, stageTag } = plan(1);
  const payload = { promotion: key, model, version, stageTag };
  const request = { sha: commit, environment: "production", description: "At once", payload, isProduction: true };
  for (let job = 0; job < 2; job += 1) await deployments.create(request);
  await publish(1);
  expect(await states(deployments)).toEqual([
    ["fraud#production#1", "success"],
    ["fraud#production#1", "inactive"],
  ]);
});

it("does not come into force once the stage was assigned anew, and leaves what is in force", async () => {
  const { deployments, publish } = await start("late");
  await publish(2);
  await publish(1, { isNewest: async () => false });
  expect(await states(deployments)).toEqual([
    ["fraud#production#2", "success"],
    ["fraud#production#1", "inactive"],
  ]);
});

it("goes out of force again when the stage is assigned anew while that is said", async () => {
  const { deployments, publish } = await start("meanwhile");
  const answers = [true, false];
  await publish(1, { isNewest: async () => answers.shift() ?? false });
  expect(await states(deployments)).toEqual([["fraud#production#1", "inactive", "success"]]);
});

it("leaves other models' deployments, and those that are nobody's promotion", async () => {
  const { deployments, publish, commit } = await start("others");
  const own = { sha: commit, environment: "production", description: "A service", payload: {}, isProduction: true };
  const { id } = await deployments.create(own);
  await deployments.addStatus(id, { state: "success", description: "Up", replacesEarlier: false });
  await publish(1, { model: "churn" });
  await publish(2);
  expect((await states(deployments)).map(([tag, now]) => [tag, now])).toEqual([
    [undefined, "success"],
    ["churn#production#1", "success"],
    ["fraud#production#2", "success"],
  ]);
});
