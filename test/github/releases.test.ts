import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import type { NewRelease } from "../../src/github/releases.ts";
import { createWorkTree } from "../embedded-github/scene.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";

let server: CheckedGitHub;
let folder: string;
beforeAll(async () => {
  server = await startCheckedGitHub();
  folder = mkdtempSync(join(tmpdir(), "assay-test-releases-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
});

/** A repository with one commit on `main`. */
async function start(name: string, { immutableReleases = false } = {}) {
  const { gitFolder } = await server.createRepository({ owner: "acme", name, settings: { immutableReleases } });
  const work = await createWorkTree(gitFolder);
  const sha = await work.push("main", { "README.md": "Models\n" });
  await work.remove();
  const as = async (contents: "read" | "write"): Promise<GitHub> => {
    const permissions = { contents, administration: "read" } as const;
    const token = server.tokenFor({ repository: `acme/${name}`, permissions, kind: "workflow" });
    return createOctokitGitHub({ owner: "acme", name, token, apiUrl: server.url });
  };
  const request = (tag: string, change: Partial<NewRelease> = {}): NewRelease => {
    return { tag, name: tag, body: `About ${tag}`, prerelease: false, target: sha, ...change };
  };
  return { github: await as("write"), reader: await as("read"), sha, request, gitFolder };
}

function writeFile(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

it("asks once: where only the answer was lost, it is there already", async () => {
  const { github, request } = await start("lost");
  server.failNext({ method: "POST", pathPattern: /lost\/releases$/, status: 502, afterEffect: true });
  await expect(github.releases.create(request("v1", { draft: true }))).rejects.toMatchObject({ status: 502 });
  const [draft, ...others] = await github.releases.list();
  if (!draft) throw new Error("there is one");
  server.failNext({ method: "PATCH", pathPattern: "lost/releases", status: 502, afterEffect: true });
  await expect(github.releases.update(draft, { draft: false })).rejects.toMatchObject({ status: 502 });
  expect(await github.releases.findByTag("v1")).toMatchObject({ id: draft.id, draft: false });
  expect(others).toEqual([]);
  expect(server.requests.filter(({ method, path }) => method !== "GET" && path.includes("acme/lost"))).toHaveLength(2);
});

describe("a draft release", () => {
  it("is found in the list, by those who may write alone, and never by its tag", async () => {
    const { github, reader, request, sha } = await start("drafts");
    const draft = await github.releases.create(request("fraud@v1.0.0", { draft: true }));
    expect(draft).toMatchObject({ tag: "fraud@v1.0.0", draft: true, immutable: false, target: sha, publishedAt: undefined });
    expect(draft).toMatchObject({ name: "fraud@v1.0.0", body: "About fraud@v1.0.0", author: "github-actions[bot]" });
    expect(await github.releases.list()).toEqual([draft]);
    expect(await github.releases.get(draft.id)).toEqual(draft);
    expect(await github.releases.findByTag("fraud@v1.0.0")).toBeUndefined();
    expect(await reader.releases.list()).toEqual([]);
    expect(await reader.releases.get(draft.id)).toBeUndefined();
    expect(await github.releases.latest()).toBeUndefined();
  });

  it("can be one of several for a tag, of which one is published and the others deleted", async () => {
    const { github, request } = await start("several");
    const drafts = [];
    for (let at = 0; at < 2; at++) drafts.push(await github.releases.create(request("fraud@v1.0.0", { draft: true })));
    const [first, second] = drafts;
    if (!first || !second) throw new Error("there are two");
    await github.releases.update(first, { draft: false });
    await expect(github.releases.update(second, { draft: false })).rejects.toMatchObject({ status: 422 });
    await github.releases.delete(second.id);
    await github.releases.delete(second.id);
    expect((await github.releases.list()).map(({ id, draft }) => [id, draft])).toEqual([[first.id, false]]);
  });

  it("is published with its assets, at its target where there is no tag yet", async () => {
    const { github, request, sha } = await start("published");
    const draft = await github.releases.create(request("fraud@v1.0.0", { draft: true, prerelease: true }));
    const asset = await github.releases.uploadAsset(draft, "model 1.onnx", writeFile("model.onnx", "weights"));
    expect(asset).toMatchObject({ name: "model.1.onnx", digest: digestOf("weights"), bytes: 7, state: "uploaded" });
    const published = await github.releases.update(draft, {
      draft: false,
      body: "Shipped",
      prerelease: false,
      makeLatest: "true",
    });
    expect(published).toMatchObject({ id: draft.id, tag: "fraud@v1.0.0", draft: false, prerelease: false, body: "Shipped" });
    expect(published.publishedAt).toMatch(/^\d{4}-/);
    expect(await github.releases.findByTag("fraud@v1.0.0")).toEqual(published);
    expect(await github.releases.assets(draft.id)).toEqual([asset]);
    expect(await github.contents.compare(sha, "refs/tags/fraud@v1.0.0")).toMatchObject({ mergeBase: sha, paths: [] });
  });

  it("names the permission that publishing takes", async () => {
    const { github, reader, request } = await start("refused");
    const draft = await github.releases.create(request("v1", { draft: true }));
    await expect(reader.releases.update(draft, { draft: false })).rejects.toThrow(/publish release v1 .*contents: write/s);
  });
});

it("lists more releases than one page has", async () => {
  const { github, request } = await start("many");
  for (let at = 1; at <= 101; at++) await github.releases.create(request(`v${at}`, { draft: true }));
  const tags = (await github.releases.list()).map(({ tag }) => tag);
  expect([tags.length, tags[0], tags.at(-1)]).toEqual([101, "v101", "v1"]);
});

describe("the latest release", () => {
  it("is the one that was made it, and no draft and no prerelease", async () => {
    const { github, request } = await start("latest");
    const publish = async (tag: string, makeLatest: "true" | "false" | "legacy", prerelease = false) => {
      const draft = await github.releases.create(request(tag, { draft: true, prerelease }));
      await github.releases.update(draft, { draft: false, makeLatest });
      return (await github.releases.latest())?.tag;
    };
    expect(await publish("fraud@v1.0.0", "true")).toBe("fraud@v1.0.0");
    expect(await publish("churn@v9.0.0", "false")).toBe("fraud@v1.0.0");
    expect(await publish("fraud@v2.0.0-rc.1", "true", true)).toBe("fraud@v1.0.0");
    expect(await publish("fraud@v1.1.0", "true")).toBe("fraud@v1.1.0");
    // Of several by their commit's date, then by version.
    expect(await publish("fraud@v1.0.1", "legacy")).toBe("fraud@v1.1.0");
  });
});

describe("where releases are immutable", () => {
  it("fixes what is published: assets and tag, but not the text", async () => {
    const { github, request } = await start("immutable", { immutableReleases: true });
    const draft = await github.releases.create(request("v1", { draft: true }));
    const asset = await github.releases.uploadAsset(draft, "model", writeFile("model", "weights"));
    const published = await github.releases.update(draft, { draft: false });
    expect([draft.immutable, published.immutable]).toEqual([false, true]);
    await expect(github.releases.uploadAsset(published, "more", writeFile("more", "x"))).rejects.toThrow(
      /422.*Cannot upload assets to an immutable release/,
    );
    await expect(github.releases.deleteAsset(asset === "exists" ? 0 : asset.id)).rejects.toMatchObject({ status: 422 });
    await expect(github.releases.update({ id: published.id, tag: "v2" }, {})).rejects.toMatchObject({ status: 422 });
    // Publishing once more, as after a lost answer, changes nothing.
    expect(await github.releases.update(published, { draft: false, body: "More" })).toEqual({ ...published, body: "More" });
  });

  it("gives a tag's name to no other release", async () => {
    const { github, request } = await start("burned", { immutableReleases: true });
    const { id } = await github.releases.create(request("v1"));
    await github.releases.delete(id);
    await expect(github.releases.create(request("v1"))).rejects.toThrow(/tag_name was used by an immutable release/);
    const draft = await github.releases.create(request("v1", { draft: true }));
    await expect(github.releases.update(draft, { draft: false })).rejects.toThrow(/was used by an immutable release/);
  });

  it("says so of the repository's settings", async () => {
    const [on, off] = [await start("on", { immutableReleases: true }), await start("off")];
    expect([await on.github.settings.immutableReleases(), await off.github.settings.immutableReleases()]).toEqual([true, false]);
  });
});
