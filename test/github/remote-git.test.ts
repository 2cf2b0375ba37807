import { afterEach, beforeEach, expect, it } from "vitest";
import { CommitCache, withCommitCache } from "../../src/github/commit-cache.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createRemoteGit } from "../../src/github/remote-git.ts";
import { parseTagName } from "../../src/registry/tag-name.ts";
import { createScene, type Scene } from "../embedded-github/scene.ts";

let scene: Scene;
let github: GitHub;
beforeEach(async () => {
  scene = await createScene();
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions: { contents: "read" }, kind: "workflow" });
  const connected = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url });
  github = withCommitCache(connected, 1, new CommitCache());
});
afterEach(() => scene.close());

const ofFraud = () =>
  createRemoteGit(github, { prefix: "fraud", matters: (name) => parseTagName(name)?.model === "fraud" }).listTags();

it("reads the annotated tags on commits that are asked for, each once and never again", async () => {
  const { work, mainSha } = scene;
  const tag = (name: string, on = mainSha) => work.git("tag", "--annotate", "--message", `About ${name}`, name, on);
  await tag("fraud@v1.0.0");
  await tag("fraud#staging#1");
  await tag("fraud-eu@v1.0.0");
  await tag("fraud@v2.0.0", "fraud@v1.0.0");
  await work.git("tag", "fraud@v3.0.0", mainSha);
  await work.git("push", "--quiet", "origin", "--tags");
  const before = scene.github.requests.length;
  const found = await ofFraud();
  expect(found.map(({ name, commit, message }) => ({ name, commit, message }))).toEqual([
    { name: "fraud#staging#1", commit: mainSha, message: "About fraud#staging#1" },
    { name: "fraud@v1.0.0", commit: mainSha, message: "About fraud@v1.0.0" },
  ]);
  // The list, and three objects: that of a tag of a tag tells it.
  expect(scene.github.requests.length - before).toBe(4);
  expect(await ofFraud()).toEqual(found);
  expect(scene.github.requests.length - before).toBe(5);
});

it("reads no more than so many, and says how many there are", async () => {
  const { work, mainSha } = scene;
  await work.git("tag", "--annotate", "--message", "one", "fraud@v1.0.0", mainSha);
  const object = await work.git("rev-parse", "refs/tags/fraud@v1.0.0");
  const names = Array.from({ length: 1_000 }, (_, at) => `fraud#staging#${at + 1}`);
  await work.gitWithInput(names.map((name) => `create refs/tags/${name} ${object}\n`).join(""), "update-ref", "--stdin");
  await work.git("push", "--quiet", "origin", "--tags");
  const before = scene.github.requests.length;
  await expect(ofFraud()).rejects.toThrow(/^GitHub has 1001 annotated tags of fraud\. .* 1000 are read at most/);
  expect(scene.github.requests.length - before).toBe(1);
});
