import { afterAll, beforeAll, expect, it } from "vitest";
import { createScene, inDemo, refusal, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

it("builds an orphan branch from blob, tree, commit and ref", async () => {
  const { git } = scene.octokit.rest;
  const blob = await git.createBlob({ ...inDemo, content: "hello", encoding: "utf-8" });
  const tree = await git.createTree({ ...inDemo, tree: [{ path: "a/b.txt", mode: "100644", type: "blob", sha: blob.data.sha }] });
  const commit = await git.createCommit({ ...inDemo, message: "Begin the ledger", tree: tree.data.sha, parents: [] });
  await git.createRef({ ...inDemo, ref: "refs/heads/ledger", sha: commit.data.sha });
  await scene.work.git("fetch", "--quiet", "origin", "ledger");
  expect(await scene.work.git("log", "--format=%s %p", "FETCH_HEAD")).toBe("Begin the ledger");
  expect(await scene.work.git("show", "FETCH_HEAD:a/b.txt")).toBe("hello");
  const again = await git.getTree({ ...inDemo, tree_sha: "ledger", recursive: "1" });
  expect(again.data.tree.map(({ path, type }) => [path, type])).toEqual([
    ["a", "tree"],
    ["a/b.txt", "blob"],
  ]);
  expect((await git.getCommit({ ...inDemo, commit_sha: commit.data.sha })).data).toMatchObject({
    message: "Begin the ledger",
    parents: [],
  });
  expect(await refusal(git.createRef({ ...inDemo, ref: "refs/heads/ledger", sha: commit.data.sha }))).toMatchObject({
    status: 422,
    message: expect.stringContaining("Reference already exists"),
  });
});

it("adds to, replaces in and removes from a base tree", async () => {
  const { git } = scene.octokit.rest;
  const base = (await git.getTree({ ...inDemo, tree_sha: scene.mainSha })).data.sha;
  const { data } = await git.createTree({
    ...inDemo,
    base_tree: base,
    tree: [
      { path: "README.md", mode: "100644", type: "blob", sha: null },
      { path: "new.txt", mode: "100644", type: "blob", content: "new" },
    ],
  });
  expect(data.tree.map(({ path }) => path)).toEqual(["data", "new.txt"]);
});

it("moves a ref forward only, unless forced", async () => {
  const { git } = scene.octokit.rest;
  await git.createRef({ ...inDemo, ref: "refs/heads/moving", sha: scene.mainSha });
  const moved = await git.updateRef({ ...inDemo, ref: "heads/moving", sha: scene.featureSha });
  expect(moved.data.object.sha).toBe(scene.featureSha);
  const back = { ...inDemo, ref: "heads/moving", sha: scene.mainSha };
  expect(await refusal(git.updateRef(back))).toMatchObject({
    status: 422,
    message: expect.stringContaining("not a fast forward"),
  });
  await git.updateRef({ ...back, force: true });
  expect((await git.getRef({ ...inDemo, ref: "heads/moving" })).data.object).toMatchObject({
    sha: scene.mainSha,
    type: "commit",
  });
  expect(await refusal(git.getRef({ ...inDemo, ref: "heads/nothing" }))).toMatchObject({ status: 404 });
  expect(await refusal(git.updateRef({ ...inDemo, ref: "heads/locked", sha: scene.featureSha }))).toMatchObject({ status: 422 });
});

it("refuses objects that are not there", async () => {
  const { git } = scene.octokit.rest;
  const none = "1".repeat(40);
  const statuses = [
    await refusal(git.createRef({ ...inDemo, ref: "refs/heads/x", sha: none })),
    await refusal(git.createTree({ ...inDemo, tree: [{ path: "a", mode: "100644", type: "blob", sha: none }] })),
    await refusal(git.createCommit({ ...inDemo, message: "m", tree: none })),
    await refusal(git.getCommit({ ...inDemo, commit_sha: none })),
    await refusal(git.getTree({ ...inDemo, tree_sha: none })),
  ].map(({ status }) => status);
  expect(statuses).toEqual([422, 422, 422, 404, 404]);
});
