import { afterEach, beforeEach, expect, it } from "vitest";
import { readModelTags } from "../../../src/flows/promotion/read-tags.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import { createOctokitGitHub } from "../../../src/github/octokit/octokit-github.ts";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { createScene, type Scene } from "../../embedded-github/scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});
afterEach(() => scene.close());

/** In the clone, and on GitHub. */
async function tag(name: string, ...what: string[]): Promise<void> {
  await scene.work.git("tag", ...what, name, scene.mainSha);
  await scene.work.git("push", "--quiet", "--force", "origin", name);
}
const annotated = ["--annotate", "--message", "Release"];

async function read(model = "fraud") {
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions: { contents: "read" }, kind: "workflow" });
  const github = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url });
  const git = await createCommandGit(scene.work.folder, createNodeProcesses());
  return readModelTags(model, { git, github });
}

it("has the model's annotated tags, and the names of all", async () => {
  for (const name of ["fraud@v1.0.0", "fraud#staging#1", "fraud/eu@v1.0.0", "fraudulent@v1.0.0"]) await tag(name, ...annotated);
  await tag("fraud@v2.0.0");
  await tag("fraud-notes");
  const { annotated: found, names } = await read();
  expect(found.map(({ name, commit }) => [name, commit])).toEqual([
    ["fraud#staging#1", scene.mainSha],
    ["fraud@v1.0.0", scene.mainSha],
  ]);
  expect(names).toEqual(["fraud#staging#1", "fraud@v1.0.0", "fraud@v2.0.0"]);
  expect((await read("fraud/eu")).names).toEqual(["fraud/eu@v1.0.0"]);
});

it("passes over a tag of a tag, whose name is taken all the same", async () => {
  await tag("fraud@v1.0.0", ...annotated);
  await scene.work.git("tag", ...annotated, "fraud@v2.0.0", "fraud@v1.0.0");
  await scene.work.git("push", "--quiet", "origin", "fraud@v2.0.0");
  const { annotated: found, names } = await read();
  expect(found.map(({ name }) => name)).toEqual(["fraud@v1.0.0"]);
  expect(names).toEqual(["fraud@v1.0.0", "fraud@v2.0.0"]);
});

it("takes no tag of the clone that GitHub does not have", async () => {
  await scene.work.git("tag", ...annotated, "fraud@v1.0.0", scene.mainSha);
  expect(await read()).toEqual({ annotated: [], names: [] });
});

it("says how to get a tag that the clone lacks", async () => {
  await tag("fraud@v1.0.0", ...annotated);
  const object = await scene.work.git("rev-parse", "fraud@v1.0.0");
  await scene.work.git("tag", "--delete", "fraud@v1.0.0");
  await scene.work.git("reflog", "expire", "--expire=now", "--all");
  await scene.work.git("prune", "--expire=now");
  await expect(scene.work.git("cat-file", "-e", object)).rejects.toThrow();
  await expect(read()).rejects.toThrow("This clone lacks tag fraud@v1.0.0, which GitHub has. Run `git fetch --tags`");
});

it("says that a checkout put the commit in the place of the pushed tag, whose object is still here", async () => {
  await tag("fraud@v1.0.0", ...annotated);
  await scene.work.git("update-ref", "refs/tags/fraud@v1.0.0", scene.mainSha);
  await expect(read()).rejects.toThrow(/^Tag fraud@v1\.0\.0 is another one in this clone than on GitHub.*actions\/checkout/);
});

it("takes another tag's object under a version's name for no annotated tag", async () => {
  await tag("release-7", ...annotated);
  await scene.work.git("tag", "fraud@v1.0.0", await scene.work.git("rev-parse", "release-7"));
  await scene.work.git("push", "--quiet", "origin", "fraud@v1.0.0");
  expect(await read()).toEqual({ annotated: [], names: ["fraud@v1.0.0"] });
});

it("says how to get a version's tag whose object is here and whose name is not", async () => {
  await tag("fraud@v1.0.0", ...annotated);
  await scene.work.git("tag", "--delete", "fraud@v1.0.0");
  await expect(read()).rejects.toThrow("This clone lacks tag fraud@v1.0.0, which GitHub has. Run `git fetch --tags`");
});

it("asks GitHub for a stage's tag that the clone lacks, such as the one of the promotion before", async () => {
  for (const name of ["fraud@v1.0.0", "fraud#staging#1"]) await tag(name, ...annotated);
  const before = await read();
  await scene.work.git("tag", "--delete", "fraud#staging#1");
  const known = ["name", "id", "commit", "tagger", "taggedAt", "message"] as const;
  const facts = ({ annotated: tags }: typeof before) =>
    tags.map((one) => Object.fromEntries(known.map((key) => [key, key === "tagger" ? one.tagger.name : one[key]])));
  expect(facts(await read())).toEqual(facts(before));
});

it("asks for 50 such tags at most", async () => {
  for (let counter = 1; counter <= 51; counter += 1)
    await scene.work.git("tag", ...annotated, `fraud#staging#${counter}`, scene.mainSha);
  await scene.work.git("push", "--quiet", "--tags", "origin");
  for (let counter = 1; counter <= 51; counter += 1) await scene.work.git("tag", "--delete", `fraud#staging#${counter}`);
  await expect(read()).rejects.toThrow(/^This clone lacks tag fraud#staging#\d+, which GitHub has/);
});

it("says that a tag was moved where the clone has another one", async () => {
  await tag("fraud@v1.0.0", ...annotated);
  await scene.work.git("tag", "--force", "--annotate", "--message", "Another", "fraud@v1.0.0", scene.mainSha);
  const moved = /^Tag fraud@v1\.0\.0 is \w{7} in this clone and \w{7} on GitHub: somebody moved it/;
  await expect(read()).rejects.toThrow(moved);
});
