import { afterEach, beforeEach, expect, it } from "vitest";
import { GitHubError, MissingDataError } from "../../../src/errors/errors.ts";
import { startDeploy } from "../../../src/flows/promotion/start-deploy.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { createOctokitGitHub } from "../../../src/github/octokit/octokit-github.ts";
import { createScene, type Scene } from "../../embedded-github/scene.ts";

let scene: Scene;
let github: GitHub;
beforeEach(async () => {
  scene = await createScene();
  await scene.work.git("checkout", "--quiet", "main");
  const inputs = "inputs: { model: {}, version: {}, stage: {}, tag: {} }";
  await scene.work.push("main", { ".github/workflows/deploy.yml": `name: Deploy\non:\n  workflow_dispatch:\n    ${inputs}\n` });
  await scene.work.git("tag", "--annotate", "--message", "Promote", stageTag, scene.mainSha);
  await scene.work.git("push", "--quiet", "origin", stageTag);
  const permissions = { contents: "read", deployments: "write", actions: "write" } as const;
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions, kind: "workflow" });
  github = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url });
});
afterEach(() => scene.close());

const stageTag = "fraud#staging#1";
const of = { model: "fraud", version: "v1.0.0", stage: "staging", tag: "fraud@v1.0.0" };
const start = (workflow = "deploy.yml") =>
  startDeploy({ ...of, workflow, stageTag, release: "https://github.com/r", serverUrl: "https://github.com" }, github);
const started = () =>
  scene.github.dispatches().map(({ workflowPath, headBranch, inputs }) => ({ workflowPath, headBranch, inputs }));

async function deploy(
  state: "success" | "inactive" = "success",
  payload: Record<string, string> = { promotion: "key", stageTag },
) {
  const request = { sha: scene.mainSha, environment: "staging", description: "", payload, isProduction: false };
  const { id } = await github.deployments.create(request);
  await github.deployments.addStatus(id, { state, description: "", replacesEarlier: false });
  return id;
}

it("starts the workflow on the default branch once, and remembers it with the deployment", async () => {
  const id = await deploy();
  expect(await start()).toMatch(/^Started deploy\.yml on main: https:\/\/github\.com\/octo\/demo\/actions\/runs\/\d+$/);
  const { tag, ...inputs } = of;
  expect(started()).toEqual([{ workflowPath: ".github/workflows/deploy.yml", headBranch: "main", inputs: { ...inputs, tag } }]);
  const [status] = await github.deployments.statuses(id);
  expect(status).toMatchObject({ state: "success", description: "deploy.yml was started for fraud v1.0.0" });
  expect(await start()).toBe(`deploy.yml was started for it already: ${status?.logUrl}`);
  expect(started()).toHaveLength(1);
});

it("starts nothing for a version whose place another one took meanwhile", async () => {
  await deploy("inactive");
  expect(await start()).toBe("staging got another version meanwhile, so deploy.yml is not started for v1.0.0.");
  expect(started()).toEqual([]);
});

it("remembers nothing where the workflow could not be started, so that the next time starts it", async () => {
  await deploy();
  await expect(start("none.yml")).rejects.toThrow(GitHubError);
  expect(await start()).toMatch(/^Started deploy\.yml/);
});

it("takes no deployment that no promotion made of this stage's tag", async () => {
  await deploy("success", { stageTag });
  await deploy("success", { promotion: "key", stageTag: "fraud#staging#2" });
  await expect(start()).rejects.toThrow(MissingDataError);
  expect(started()).toEqual([]);
});

it("starts it a second time where the process was killed before it was remembered", async () => {
  await deploy();
  const { deployments } = github;
  const killed = { ...github, deployments: { ...deployments, addStatus: () => Promise.reject(new Error("killed")) } };
  const request = { ...of, workflow: "deploy.yml", stageTag, release: "https://github.com/r", serverUrl: "https://github.com" };
  await expect(startDeploy(request, killed)).rejects.toThrow("killed");
  await start();
  expect(started()).toHaveLength(2);
});

it("asks no second time where GitHub's answer was lost, and says where to look", async () => {
  await deploy();
  const { runs } = github;
  const lost: GitHub["runs"]["dispatch"] = async (request) => {
    await runs.dispatch(request);
    throw new GitHubError("No answer.", { status: 502 });
  };
  const request = { ...of, workflow: "deploy.yml", stageTag, release: "https://github.com/r", serverUrl: "https://github.com" };
  expect(await startDeploy(request, { ...github, runs: { ...runs, dispatch: lost } })).toMatch(
    /^deploy\.yml was asked to run on main, and GitHub did not say whether it does: .*\/actions\/workflows\/deploy\.yml$/,
  );
  expect(await start()).toMatch(/^deploy\.yml was asked to run for it already: .*\/actions\/workflows\/deploy\.yml$/);
  expect(started()).toHaveLength(1);
});
