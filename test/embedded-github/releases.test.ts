import { afterAll, beforeAll, expect, it } from "vitest";
import { createScene, everything, inDemo, refusal, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

it("makes the tag at the target, once", async () => {
  const { octokit, work, featureSha } = scene;
  const create = (change: object = {}) =>
    octokit.rest.repos.createRelease({
      ...inDemo,
      tag_name: "assay-store",
      target_commitish: featureSha,
      prerelease: true,
      ...change,
    });
  const { data } = await create();
  await work.git("fetch", "--quiet", "origin", "tag", "assay-store");
  expect(await work.git("rev-parse", "assay-store")).toBe(featureSha);
  expect((await octokit.rest.repos.getReleaseByTag({ ...inDemo, tag: "assay-store" })).data.id).toBe(data.id);
  expect(await refusal(create())).toMatchObject({ status: 422, message: expect.stringContaining("already_exists") });
  expect(await refusal(create({ tag_name: "v2", target_commitish: "nothing" }))).toMatchObject({ status: 422 });
  expect(await refusal(create({ tag_name: "no tag" }))).toMatchObject({ status: 422 });
});

it("lets one of several that create the same release or asset at once through", async () => {
  const { octokit, github } = scene;
  const statuses = (calls: readonly Promise<{ status: number }>[]) =>
    Promise.all(calls.map((call) => call.catch((error: { status: number }) => error))).then((all) =>
      all.map(({ status }) => status).toSorted(),
    );
  const create = () => octokit.rest.repos.createRelease({ ...inDemo, tag_name: "once" });
  expect(await statuses([create(), create(), create()])).toEqual([201, 422, 422]);
  const release = github.releases().find(({ tag }) => tag === "once");
  const url = `${github.url}/_uploads/repos/octo/demo/releases/${release?.id}/assets{?name}`;
  const upload = () => octokit.request({ method: "POST", url, name: "model", data: "bytes" });
  expect(await statuses([upload(), upload()])).toEqual([201, 422]);
});

it("does not find a draft by its tag, and makes none", async () => {
  const { octokit } = scene;
  await octokit.rest.repos.createRelease({ ...inDemo, tag_name: "v9", draft: true });
  expect(await refusal(octokit.rest.repos.getReleaseByTag({ ...inDemo, tag: "v9" }))).toMatchObject({ status: 404 });
  expect(await refusal(octokit.rest.git.getRef({ ...inDemo, ref: "tags/v9" }))).toMatchObject({ status: 404 });
});

it("guards the tag of an immutable release, also where that was deleted", async () => {
  const { github, as, mainSha, featureSha } = scene;
  const { gitFolder } = await github.createRepository({ owner: "octo", name: "fixed", settings: { immutableReleases: true } });
  await scene.work.git("push", "--quiet", gitFolder, "main", "feature");
  const octokit = as(everything, "user", "octo", "octo/fixed");
  const inFixed = { owner: "octo", repo: "fixed" };
  const { data } = await octokit.rest.repos.createRelease({ ...inFixed, tag_name: "v1", target_commitish: mainSha });
  const move = { ...inFixed, ref: "tags/v1", sha: featureSha, force: true };
  expect(await refusal(octokit.rest.git.updateRef(move))).toMatchObject({ message: expect.stringContaining("rule violations") });
  await octokit.rest.repos.deleteRelease({ ...inFixed, release_id: data.id });
  await scene.work.git("push", "--quiet", gitFolder, ":refs/tags/v1");
  const again = { ...inFixed, ref: "refs/tags/v1", sha: mainSha };
  expect(await refusal(octokit.rest.git.createRef(again))).toMatchObject({
    status: 422,
    message: expect.stringContaining("Cannot create ref due to creations being restricted"),
  });
});

it("takes assets at the upload URL, gives their bytes back by a redirect, and deletes them", async () => {
  const { octokit, github } = scene;
  const release = (await octokit.rest.repos.createRelease({ ...inDemo, tag_name: "v1" })).data;
  const bytes = Buffer.from([0, 255, 10, 13, 200]);
  const upload = (name: string) =>
    octokit.request({
      method: "POST",
      url: release.upload_url,
      name,
      data: bytes,
      headers: { "content-type": "application/octet-stream" },
    });
  const asset = (await upload("model 1.onnx")).data;
  expect(asset).toMatchObject({ name: "model.1.onnx", size: 5, state: "uploaded", digest: expect.stringMatching(/^sha256:/) });
  expect(await refusal(upload("model 1.onnx"))).toMatchObject({
    status: 422,
    message: expect.stringContaining("already_exists"),
  });
  const listed = await octokit.rest.repos.listReleaseAssets({ ...inDemo, release_id: release.id });
  expect(listed.data.map(({ name }) => name)).toEqual(["model.1.onnx"]);

  const request = { ...inDemo, asset_id: asset.id };
  expect((await octokit.rest.repos.getReleaseAsset(request)).data).toMatchObject({ size: 5 });
  const download = await octokit.rest.repos.getReleaseAsset({ ...request, headers: { accept: "application/octet-stream" } });
  expect(Buffer.from(Object(download.data))).toEqual(bytes);
  const redirect = await octokit.rest.repos.getReleaseAsset({
    ...request,
    headers: { accept: "application/octet-stream" },
    request: { redirect: "manual" },
  });
  const { location } = Object(redirect.headers);
  expect(redirect.status).toBe(302);
  const part = await fetch(location, { headers: { range: "bytes=1-2" } });
  expect([part.status, part.headers.get("content-range"), Buffer.from(await part.arrayBuffer())]).toEqual([
    206,
    "bytes 1-2/5",
    bytes.subarray(1, 3),
  ]);
  expect((await fetch(location.replace(/sig=./, "sig=x"))).status).toBe(403);

  await octokit.rest.repos.deleteReleaseAsset(request);
  expect(github.releases().find(({ tag }) => tag === "v1")?.assets).toEqual([]);
  expect((await fetch(location)).status).toBe(404);
});
