import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScene, createWorkTree, inDemo, refusal, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("reading contents", () => {
  it("gives a file as JSON and raw, of any ref, with the blob id that git gives it", async () => {
    const { octokit, work, featureSha } = scene;
    const { data } = await octokit.rest.repos.getContent({ ...inDemo, path: "data/train.csv", ref: "feature" });
    expect(data).toMatchObject({
      type: "file",
      path: "data/train.csv",
      sha: await work.git("rev-parse", "feature:data/train.csv"),
    });
    const raw = await octokit.rest.repos.getContent({
      ...inDemo,
      path: "data/train.csv",
      ref: featureSha,
      mediaType: { format: "raw" },
    });
    expect(raw.data).toBe("id,x\n1,2\n2,3\n");
    expect("content" in data && Buffer.from(data.content ?? "", "base64").toString()).toBe("id,x\n1,2\n2,3\n");
  });

  it("lists folders and the root", async () => {
    const folder = await scene.octokit.rest.repos.getContent({ ...inDemo, path: "data", ref: "feature" });
    expect(folder.data).toMatchObject([{ name: "new file.csv", type: "file" }, { path: "data/train.csv" }]);
    const root = await scene.octokit.rest.repos.getContent({ ...inDemo, path: "" });
    expect(root.data).toMatchObject([{ name: "README.md" }, { name: "data", type: "dir" }]);
  });

  it("leaves out the content of a file over 1 MiB, which comes raw only", async () => {
    const large = "x".repeat(1024 * 1024 + 1);
    await scene.work.git("checkout", "--quiet", "-B", "large", "main");
    await scene.work.push("large", { "large.bin": large });
    const request = { ...inDemo, path: "large.bin", ref: "large" };
    expect((await scene.octokit.rest.repos.getContent(request)).data).toMatchObject({
      content: "",
      encoding: "none",
      size: large.length,
    });
    expect((await scene.octokit.rest.repos.getContent({ ...request, mediaType: { format: "raw" } })).data).toBe(large);
  });

  it("answers 404 for a path or ref that is not there", async () => {
    expect(await refusal(scene.octokit.rest.repos.getContent({ ...inDemo, path: "no.txt" }))).toMatchObject({ status: 404 });
    expect(await refusal(scene.octokit.rest.repos.getContent({ ...inDemo, path: "README.md", ref: "no" }))).toMatchObject({
      status: 404,
    });
    expect(await refusal(scene.octokit.rest.repos.getContent({ ...inDemo, path: "README.md", ref: "--all" }))).toMatchObject({
      status: 404,
    });
  });
});

describe("writing contents", () => {
  it("creates and updates a file with one commit each", async () => {
    const write = scene.octokit.rest.repos.createOrUpdateFileContents;
    const request = { ...inDemo, path: "evidence/a b.json", branch: "feature", message: "Record" };
    const created = await write({ ...request, content: base64("{}") });
    expect(created.status).toBe(201);
    const sha = created.data.content?.sha ?? "";
    expect(await refusal(write({ ...request, content: base64("[]") }))).toMatchObject({
      status: 422,
      message: expect.stringContaining(`"sha" wasn't supplied`),
    });
    expect(await refusal(write({ ...request, content: base64("[]"), sha: "0".repeat(40) }))).toMatchObject({ status: 409 });
    const updated = await write({ ...request, content: base64("[]"), sha });
    expect([updated.status, updated.data.commit.parents?.[0]?.sha]).toEqual([200, created.data.commit.sha]);
    await scene.work.git("fetch", "--quiet", "origin", "feature");
    expect(await scene.work.git("show", "FETCH_HEAD:evidence/a b.json")).toBe("[]");
  });

  it("answers 409 to writers that another one overtook, and stores the file of every one that got through", async () => {
    const write = (path: string) =>
      scene.octokit.rest.repos
        .createOrUpdateFileContents({ ...inDemo, path, branch: "feature", message: path, content: base64(path) })
        .then(
          () => path,
          (error: { status: number }) => error.status,
        );
    const outcomes = await Promise.all(["r/1", "r/2", "r/3", "r/4"].map(write));
    const stored = outcomes.filter((outcome) => typeof outcome === "string");
    expect(outcomes.every((outcome) => typeof outcome === "string" || outcome === 409)).toBe(true);
    const { data } = await scene.octokit.rest.repos.getContent({ ...inDemo, path: "r", ref: "feature" });
    expect(Array.isArray(data) && data.map(({ path }) => path)).toEqual(stored);
  });

  it("refuses protected branches, unknown branches, workflow files and paths that climb", async () => {
    const write = (change: object) =>
      refusal(
        scene.octokit.rest.repos.createOrUpdateFileContents({
          ...inDemo,
          path: "a",
          branch: "feature",
          message: "m",
          content: "",
          ...change,
        }),
      );
    expect(await write({ branch: "locked" })).toMatchObject({ status: 409 });
    expect(await write({ branch: "no-such" })).toMatchObject({ status: 404 });
    expect(await write({ path: ".github/workflows/ci.yml" })).toMatchObject({ status: 403 });
    expect(await write({ path: "a/../b" })).toMatchObject({ status: 422 });
  });

  it("makes the first commit of an empty repository", async () => {
    const { gitFolder } = await scene.github.createRepository({ owner: "octo", name: "empty" });
    const { rest } = scene.as({ contents: "write" }, "workflow", "octo", "octo/empty");
    const inEmpty = { owner: "octo", repo: "empty" };
    expect(await refusal(rest.git.getRef({ ...inEmpty, ref: "heads/main" }))).toMatchObject({ status: 409 });
    await rest.repos.createOrUpdateFileContents({ ...inEmpty, path: "a", message: "first", content: base64("1") });
    const clone = await createWorkTree(gitFolder);
    await clone.git("pull", "--quiet", "origin", "main");
    expect(await clone.git("show", "HEAD:a")).toBe("1");
    await clone.remove();
  });
});
