import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Digest, digestOf } from "../../src/evidence/digest.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import type { Release, ReleaseAsset } from "../../src/github/releases.ts";
import type { ModelStore } from "../../src/model-store/model-store.ts";
import { createReleaseStore } from "../../src/model-store/release-store.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "../github/embedded-test-github.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";

describe("a release as model store", () => {
  let folder: string;
  let server: EmbeddedTestGitHub;
  let proxy: FaultyProxy;
  let github: GitHub;
  let store: ModelStore;
  const at = (name: string) => join(folder, name);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-test-store-"));
    server = await startEmbeddedTestGitHub();
    proxy = await startFaultyProxy(server.apiUrl);
    github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
    store = createReleaseStore(github.releases, { target: "main" });
  });
  afterEach(async () => {
    await proxy?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function writeModel(name: string, bytes: Buffer): Digest {
    writeFileSync(at(name), bytes);
    return digestOf(bytes);
  }

  it("gives back the bytes that were put, and creates its prerelease with the first", async () => {
    const bytes = randomBytes(3_000_000);
    const digest = writeModel("model.bin", bytes);
    expect(await store.has(digest)).toBe(false);
    expect(await store.get(digest, at("copy.bin"))).toBe(false);
    expect(server.embedded.releases()).toEqual([]);
    await store.put(digest, at("model.bin"));
    expect(await store.has(digest)).toBe(true);
    expect(await store.get(digest, at("deep/copy.bin"))).toBe(true);
    expect(readFileSync(at("deep/copy.bin")).equals(bytes)).toBe(true);
    expect(server.embedded.releases()).toMatchObject([
      { tag: "assay-store", prerelease: true, assets: [{ name: `sha256-${digest.slice(7)}`, bytes: bytes.length }] },
    ]);
  });

  it("uploads nothing that is there already", async () => {
    const digest = writeModel("model.bin", Buffer.from("weights"));
    await store.put(digest, at("model.bin"));
    await store.put(digest, at("model.bin"));
    expect(server.embedded.requests.filter(({ path }) => path.startsWith("/_uploads/"))).toHaveLength(1);
  });

  it("says that GitHub takes no empty file", async () => {
    const digest = writeModel("empty", Buffer.alloc(0));
    await expect(store.put(digest, at("empty"))).rejects.toThrow(/empty has no bytes/);
  });

  it("keeps the files of jobs that put at the same time, also the very first", async () => {
    const digests = ["a", "b", "c"].map((name) => writeModel(name, Buffer.from(name)));
    await Promise.all(digests.map((digest, index) => store.put(digest, at("abc"[index] ?? ""))));
    for (const digest of digests) expect(await store.has(digest)).toBe(true);
    expect(server.embedded.releases()).toHaveLength(1);
    // Two creations at the very same moment: GitHub answers 422, the embedded one sometimes 409. The store takes either.
    server.embedded.problems.splice(
      0,
      Infinity,
      ...server.embedded.problems.filter((problem) => !/create-release\) 409/.test(problem)),
    );
  });

  it("uploads once more when an answer is lost before the file arrived", async () => {
    const digest = writeModel("model.bin", Buffer.from("weights"));
    server.embedded.failNext({ method: "POST", pathPattern: "/_uploads/", status: 502 });
    await store.put(digest, at("model.bin"));
    expect(await store.has(digest)).toBe(true);
  });

  it("is content when only the answer is lost", async () => {
    const digest = writeModel("model.bin", Buffer.from("weights"));
    server.embedded.failNext({ method: "POST", pathPattern: "/_uploads/", status: 502, afterEffect: true });
    await store.put(digest, at("model.bin"));
    expect(server.embedded.releases()[0]?.assets).toHaveLength(1);
  });

  it("refuses bytes that do not have the digest, before anything is sent", async () => {
    writeModel("model.bin", Buffer.from("weights"));
    await expect(store.put(digestOf("others"), at("model.bin"))).rejects.toThrow(/model\.bin should be sha256:/);
    expect(server.embedded.releases()[0]?.assets ?? []).toEqual([]);
  });

  it("says that a file is not there", async () => {
    await expect(store.put(digestOf("x"), at("none.bin"))).rejects.toThrow(/none\.bin cannot be read/);
  });

  it("says that GitHub does not take 2 GiB", async () => {
    writeFileSync(at("huge.bin"), "");
    truncateSync(at("huge.bin"), 2 * 1024 ** 3);
    await expect(store.put(digestOf("x"), at("huge.bin"))).rejects.toThrow(/2147483648 bytes; GitHub takes less than 2 GiB/);
  });

  it("takes a file that came in part for a connection that broke off, and not for a damaged one", async () => {
    const digest = writeModel("model.bin", Buffer.from("weights"));
    await store.put(digest, at("model.bin"));
    const cut = async () => ({ digest: digestOf(""), bytes: 0 });
    const behind = createReleaseStore({ ...github.releases, downloadAsset: cut }, { target: "main" });
    await expect(behind.get(digest, at("copy.bin"))).rejects.toThrow(/0 of 7 bytes came: the connection broke off/);
  });

  it("gives out nothing that is not what its name says", async () => {
    const digest = writeModel("model.bin", Buffer.from("weights"));
    await store.put(digestOf("weights"), at("model.bin"));
    const release = await github.releases.findByTag("assay-store");
    const forged = digestOf("never seen");
    if (release) await github.releases.uploadAsset(release, `sha256-${forged.slice(7)}`, at("model.bin"));
    await expect(store.get(forged, at("copy.bin"))).rejects.toThrow(/damaged/);
    expect(readdirSync(folder)).toEqual(["model.bin"]);
    expect(await store.get(digest, at("copy.bin"))).toBe(true);
  });
});

