import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Digest, digestOf } from "../../src/evidence/digest.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type PlannedRelease, publishRelease, type ReleaseFile } from "../../src/publishing/publish-release.ts";
import { releaseMarker } from "../../src/publishing/release-marker.ts";
import { sha256Sums } from "../../src/release/checksums.ts";
import { createWorkTree } from "../embedded-github/scene.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";

let server: CheckedGitHub;
let folder: string;
beforeAll(async () => {
  server = await startCheckedGitHub();
  folder = mkdtempSync(join(tmpdir(), "assay-test-publish-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
});

const tag = "fraud@v1.0.0";
const of = { tagObject: "a".repeat(40), resultDigest: digestOf("result") };

interface Contents {
  model?: string;
  card?: string;
  record?: string;
  signature?: string | undefined;
}

let written = 0;
function write(name: string, content: string, varies?: ReleaseFile["varies"]): ReleaseFile {
  written += 1;
  const path = join(folder, `${written}-${name}`);
  writeFileSync(path, content);
  return { name, path, digest: digestOf(content), ...(varies && { varies }) };
}

/** A repository with one commit, and releases of it. */
async function start(name: string, { immutableReleases = false } = {}) {
  const { gitFolder } = await server.createRepository({ owner: "acme", name, settings: { immutableReleases } });
  const work = await createWorkTree(gitFolder);
  const target = await work.push("main", { "README.md": "Models\n" });
  await work.remove();
  const permissions = { contents: "write", administration: "read" } as const;
  const token = server.tokenFor({ repository: `acme/${name}`, permissions, kind: "workflow" });
  const github: GitHub = await createOctokitGitHub({ owner: "acme", name, token, apiUrl: server.url });
  const { releases } = github;
  const plan = ({ model = "weights", card = "approved by @a", record, signature }: Contents = {}): PlannedRelease => {
    const papers = [write("model.json", model), write("MODEL_CARD.md", card, "each-promotion")];
    if (record !== undefined) papers.push(write("release.json", record, "each-promotion"));
    const listed = papers.map((file) => ({ path: file.name, sha256: file.digest.slice("sha256:".length) }));
    const sums = write("SHA256SUMS", sha256Sums(listed), "each-promotion");
    const signed = signature === undefined ? [] : [write("model.sig", signature, "each-time")];
    const files = [...papers, sums, ...signed];
    return { tag, of, name: "fraud v1.0.0", body: "Look", target, prerelease: false, makeLatest: "true", files };
  };
  const publish = (planned = plan(), recorded: readonly Digest[] = [], earlier?: PlannedRelease) =>
    publishRelease(planned, {
      ...{ releases, files: createNodeFiles(), stillHolds: async () => undefined },
      recorded: async () => new Set(recorded),
      earlierTry: async (record) => (record === "by @a" && earlier?.files) || { wrong: "No try wrote that." },
    });
  const published = () =>
    releases.findByTag(tag).then((release) => release ?? Promise.reject(new Error("Nothing is published.")));
  const names = async () => (await releases.assets((await published()).id)).map(({ name: asset }) => asset).toSorted();
  /** As somebody who may write. */
  const replace = async (name: string, content: string | undefined, as = name) => {
    const release = await published();
    const there = (await releases.assets(release.id)).find((asset) => asset.name === name);
    if (there) await releases.deleteAsset(there.id);
    if (content !== undefined) await releases.uploadAsset(release, as, write(as, content).path);
  };
  const sumsOf = (planned: PlannedRelease) =>
    planned.files.find(({ name: file }) => file === "SHA256SUMS")?.digest ?? digestOf("");
  return { releases, target, plan, publish, published, names, replace, sumsOf };
}

const shipped = ["MODEL_CARD.md", "SHA256SUMS", "model.json"];

const advice = "Delete the release, not the tag, and promote again; or tag a new version.";

describe("a release", () => {
  it("is published once, with all its files, and found again", async () => {
    const { plan, publish, names, releases, sumsOf } = await start("once");
    const planned = plan();
    expect(await publish(planned)).toMatchObject({ effect: "created", sums: sumsOf(planned), release: { draft: false } });
    expect(await names()).toEqual(shipped);
    expect(await publish(plan())).toMatchObject({ effect: "unchanged", sums: sumsOf(planned) });
    expect(await releases.list()).toHaveLength(1);
  });

  it("is finished where an earlier try left a draft, with what is decided on now alone", async () => {
    const { plan, publish, names, releases, target } = await start("drafts");
    const body = `${releaseMarker(of.tagObject, of.resultDigest)}\nHalf`;
    const draft = await releases.create({ tag, name: "fraud", body, prerelease: false, target, draft: true });
    await releases.create({ tag, name: "fraud", body, prerelease: false, target, draft: true });
    await releases.create({
      tag,
      name: "fraud",
      body: body.replace(of.tagObject, "b".repeat(40)),
      prerelease: false,
      target,
      draft: true,
    });
    const own = await releases.create({ tag, name: "Mine", body: "By hand", prerelease: false, target, draft: true });
    await releases.uploadAsset(draft, "model.json", write("model.json", "other weights").path);
    await releases.uploadAsset(draft, "extra.txt", write("extra.txt", "extra").path);
    expect(await publish(plan())).toMatchObject({ effect: "created", release: { id: draft.id } });
    expect(await names()).toEqual(shipped);
    // Somebody's own draft is left alone.
    expect((await releases.list()).map(({ id }) => id)).toEqual([own.id, draft.id]);
  });

  it("is published although the answer is lost", async () => {
    const { plan, publish, releases } = await start("lost");
    server.failNext({ method: "PATCH", pathPattern: "lost/releases", status: 502, afterEffect: true });
    expect(await publish(plan())).toMatchObject({ effect: "unchanged" });
    expect(await releases.list()).toHaveLength(1);
  });

  it("keeps a signature that it has, and does without one that it has not", async () => {
    const { plan, publish, names } = await start("signed");
    await publish(plan({ signature: "first" }));
    expect(await publish(plan({ signature: "second" }))).toMatchObject({ effect: "unchanged" });
    expect(await publish(plan())).toMatchObject({ effect: "unchanged" });
    expect(await names()).toEqual(["MODEL_CARD.md", "SHA256SUMS", "model.json", "model.sig"]);
    const { publish: publishUnsigned, plan: planUnsigned } = await start("unsigned");
    await publishUnsigned(planUnsigned());
    expect(await publishUnsigned(planUnsigned({ signature: "late" }))).toMatchObject({ effect: "unchanged" });
  });

  it("keeps the papers that an earlier promotion shipped it with", async () => {
    const { plan, publish, sumsOf } = await start("papers");
    const first = plan();
    await publish(first);
    const later = plan({ card: "approved by @a and @b" });
    expect(await publish(later, [sumsOf(first)])).toMatchObject({ effect: "unchanged", sums: sumsOf(first) });
  });

  it("is taken as a try published it that recorded nothing, if these are the very files that it would have had", async () => {
    const { plan, publish, replace, sumsOf } = await start("tries");
    const first = plan({ record: "by @a" });
    await publish(first);
    const later = plan({ card: "approved by @a and @b", record: "by @a and @b" });
    expect(await publish(later, [], first)).toMatchObject({ effect: "unchanged", sums: sumsOf(first) });
    expect(await publish(later, [], plan({ card: "other words", record: "by @a" }))).toMatchObject({ effect: "refused" });
    expect(await publish(later)).toMatchObject({
      effect: "refused",
      reasons: [expect.stringContaining("No try wrote that."), advice],
    });
    await replace("MODEL_CARD.md", "lies");
    expect(await publish(later, [], first)).toMatchObject({ effect: "refused" });
  });

  it("is read back once it is published: what somebody changed in the draft meanwhile is told", async () => {
    const { plan, publish, releases } = await start("meanwhile");
    const { update } = releases;
    releases.update = async (release, change) => {
      const [model] = (await releases.assets(release.id)).filter(({ name }) => name === "model.json");
      await releases.deleteAsset(model?.id ?? 0);
      const draft = await releases.get(release.id);
      if (draft) await releases.uploadAsset(draft, "model.json", write("model.json", "poison").path);
      return update(release, change);
    };
    expect(await publish(plan())).toMatchObject({
      effect: "refused",
      reasons: [expect.stringContaining("model.json is not what SHA256SUMS says."), advice],
    });
  });
});

describe("what is published and was not decided on is left as it is", () => {
  const isThere = (reason: string) => [expect.stringContaining(reason), advice];

  it("by hand", async () => {
    const { releases, publish, target, names } = await start("by-hand");
    await releases.create({ tag, name: "Mine", body: "By hand", prerelease: false, target });
    expect(await publish()).toMatchObject({ effect: "refused", reasons: isThere("was published by hand") });
    expect(await names()).toEqual([]);
  });

  it("with another result, or of what the tag was before", async () => {
    const { plan, publish } = await start("results");
    await publish();
    const again = { ...plan(), of: { ...of, resultDigest: digestOf("another") } };
    expect(await publish(again)).toMatchObject({ effect: "refused", reasons: isThere("it was evaluated again since") });
    const moved = { ...plan(), of: { ...of, tagObject: "c".repeat(40) } };
    expect(await publish(moved)).toMatchObject({ effect: "refused", reasons: isThere("was published by hand") });
  });

  it("with papers that no promotion wrote, whatever its first line says", async () => {
    const { plan, publish } = await start("forged");
    await publish(plan({ card: "approved by @everybody" }));
    expect(await publish(plan())).toMatchObject({
      effect: "refused",
      reasons: isThere(
        "is not what this promotion ships (MODEL_CARD.md, SHA256SUMS), and no promotion recorded that it shipped it.",
      ),
    });
  });

  it.each<[string, string, string | undefined, string, string]>([
    ["another model", "model.json", "poison", "model.json", "model.json is not what SHA256SUMS says."],
    ["another paper", "MODEL_CARD.md", "lies", "MODEL_CARD.md", "MODEL_CARD.md is not what SHA256SUMS says."],
    ["a file less", "MODEL_CARD.md", undefined, "", "MODEL_CARD.md was shipped and is not there."],
    ["a file more", "none", "extra", "model.pkl", "model.pkl is not among the files that were shipped."],
  ])("with %s since it was shipped", async (what, name, content, as, reason) => {
    const { plan, publish, replace, sumsOf } = await start(what.replaceAll(" ", "-"));
    const first = plan();
    await publish(first);
    await replace(name, content, as);
    const later = plan({ card: "approved by @a and @b" });
    expect(await publish(later, [sumsOf(first)])).toMatchObject({ effect: "refused", reasons: isThere(reason) });
  });

  it("with checksums that agree with a model that nobody proved", async () => {
    const { plan, publish, sumsOf } = await start("agreeing");
    const forged = plan({ model: "poison" });
    await publish(forged);
    expect(await publish(plan(), [sumsOf(forged)])).toMatchObject({
      effect: "refused",
      reasons: isThere("model.json is not what was proven."),
    });
  });

  it("and where releases are immutable a new version is the way", async () => {
    const { publish, releases, target } = await start("immutable", { immutableReleases: true });
    await releases.create({ tag, name: "Mine", body: "By hand", prerelease: false, target });
    expect(await publish()).toMatchObject({
      effect: "refused",
      reasons: [
        expect.stringContaining("was published by hand"),
        `It is immutable and ${tag} is used up with it: tag a new version, and promote that.`,
      ],
    });
  });
});
