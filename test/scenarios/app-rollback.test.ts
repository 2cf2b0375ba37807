import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { assayYml, createPlace, type Place } from "../bot/world.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import { type RunningApp, runApp } from "./running-app.ts";

const promote = `name: Promote
on:
  push: { tags: ["**@v*"] }
  workflow_dispatch:
    inputs:
      model: { type: string, required: true }
      version: { type: string, required: true }
      stage: { type: string, required: true }
      rollback: { type: boolean, default: false }
jobs:
  promote: { runs-on: ubuntu-latest, steps: [{ uses: assay-ml/assay/actions/promote@0000000000000000000000000000000000000000 }] }
`;
const person = ["-c", "user.name=manager", "-c", "user.email=manager@localhost"];
const workflow = ".github/workflows/promote.yml";
const rules = (owners: string) => assayYml({ owners, more: "    promote: {stages: [staging, production]}\n" });

let github: CheckedGitHub;
let place: Place;
let running: RunningApp;
let merged: number;
beforeAll(async () => {
  github = await startCheckedGitHub();
  place = await createPlace({ github, files: { "assay.yml": rules('["@owner"]'), [workflow]: promote } });
  running = await runApp(github, [place.fullName]);
  const { number } = await place.open({ "notes.txt": "1" });
  await github.mergePullRequest(number, "squash");
  merged = number;
  await running.rest();
}, 60_000);
afterAll(async () => {
  await running?.stop();
  await github?.close();
});

/** @returns what the app did with it */
async function write(body: string, { by = "owner", on = merged } = {}) {
  const before = { said: github.comments(on).length, started: github.dispatches().length };
  const { id } = await github.addComment({ number: on, author: by, body });
  await running.rest();
  const said = github
    .comments(on)
    .slice(before.said)
    .filter((comment) => comment.id !== id);
  return {
    said: said.map((comment) => comment.body.replaceAll(/\\|\u200b|&#8203;/g, "")),
    started: github.dispatches().slice(before.started),
  };
}

it("has a stage go back by the repository's own workflow, asked for by an owner on a merged pull request", async () => {
  const { said, started } = await write("/assay rollback fraud --to v1.1.0");
  const inputs = { model: "fraud", version: "v1.1.0", stage: "production", rollback: "true" };
  expect(started).toEqual([expect.objectContaining({ workflowPath: workflow, headBranch: "main", inputs })]);
  const run = `/acme/models/actions/runs/${started[0]?.runId}`;
  expect(said).toEqual([expect.stringContaining(run)]);
  expect(said[0]).toMatch(/`@?owner`: To have `production` go back to `fraud v1\.1\.0`, \[a run\]/);
});

it("takes the stage that is named, also on an open pull request", async () => {
  const { number: on } = await place.open({ "notes.txt": "2" }, { branch: "open" });
  const { said, started } = await write("/assay rollback fraud --to v1.1.0 --stage staging", { on });
  expect(started).toMatchObject([{ inputs: { stage: "staging" } }]);
  expect(said).toEqual([expect.stringContaining("`staging` go back")]);
});

it("starts one run of one comment, however often that is delivered", async () => {
  const { id } = await github.addComment({ number: merged, author: "owner", body: "/assay rollback fraud --to v1.0.0" });
  await running.rest();
  const [said, started] = [github.comments(merged).length, github.dispatches().length];
  const repository = { installation: running.installation, id: place.id, owner: "acme", name: place.name };
  await running.bot.store.addRequest({ kind: "pull-request", repository, number: merged }, { kind: "comment", id });
  await running.bot.store.enqueue({ kind: "pull-request", repository, number: merged });
  await running.rest();
  expect([github.comments(merged).length, github.dispatches().length]).toEqual([said, started]);
});

/** A comment that the app comes to so much later. @returns what it says, and how many runs it starts */
async function writeEarlier(minutes: number) {
  const started = github.dispatches().length;
  const { id } = await github.addComment({ number: merged, author: "owner", body: "/assay rollback fraud --to v1.0.0" });
  const comment = github.comments(merged).find((one) => one.id === id);
  if (!comment) throw new Error("The comment is not there.");
  comment.createdAt = new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");
  comment.updatedAt = comment.createdAt;
  await running.rest();
  const said = github
    .comments(merged)
    .at(-1)
    ?.body.replaceAll(/\\|\u200b|&#8203;/g, "");
  return { said, started: github.dispatches().length - started };
}

it("starts a run of a comment that waited, unless that was more than an hour, or the stage moved meanwhile", async () => {
  expect(await writeEarlier(59)).toEqual({ started: 1, said: expect.stringMatching(/a run\].* is started/) });
  const old = expect.stringMatching(/go back to `fraud v1\.0\.0`, write it again: the comment was older than an hour/);
  expect(await writeEarlier(61)).toEqual({ started: 0, said: old });
  execFileSync("git", ["-C", place.gitFolder, ...person, "tag", "-a", "fraud#production#1", "-m", "Promoted since", "main"]);
  const moved = expect.stringMatching(/go back to `fraud v1\.0\.0`, look what is there now.*: fraud#production#1 was made since/);
  expect(await writeEarlier(59)).toEqual({ started: 0, said: moved });
});

it.each<[string, string, string, RegExp]>([
  ["who does not own the model", "contributor", "/assay rollback fraud --to v1.1.0", /is no owner of `fraud`/],
  ["a version that is none", "owner", "/assay rollback fraud --to 1.1", /"1\.1" is no version/],
  ["no version", "owner", "/assay rollback fraud", /The version is missing/],
  ["a stage that there is not", "owner", "/assay rollback fraud --to v1.1.0 --stage qa", /`qa` is no stage of `fraud`/],
  ["a model that there is not", "owner", "/assay rollback churn --to v1.1.0", /There is no model `churn`/],
])("starts nothing for %s, and says so", async (_, by, body, why) => {
  const { said, started } = await write(body, { by });
  expect(started).toEqual([]);
  expect(said).toEqual([expect.stringMatching(why)]);
});

it("believes no other branch than the default one of who owns a model", async () => {
  place.push("aside", { "assay.yml": rules('["@contributor"]') }, { from: "main" });
  place.push("aside-change", { "notes.txt": "3" }, { from: "aside" });
  const { number: on } = await github.createPullRequest({
    repository: place.fullName,
    ...{ headRef: "aside-change", baseRef: "aside", author: "contributor", title: "Aside" },
  });
  const { said, started } = await write("/assay rollback fraud --to v1.1.0", { by: "contributor", on });
  expect(started).toEqual([]);
  expect(said).toEqual([expect.stringMatching(/pull request into main: its assay\.yml says who owns fraud/)]);
});

it("says what is missing where no workflow can be started", async () => {
  const without = promote.replace(/ {6}rollback: .*\n/, "");
  place.push("main", { [workflow]: without }, { from: "main" });
  expect(await write("/assay rollback fraud --to v1.1.0")).toEqual({
    said: [expect.stringMatching(/promote\.yml of main promotes, and its workflow_dispatch does not ask for rollback/)],
    started: [],
  });
  place.push("main", { [workflow]: null }, { from: "main" });
  expect(await write("/assay rollback fraud --to v1.1.0")).toEqual({
    said: [expect.stringMatching(/No workflow of main uses Assay.s action/)],
    started: [],
  });
});
