import { afterAll, beforeAll, expect, it } from "vitest";
import { createScene, createWorkTree, inDemo, refusal, repository, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

it("opens a pull request with a real test merge that a runner can check out", async () => {
  const { github, octokit, work, mainSha, featureSha } = scene;
  const opened = await github.createPullRequest({
    repository,
    title: "More data",
    headRef: "feature",
    baseRef: "main",
    author: "dev",
  });
  expect(opened).toMatchObject({ headSha: featureSha, baseSha: mainSha });
  await work.git("fetch", "--quiet", "origin", `refs/pull/${opened.number}/merge`);
  expect(await work.git("rev-parse", "FETCH_HEAD", "FETCH_HEAD^1", "FETCH_HEAD^2")).toBe(
    [opened.mergeSha, mainSha, featureSha].join("\n"),
  );
  const { data } = await octokit.rest.pulls.get({ ...inDemo, pull_number: opened.number });
  expect(data).toMatchObject({
    state: "open",
    merged: false,
    merge_commit_sha: opened.mergeSha,
    changed_files: 2,
    additions: 2,
    commits: 1,
  });
  const files = await octokit.rest.pulls.listFiles({ ...inDemo, pull_number: opened.number });
  expect(files.data.map(({ filename, status }) => [filename, status])).toEqual([
    ["data/new file.csv", "added"],
    ["data/train.csv", "modified"],
  ]);
  expect((await octokit.rest.pulls.list({ ...inDemo, head: "octo:feature" })).data.map(({ number }) => number)).toEqual([
    opened.number,
  ]);
  expect((await octokit.rest.pulls.list({ ...inDemo, state: "closed" })).data).toEqual([]);
});

it("follows a push, and finds the pull request of a commit before and after the merge", async () => {
  const { github, octokit, work } = scene;
  await work.git("checkout", "--quiet", "-B", "second", "main");
  const first = await work.push("second", { "a.txt": "a" });
  const opened = await github.createPullRequest({
    repository,
    title: "Second",
    headRef: "second",
    baseRef: "main",
    author: "dev",
  });
  const head = await work.push("second", { "b.txt": "b" });
  const refreshed = await github.refreshPullRequest(opened.number);
  expect([refreshed.headSha, refreshed.mergeSha === opened.mergeSha]).toEqual([head, false]);

  const pullsOf = async (commit_sha: string) =>
    (await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...inDemo, commit_sha })).data.map(({ number }) => number);
  expect(await pullsOf(first)).toEqual([opened.number]);
  const merged = await github.mergePullRequest(opened.number, "merge");
  expect([await pullsOf(first), await pullsOf(merged)]).toEqual([[opened.number], [opened.number]]);
  expect((await octokit.rest.repos.getBranch({ ...inDemo, branch: "main" })).data.commit.sha).toBe(merged);
  expect((await octokit.rest.pulls.get({ ...inDemo, pull_number: opened.number })).data).toMatchObject({
    merged: true,
    state: "closed",
    merge_commit_sha: merged,
  });
});

it("squashes into one commit with one parent, which is the pull request's from then on", async () => {
  const { github, octokit, work } = scene;
  await work.git("checkout", "--quiet", "-B", "third", "main");
  const head = await work.push("third", { "c.txt": "c" });
  const { number } = await github.createPullRequest({
    repository,
    title: "Third",
    headRef: "third",
    baseRef: "main",
    author: "dev",
  });
  const squashed = await github.mergePullRequest(number, "squash");
  const { data: commit } = await octokit.rest.git.getCommit({ ...inDemo, commit_sha: squashed });
  expect([commit.parents.length, commit.message]).toEqual([1, `Third (#${number})`]);
  const found = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...inDemo, commit_sha: squashed });
  expect(found.data).toMatchObject([{ number, merge_commit_sha: squashed }]);
  const { data: comparison } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...inDemo,
    basehead: `${squashed}...${head}`,
  });
  expect(comparison).toMatchObject({ status: "diverged", ahead_by: 1 });
  expect(
    await refusal(octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...inDemo, commit_sha: "2".repeat(40) })),
  ).toMatchObject({ status: 422 });
});

it("takes the head from a fork, whose own repository says so", async () => {
  const { github, octokit } = scene;
  const fork = await github.createRepository({ owner: "guest", name: "demo", forkOf: repository });
  const work = await createWorkTree(fork.gitFolder);
  await work.git("pull", "--quiet", "origin", "main");
  const head = await work.push("patch", { "fork.txt": "fork" });
  await work.remove();
  const request = {
    repository,
    title: "From a fork",
    headRef: "patch",
    baseRef: "main",
    author: "guest",
    headRepository: "guest/demo",
  };
  const { number, headSha } = await github.createPullRequest(request);
  expect(headSha).toBe(head);
  const { data } = await octokit.rest.pulls.get({ ...inDemo, pull_number: number });
  expect(data.head).toMatchObject({ label: "guest:patch", repo: { id: fork.id, fork: true, full_name: "guest/demo" } });
  expect(data.author_association).toBe("NONE");
});

it("does not open a pull request that conflicts", async () => {
  const { github, work } = scene;
  await work.git("checkout", "--quiet", "-B", "conflict", "main");
  await work.push("conflict", { "data/train.csv": "other\n" });
  await work.git("fetch", "--quiet", "origin", "main");
  await work.git("checkout", "--quiet", "--detach", "FETCH_HEAD");
  await work.push("main", { "data/train.csv": "else\n" });
  const request = { repository, title: "Conflict", headRef: "conflict", baseRef: "main", author: "dev" };
  await expect(github.createPullRequest(request)).rejects.toThrow(/merge/);
});

it("compares two commits: how far apart, which commits, which files", async () => {
  const { octokit, mainSha, featureSha } = scene;
  const compare = async (basehead: string) => (await octokit.rest.repos.compareCommitsWithBasehead({ ...inDemo, basehead })).data;
  expect(await compare(`${mainSha}...${featureSha}`)).toMatchObject({
    status: "ahead",
    ahead_by: 1,
    behind_by: 0,
    merge_base_commit: { sha: mainSha },
  });
  expect(await compare(`${featureSha}...${mainSha}`)).toMatchObject({ status: "behind", behind_by: 1, commits: [] });
  expect(await compare(`${mainSha}...${mainSha}`)).toMatchObject({ status: "identical", files: [] });
  expect(await refusal(compare(`${mainSha}...nothing`))).toMatchObject({ status: 404 });
});
