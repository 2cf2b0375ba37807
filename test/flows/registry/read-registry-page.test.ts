import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { readRegistryPage } from "../../../src/flows/registry/read-registry-page.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
let promoted: Tagged;
const folder = mkdtempSync(join(tmpdir(), "assay-registry-page-"));

beforeAll(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
  promoted = shop.tagNext();
  for (const stage of ["staging", "production"]) {
    shop.fetchTags();
    expect(await shop.promote(promoted, stage, github)).toMatchObject({ outcome: "promoted" });
  }
}, 60_000);
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

async function read(asked: GitHub | { lacking: string }) {
  const clone = mkdtempSync(join(folder, "clone-"));
  execFileSync("git", ["clone", "-q", shop.gitFolder, clone]);
  const git = await createCommandGit(clone, createNodeProcesses());
  const { name } = shop.place;
  const page = await readRegistryPage({
    ...{ git, files: createNodeFiles(), github: asked, repository: `acme/${name}`, serverUrl: shop.github.serverUrl },
    now: new Date(),
  });
  return { ...page, fraud: page.models.find(({ name }) => name === "fraud") };
}

it("tells of each version what its release was shipped with, and of each stage who approved it", async () => {
  const { fraud, notes, tagsOnly } = await read(github);
  expect({ notes, tagsOnly }).toEqual({ notes: [], tagsOnly: undefined });
  const { version } = promoted;
  expect(fraud?.stages.map(({ stage, now }) => [stage, now?.version, now?.approvedBy])).toEqual([
    ["staging", version, ["owner"]],
    ["production", version, ["owner"]],
  ]);
  const { resultDigest } = shop.evidence.seal ?? {};
  expect(fraud?.versions[0]).toMatchObject({
    ...{ version, commit: promoted.commit, stages: ["staging", "production"], approvedBy: ["owner"] },
    release: { url: expect.stringContaining("/releases/tag/fraud") },
    evaluated: { inputHash: shop.evidence.inputHash, resultDigest },
  });
  expect(fraud?.versions[0]?.evaluated?.metrics.length).toBeGreaterThan(0);
});

it("knows tags alone where GitHub cannot be asked", async () => {
  const { fraud, tagsOnly } = await read({ lacking: "there is no token." });
  expect(tagsOnly).toBe("there is no token.");
  expect(fraud?.stages.map(({ stage, now }) => [stage, now?.version])).toEqual([
    ["staging", promoted.version],
    ["production", promoted.version],
  ]);
  expect(fraud?.versions.every(({ release, evaluated }) => release === undefined && evaluated === undefined)).toBe(true);
});

it("believes no evidence that its release was not shipped with, and no record of another tag", async () => {
  const releases = await github.releases.list();
  const release = releases.find(({ tag }) => tag === promoted.tag);
  const asset = (await github.releases.assets(release?.id ?? 0)).find(({ name }) => name === "evidence.json");
  if (!release || !asset) throw new Error("There is no release with evidence.");
  await github.releases.deleteAsset(asset.id);
  const forged = join(folder, "evidence.json");
  const { metrics } = shop.evidence.evaluations[0]?.candidate ?? { metrics: [] };
  writeFileSync(forged, JSON.stringify(shop.evidence).replaceAll(String(metrics[0]?.value), "0.9999"));
  await github.releases.uploadAsset(release, "evidence.json", forged);
  const byHand = shop.tagNext();
  shop.place.push("assay-ledger", { "promotions/fraud/production-3.json": '{"approvedBy":["mallory"]}' });
  await github.releases.create({ tag: byHand.tag, name: "By hand", body: "Mine", prerelease: false, target: byHand.commit });
  const { fraud, notes } = await read(github);
  expect(notes.toSorted()).toEqual([
    "Release fraud@v1.3.0 was published by hand, so its numbers are not shown.",
    expect.stringMatching(/^The evidence of model fraud, input hash \w+, was changed after it was sealed/),
    "promotions/fraud/production-3.json on branch assay-ledger is not the record of fraud#production#3.",
  ]);
  expect(fraud?.versions.slice(0, 2).map(({ evaluated }) => evaluated)).toEqual([undefined, undefined]);
  expect(fraud?.stages.find(({ stage }) => stage === "production")?.now?.approvedBy).toBeUndefined();
});
