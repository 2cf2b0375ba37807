import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createWorkTree, type WorkTree } from "../embedded-github/scene.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy.ts";

let server: EmbeddedTestGitHub;
let proxy: FaultyProxy;
let github: GitHub;
let work: WorkTree;
let mainSha: string;

const models = `name: Models
run-name: "Models of #\${{ inputs.pr }} at \${{ github.event.inputs.sha }}"
on:
  pull_request:
  workflow_dispatch:
    inputs:
      pr: { required: true }
      sha: {}
      seeds: { default: 3, type: number }
      size: { type: choice, options: [small, large], default: small }
`;

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  proxy = await startFaultyProxy(server.apiUrl);
  const token = server.tokenWith?.({ actions: "write" }) ?? "";
  github = await createOctokitGitHub({ ...server.repository, token, apiUrl: proxy.url });
  work = await createWorkTree(server.gitFolder);
  await work.git("fetch", "--quiet", "origin");
  await work.git("checkout", "--quiet", "-B", "main", "origin/main");
  const folder = ".github/workflows";
  const files = { "models.yml": models, "push.yml": "on: push\n", "named.yml": "name: Named\non: [push, workflow_dispatch]\n" };
  mainSha = await work.push("main", Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])));
});
afterAll(async () => {
  await work?.remove();
  await proxy?.close();
  await server?.close();
});

const inputs = { pr: "7", sha: "abc" };
const dispatch = (workflow: string, given: Record<string, string> = {}, ref = "main") =>
  github.runs.dispatch({ workflow, ref, inputs: given });

describe("a dispatch", () => {
  it("starts a run on the tip of the branch, by the name that the workflow gives it, and says its id", async () => {
    const runId = await dispatch("models.yml", inputs);
    expect(await github.runs.get(runId ?? 0)).toMatchObject({
      event: "workflow_dispatch",
      path: ".github/workflows/models.yml",
      headSha: mainSha,
      headBranch: "main",
      title: "Models of #7 at abc",
      status: "queued",
      pullRequests: [],
    });
    expect(await github.runs.dispatched("models.yml")).toMatchObject([{ id: runId }]);
    expect(server.embedded.dispatches().find((run) => run.runId === runId)).toMatchObject({
      repository: "acme/models",
      actor: "github-actions[bot]",
      inputs: { pr: "7", sha: "abc", seeds: "3", size: "small" },
      status: "queued",
    });
  });

  it("is called by the workflow's name where that gives its runs none", async () => {
    expect(await github.runs.get((await dispatch("named.yml")) ?? 0)).toMatchObject({ title: "Named" });
  });

  it.each([
    ["an input that the workflow does not know", "models.yml", { ...inputs, gpu: "8" }, "main", /422.*Unexpected inputs.*gpu/s],
    ["a missing input", "models.yml", {}, "main", /422.*Required input 'pr' not provided/s],
    ["a value that is no choice", "models.yml", { ...inputs, size: "huge" }, "main", /422.*'huge' for input 'size'/s],
    ["a workflow without the trigger", "push.yml", {}, "main", /422.*does not have 'workflow_dispatch' trigger/s],
    ["a branch without the workflow", "models.yml", inputs, "change", /422.*does not have 'workflow_dispatch' trigger/s],
    ["an unknown branch", "models.yml", inputs, "none", /422.*No ref found for: none/s],
    ["an unknown workflow", "none.yml", {}, "main", /404.*actions: write/s],
  ])("is refused for %s", async (_, workflow, given, ref, message) => {
    await expect(dispatch(workflow, given, ref)).rejects.toThrow(message);
  });

  it("is refused with more than 25 inputs, and without the permission", async () => {
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`input${index}`, "x"]));
    await expect(dispatch("models.yml", many)).rejects.toMatchObject({ status: 422 });
    const token = server.tokenWith?.({ actions: "read" }) ?? "";
    const reader = await createOctokitGitHub({ ...server.repository, token, apiUrl: server.apiUrl });
    const request = { workflow: "models.yml", ref: "main", inputs };
    await expect(reader.runs.dispatch(request)).rejects.toThrow(/403.*permissions: \{ actions: write \}/s);
  });

  it("is not repeated when its answer is lost, and is found by its title", async () => {
    const matches = ({ method }: { method: string }) => method === "POST";
    proxy.faults.push({ matches, when: "after", answer: 502, times: 1 });
    await expect(dispatch("models.yml", { pr: "8", sha: "lost" })).rejects.toMatchObject({ status: 502 });
    const titles = (await github.runs.dispatched("models.yml")).map(({ title }) => title);
    expect(titles.filter((title) => title === "Models of #8 at lost")).toHaveLength(1);
  });

  it("has no id on a GitHub that does not say it", async () => {
    const matches = ({ method }: { method: string }) => method === "POST";
    proxy.faults.push({ matches, when: "after", answer: 204, times: 1 });
    expect(await dispatch("models.yml", inputs)).toBeUndefined();
    const { url } = server.embedded;
    const authorization = `Bearer ${server.tokenWith?.({ actions: "write" })}`;
    const route = `${url}/repos/acme/models/actions/workflows/models.yml/dispatches`;
    const answer = await fetch(route, {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify({ ref: "main", inputs }),
    });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
  });
});

it("knows no dispatched runs of a workflow that never ran or is not there", async () => {
  expect(await github.runs.dispatched("push.yml")).toEqual([]);
  expect(await github.runs.dispatched("none.yml")).toEqual([]);
});

it("cancels a run with its jobs, once", async () => {
  const runId = (await dispatch("models.yml", inputs)) ?? 0;
  await server.embedded.createJob(runId, { name: "train" });
  expect(await github.runs.cancel(runId)).toBe("cancelled");
  expect(await github.runs.get(runId)).toMatchObject({ status: "completed", conclusion: "cancelled" });
  expect(await github.runs.jobs(runId)).toMatchObject([{ name: "train", conclusion: "cancelled" }]);
  expect(await github.runs.cancel(runId)).toBe("over");
  // Whoever has deleted it has ended it.
  expect(await github.runs.cancel(987_654)).toBe("over");
});
