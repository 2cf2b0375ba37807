import { afterEach, beforeEach, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { ledgerBranch } from "../../src/ledger/ledger.ts";
import { type PromotionRecord, parsePromotion, recordPromotion } from "../../src/ledger/promotion-record.ts";
import { createScene, type Scene } from "../embedded-github/scene.ts";

let scene: Scene;
let contents: GitHub["contents"];
beforeEach(async () => {
  scene = await createScene();
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions: { contents: "write" }, kind: "workflow" });
  ({ contents } = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url }));
});
afterEach(() => scene.close());

const record: PromotionRecord = {
  ...{ schema: "assay.promotion/v1", model: "models:fraud", version: "v1.2.0", tag: "models=fraud@v1.2.0" },
  ...{ tagObject: "a".repeat(40), commit: "b".repeat(40), stage: "eu/production", stageTag: "models=fraud#eu/production#4" },
  ...{ key: "0123456789abcdef", sums: digestOf("sums"), inputHash: digestOf("inputs"), resultDigest: digestOf("result") },
  ...{ approvedBy: ["ann"], at: "2026-11-22T06:00:00.000Z" },
};
const path = "promotions/models/fraud/eu-production-4";

const put = (where: string, content: string) =>
  contents.create({ branch: ledgerBranch, path: where, content, message: "By hand" });
const read = async (where: string) => (await contents.read(where, ledgerBranch))?.bytes;
const files = () => contents.list("promotions", ledgerBranch);

it("is one file a promotion, however often it is recorded", async () => {
  await recordPromotion(contents, record);
  await recordPromotion(contents, { ...record, approvedBy: ["ann", "ben"], at: "2026-11-23T06:00:00.000Z" });
  expect(await files()).toEqual([`${path}.json`]);
  expect(parsePromotion(await read(`${path}.json`))).toEqual(record);
});

it("is there once where only the answer is lost", async () => {
  await recordPromotion(contents, { ...record, stageTag: "models=fraud#eu/production#3" });
  scene.github.failNext({ method: "PUT", pathPattern: "contents/promotions", status: 502, afterEffect: true });
  await recordPromotion(contents, record);
  expect(await files()).toHaveLength(2);
});

it.each([
  ["is no record", "junk"],
  ["is another promotion's record", JSON.stringify({ ...record, key: "ffffffffffffffff" })],
  ["is the record of another stage's tag", JSON.stringify({ ...record, stageTag: "models=fraud#eu/production#3" })],
  ["is larger than any record", JSON.stringify({ ...record, version: "v".repeat(70_000) })],
])("is put beside what %s", async (_, content) => {
  await recordPromotion(contents, { ...record, stageTag: "models=fraud#eu/production#1" });
  await put(`${path}.json`, content);
  await recordPromotion(contents, record);
  await recordPromotion(contents, record);
  expect((await files()).filter((file) => file.startsWith(path))).toEqual([`${path}-2.json`, `${path}.json`]);
  expect(parsePromotion(await read(`${path}-2.json`))).toEqual(record);
});

it("takes the longest name that a tag can have", async () => {
  const stage = "s".repeat(990);
  const long = { ...record, model: "m", stage, stageTag: `m#${stage}#4`, tag: "m@v1.2.0" };
  await recordPromotion(contents, { ...record, stageTag: "models=fraud#eu/production#1" });
  await recordPromotion(contents, long);
  const [there] = (await files()).filter((file) => file.startsWith("promotions/m/"));
  expect(parsePromotion(await read(there ?? ""))).toEqual(long);
});

it("says where to look when its place is full", async () => {
  await recordPromotion(contents, { ...record, stageTag: "models=fraud#eu/production#1" });
  for (const end of ["", "-2", "-3", "-4", "-5"]) await put(`${path}${end}.json`, "junk");
  await expect(recordPromotion(contents, record)).rejects.toThrow(`has 5 files in the place of the record of ${record.stageTag}`);
});

it("is only of a stage's tag with a number", async () => {
  const stageTag = "models=fraud#eu/production";
  await expect(recordPromotion(contents, { ...record, stageTag })).rejects.toThrow("is no tag of a stage with a number");
});
