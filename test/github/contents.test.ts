import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { App, Octokit } from "octokit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub, githubThrough } from "../../src/github/octokit/octokit-github.ts";
import { createWorkTree, type WorkTree } from "../embedded-github/scene.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";

let server: EmbeddedTestGitHub;
let github: GitHub;
let work: WorkTree;

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: server.apiUrl });
  work = await createWorkTree(server.gitFolder);
  await work.git("fetch", "--quiet", "origin");
});
afterAll(async () => {
  await work?.remove();
  await server?.close();
});

async function branch(name: string): Promise<void> {
  await work.git("checkout", "--quiet", "-B", name, "origin/main");
}

describe("a comparison", () => {
  it("has what the head changed since it left the base, both paths of a renamed file among it", async () => {
    await branch("renames");
    const left = await work.push("renames", { "old name.py": `${"x = 1\n".repeat(20)}`, "kept.py": "1" });
    await work.git("mv", "old name.py", "new name.py");
    const head = await work.push("renames", { "kept.py": "2" });
    await branch("base");
    const base = await work.push("base", { "elsewhere.py": "1" });
    expect(await github.contents.compare(left, head)).toEqual({
      base: left,
      mergeBase: left,
      paths: expect.arrayContaining(["kept.py", "new name.py", "old name.py"]),
      complete: true,
    });
    const apart = await github.contents.compare(base, "renames");
    expect(apart).toMatchObject({ base, mergeBase: server.mainSha });
    expect(apart?.paths).not.toContain("elsewhere.py");
  });

  it("says when GitHub stopped listing at 300 files", async () => {
    await branch("many");
    const files = Array.from({ length: 301 }, (_, index) => [`data/${index}.csv`, String(index)]);
    const head = await work.push("many", Object.fromEntries(files));
    const comparison = await github.contents.compare("main", head);
    expect(comparison).toMatchObject({ mergeBase: server.mainSha, complete: false });
    expect(comparison?.paths).toHaveLength(300);
  });

  it("is undefined for a commit that GitHub does not know", async () => {
    expect(await github.contents.compare("main", "0".repeat(40))).toBeUndefined();
    expect(await github.contents.compare("0".repeat(40), "main")).toBeUndefined();
  });
});

it("has no file where a link leads nowhere, or a folder is", async () => {
  await branch("links");
  await symlink("nowhere.json", join(work.folder, "record.json"));
  await symlink("records/1.json", join(work.folder, "first.json"));
  await work.push("links", { "records/1.json": "{}" });
  for (const path of ["record.json", "records"]) {
    expect(await github.contents.peek(path, "links")).toBeUndefined();
    expect(await github.contents.read(path, "links")).toBeUndefined();
  }
  expect((await github.contents.read("first.json", "links"))?.bytes.toString()).toBe("{}");
});

describe("the files of a folder", () => {
  it("are listed at any depth, at a branch or a commit, and none of a folder with a like name", async () => {
    await branch("folders");
    const files = { "ledger/a.json": "{}", "ledger/2026/b.json": "{}", "ledger-2/c.json": "{}" };
    const sha = await work.push("folders", files);
    for (const ref of ["folders", sha])
      expect([...(await github.contents.list("ledger", ref))].sort()).toEqual(["ledger/2026/b.json", "ledger/a.json"]);
    expect(await github.contents.list("none", "folders")).toEqual([]);
    expect(await github.contents.list("ledger", "no/such-branch")).toEqual([]);
  });

  it("are refused where GitHub lists only a part of them", async () => {
    const blob = await work.git("rev-parse", "origin/main:README.md");
    const lines = Array.from({ length: 100_001 }, (_, index) => `100644 blob ${blob}\t${index}`).join("\n");
    const tree = await work.gitWithInput(lines, "mktree");
    const commit = await work.git("commit-tree", tree, "-m", "Add very many");
    await work.git("push", "--quiet", "origin", `${commit}:refs/heads/very-many`);
    await expect(github.contents.list("data", "very-many")).rejects.toThrow(/more files than GitHub lists/);
  });
});

describe("the history of a file", () => {
  it("tells what GitHub wrote for a bot from what somebody pushed in its name", async () => {
    await github.contents.createOrphanBranch({ branch: "records", path: "a.json", content: "1", message: "Begin" });
    await github.contents.create({ branch: "records", path: "b.json", content: "1", message: "Add" });
    await work.git("fetch", "--quiet", "origin", "records");
    await work.git("checkout", "--quiet", "-B", "records", "origin/records");
    const forged = await work.push("records", { "b.json": "forged" });
    await work.git("config", "user.name", server.login);
    const email = "41898282+github-actions[bot]@users.noreply.github.com";
    const author = `--author=${server.login} <${email}>`;
    await work.git("commit", "--quiet", "--allow-empty", "--amend", "--no-edit", author);
    await work.git("push", "--quiet", "--force", "origin", "records");

    const [pushed, written, ...older] = await github.contents.history("b.json", "records", 10);
    expect(older).toEqual([]);
    expect(await github.contents.history("b.json", "records", 1)).toEqual([pushed]);
    expect(pushed).toMatchObject({ author: server.login, verified: false, parents: [written?.sha] });
    expect(pushed?.sha).not.toBe(forged);
    expect(written).toMatchObject({ author: server.login, verified: true });
    expect(await github.contents.history("a.json", "records", 10)).toMatchObject([{ author: server.login, verified: true }]);
    expect(await github.contents.history("a.json", "none", 10)).toEqual([]);
  });

  it("has an app's commits as its own", async () => {
    const permissions = { contents: "write" } as const;
    const app = await server.embedded.createApp({ slug: "assay", permissions, events: [] });
    const { installationId } = await server.embedded.installApp(app.id, ["acme/models"]);
    const quiet = Octokit.defaults({ baseUrl: server.apiUrl, throttle: { enabled: false } });
    const octokit = await new App({ appId: app.id, privateKey: app.privateKey, Octokit: quiet }).getInstallationOctokit(
      installationId,
    );
    const assay = githubThrough(octokit, server.repository, { viewer: async () => app.bot });
    await assay.contents.createOrphanBranch({ branch: "decisions", path: "a.json", content: "1", message: "Begin" });
    await assay.contents.create({ branch: "decisions", path: "b.json", content: "1", message: "Add" });
    for (const path of ["a.json", "b.json"]) {
      expect(await github.contents.history(path, "decisions", 10)).toMatchObject([{ author: "assay[bot]", verified: true }]);
    }
  });

  it("knows the author of what a person wrote by the API, but no signature", async () => {
    const other = await createOctokitGitHub({ ...server.repository, token: server.otherToken, apiUrl: server.apiUrl });
    await other.contents.create({ branch: "change", path: "by-hand.txt", content: "x", message: "Add" });
    expect(await github.contents.history("by-hand.txt", "change", 10)).toMatchObject([{ author: "other", verified: false }]);
    expect(await github.contents.history("data/train.csv", "change", 10)).toMatchObject([{ author: undefined, verified: false }]);
  });
});