describe("a release store, where GitHub has what only an accident makes", () => {
  const release = (id: number, tag: string): Release => ({
    ...{ id, tag, name: tag, body: "", target: "main", draft: false, prerelease: true, immutable: false },
    ...{ author: undefined, publishedAt: undefined, uploadUrl: "", url: tag },
  });

  /** Releases in memory: no server here can be brought to keep a half-uploaded asset or a thousand whole ones. */
  function memoryReleases(assets: Map<string, ReleaseAsset[]>): Parameters<typeof createReleaseStore>[0] & { log: string[] } {
    const tags = () => [...assets.keys()];
    const log: string[] = [];
    return {
      log,
      findByTag: async (tag) => (assets.has(tag) ? release(tags().indexOf(tag), tag) : undefined),
      create: async ({ tag }) => {
        assets.set(tag, []);
        log.push(`create ${tag}`);
        return release(tags().indexOf(tag), tag);
      },
      assets: async (id) => assets.get(tags()[id] ?? "") ?? [],
      uploadAsset: async ({ tag }, name) => {
        const there = assets.get(tag) ?? [];
        if (there.some((asset) => asset.name === name)) return "exists";
        const asset = {
          id: there.length,
          name,
          bytes: 1,
          state: "uploaded",
          createdAt: "2026-01-01T00:00:00Z",
          digest: undefined,
        };
        there.push(asset);
        log.push(`upload to ${tag}`);
        return asset;
      },
      downloadAsset: async () => ({ digest: digestOf("x"), bytes: 1 }),
      deleteAsset: async (id) => {
        for (const list of assets.values()) {
          const index = list.findIndex((asset) => asset.id === id);
          if (index >= 0) list.splice(index, 1);
        }
        log.push("delete");
      },
    };
  }

  it("replaces an asset whose upload broke off", async () => {
    const digest = digestOf("x");
    const broken = {
      id: 7,
      name: `sha256-${digest.slice(7)}`,
      bytes: 0,
      state: "starter",
      createdAt: "2026-01-01T00:00:00Z",
      digest: undefined,
    };
    const releases = memoryReleases(new Map([["assay-store", [broken]]]));
    const store = createReleaseStore(releases, { target: "main" });
    expect(await store.has(digest)).toBe(false);
    await store.put(digest, "model.bin");
    expect(releases.log).toEqual(["delete", "upload to assay-store"]);
    expect(await store.has(digest)).toBe(true);
  });

  it("begins another release when one holds the thousand assets that GitHub allows", async () => {
    const uploaded = { bytes: 1, state: "uploaded", createdAt: "2026-01-01T00:00:00Z", digest: undefined };
    const full = Array.from({ length: 1_000 }, (_, id) => ({ ...uploaded, id, name: `sha256-${id}` }));
    const releases = memoryReleases(new Map([["assay-store", full]]));
    const store = createReleaseStore(releases, { target: "main" });
    await store.put(digestOf("x"), "model.bin");
    expect(releases.log).toEqual(["create assay-store-2", "upload to assay-store-2"]);
    expect(await store.has(digestOf("x"))).toBe(true);
    expect(await store.has(digestOf("y"))).toBe(false);
  });
});
