import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Digest, digestOf } from "../../../src/evidence/digest.ts";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { recordsOnGitHub } from "../../../src/flows/records-on-github.ts";
import { pruneStore } from "../../../src/flows/registry/prune-store.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { openShop, type Shop } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
const folder = mkdtempSync(join(tmpdir(), "assay-prune-"));
const clone = join(folder, "clone");
const dayMs = 24 * 60 * 60 * 1_000;

beforeAll(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
});
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function store(text: string): Promise<Digest> {
  const digest = digestOf(text);
  writeFileSync(join(folder, "stored"), text);
  await recordsOnGitHub(github).store.put(digest, join(folder, "stored"));
  return digest;
}

/** A baseline of other inputs and another model, in the ledger and the store. */
async function recordBaseline(inputs: string, at: string): Promise<Digest> {
  const digest = await store(`model of ${inputs}`);
  const [training] = shop.evidence.trainings;
  if (!training) throw new Error("Nobody trained it.");
  const model = { digest, format: "xgboost", files: [{ path: "model.json", digest, bytes: `model of ${inputs}`.length }] };
  const evidence = { ...shop.evidence, inputHash: digestOf(inputs), trainings: [{ ...training, model }] };
  await recordsOnGitHub(github).ledger.recordEvidence(sealEvidence(evidence, new Date(at)));
  return digest;
}

async function prune(daysFromNow: number, dryRun = true) {
  rmSync(clone, { recursive: true, force: true });
  execFileSync("git", ["clone", "-q", shop.gitFolder, clone]);
  return pruneStore(dryRun, {
    ...{ files: createNodeFiles(), git: await createCommandGit(clone, createNodeProcesses()), github, token: undefined },
    ...{ progress: () => {}, now: () => new Date(Date.now() + daysFromNow * dayMs) },
  });
}

const inStore = () =>
  shop.github
    .releases()
    .filter(({ tag }) => tag.startsWith("assay-store"))
    .flatMap(({ assets }) => assets.map(({ name }) => name.replace("-", ":")))
    .toSorted();

it("needs a declared policy", async () => {
  await expect(prune(1)).rejects.toThrow(
    "assay.yml on main does not say how long the model store keeps what is not needed. Write retention: {store: 180d}.",
  );
});

it("lists what is older than declared and needed by nothing, and deletes it once it is asked to", async () => {
  const rules = execFileSync("git", ["-C", shop.gitFolder, "show", "main:assay.yml"], { encoding: "utf8" });
  shop.place.push("main", { "assay.yml": rules.replace("models:", "retention: {store: 30d}\nmodels:") });
  const orphan = await store("of nobody");
  const old = await recordBaseline("old inputs", "2020-01-01T00:00:00Z");
  const newest = await recordBaseline("newest inputs", "2099-01-01T00:00:00Z");
  const shipped = shop.evidence.trainings[0]?.model?.digest;
  const all = inStore();
  expect(all).toEqual([orphan, old, newest, shipped].toSorted());

  const young = await prune(10);
  expect(young.goes).toEqual([]);
  expect(young.stays.find(({ digest }) => digest === old)?.why).toBe("younger than 30 days");

  const due = await prune(31);
  expect(due.goes.map(({ digest, why, days }) => [digest, why, days]).toSorted()).toEqual(
    [
      [orphan, "in no record", 31],
      [old, `of fraud ${digestOf("old inputs").slice(7, 19)}, which is no baseline now`, 31],
    ].toSorted(),
  );
  expect(due.stays.map(({ digest, why }) => [digest, why]).toSorted()).toEqual(
    [
      [newest, "the newest record of fraud names it"],
      [shipped, "a release has it"],
    ].toSorted(),
  );
  expect(inStore(), "nothing is deleted by looking").toEqual(all);

  await prune(31, false);
  expect(inStore()).toEqual([newest, shipped].toSorted());
  expect((await prune(31, false)).goes).toEqual([]);
});

it("keeps what a tagged version is made of, though nobody promoted it yet", async () => {
  const { releases } = shop.github;
  expect(releases().length).toBeGreaterThan(1);
  for (const { id } of (await github.releases.list()).filter(({ tag }) => tag.startsWith("fraud@")))
    await github.releases.delete(id);
  const { stays, goes } = await prune(31);
  expect(goes).toEqual([]);
  expect(stays.map(({ why }) => why)).toContainEqual(
    expect.stringMatching(/^fraud v1\.1\.0 is tagged|^the baseline of fraud on main$/),
  );
});
