import { afterAll, beforeAll, expect, it } from "vitest";
import { createScene, inDemo, refusal, repository, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const create = (title: string, labels: string[] = []) =>
  scene.octokit.rest.issues.create({ ...inDemo, title, body: `About ${title}`, labels });

it("makes labels once, whatever their case, and gives an issue those that there are", async () => {
  const { issues } = scene.octokit.rest;
  const { data } = await issues.createLabel({ ...inDemo, name: "bug", color: "ff0000", description: "Wrong" });
  expect(data).toMatchObject({ name: "bug", color: "ff0000", description: "Wrong" });
  expect(await refusal(issues.createLabel({ ...inDemo, name: "Bug" }))).toMatchObject({
    status: 422,
    message: expect.stringContaining("already_exists"),
  });
  const made = await create("one", ["BUG", "unknown"]);
  expect(made.data).toMatchObject({ state: "open", user: { login: "github-actions[bot]" } });
  expect(made.data.labels).toMatchObject([{ name: "bug" }]);
});

it("lists by state and label with pull requests among them, newest first unless asked", async () => {
  const { issues } = scene.octokit.rest;
  const { number } = await scene.github.createPullRequest({
    ...{ repository, title: "T", headRef: "feature", baseRef: "main", author: "dev" },
  });
  const two = (await create("two")).data.number;
  const list = async (query: object) => (await issues.listForRepo({ ...inDemo, ...query })).data;
  expect((await list({})).map((issue) => issue.number)).toEqual([two, number, number - 1]);
  expect((await list({})).map((issue) => issue.pull_request !== undefined)).toEqual([false, true, false]);
  await issues.update({ ...inDemo, issue_number: two, state: "closed", state_reason: "not_planned" });
  expect((await list({ state: "closed" })).map((issue) => [issue.number, issue.state_reason])).toEqual([[two, "not_planned"]]);
  expect((await list({ labels: "bug", state: "all", direction: "asc" })).map((issue) => issue.title)).toEqual(["one"]);
  expect((await issues.get({ ...inDemo, issue_number: number })).data.pull_request).toBeDefined();
});

it("changes title, text and state, and says who closed it and why", async () => {
  const { issues } = scene.octokit.rest;
  const { number } = (await create("three")).data;
  const update = async (change: object) => (await issues.update({ ...inDemo, issue_number: number, ...change })).data;
  expect(await update({ title: "3", body: "text" })).toMatchObject({ title: "3", body: "text", state: "open" });
  expect(await update({ state: "closed" })).toMatchObject({
    ...{ state: "closed", state_reason: "completed", closed_by: { login: "github-actions[bot]" } },
    closed_at: expect.any(String),
  });
  expect(await update({ state: "open" })).toMatchObject({ state: "open", state_reason: "reopened", closed_at: null });
  expect(scene.github.issues().find((issue) => issue.number === number)).toMatchObject({ title: "3", state: "open" });
});

it("refuses no title, a text that is too long, and who may not", async () => {
  const { issues } = scene.octokit.rest;
  expect(await refusal(create(" "))).toMatchObject({ status: 422, message: expect.stringContaining("title") });
  expect(await refusal(issues.create({ ...inDemo, title: "T", body: "x".repeat(65_537) }))).toMatchObject({ status: 422 });
  expect(await refusal(issues.get({ ...inDemo, issue_number: 999 }))).toMatchObject({ status: 404 });
  const reader = scene.as({ issues: "read" }).rest.issues;
  expect(await refusal(reader.create({ ...inDemo, title: "T" }))).toMatchObject({ status: 403 });
});
