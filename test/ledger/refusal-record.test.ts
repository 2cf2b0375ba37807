import { afterEach, beforeEach, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { ledgerBranch } from "../../src/ledger/ledger.ts";
import { type RefusalRecord, recordRefusal } from "../../src/ledger/refusal-record.ts";
import { createScene, type Scene } from "../embedded-github/scene.ts";

let scene: Scene;
let contents: GitHub["contents"];
beforeEach(async () => {
  scene = await createScene();
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions: { contents: "write" }, kind: "workflow" });
  ({ contents } = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url }));
});
afterEach(() => scene.close());

const refusal: RefusalRecord = {
  ...{ schema: "assay.refusal/v1", model: "models:fraud", version: "v1.2.0", tag: "models=fraud@v1.2.0" },
  ...{ tagObject: "a".repeat(40), stage: "eu/production", reasons: ["Nobody approved it."], run: "https://x.example/1" },
  at: "2026-11-22T06:00:00.000Z",
};
const files = () => contents.list("refusals", ledgerBranch);

it("is there once for the same reasons, whichever run says them and when", async () => {
  await recordRefusal(contents, refusal);
  await recordRefusal(contents, { ...refusal, run: "https://x.example/2", at: "2026-11-23T06:00:00.000Z" });
  const [path, ...others] = await files();
  expect(path).toMatch(/^refusals\/models\/fraud\/v1\.2\.0\/eu-production-[0-9a-f]{16}\.json$/);
  expect(others).toEqual([]);
  await recordRefusal(contents, { ...refusal, reasons: ["It is of another test set."] });
  expect(await files()).toHaveLength(2);
});

it("takes the longest name that a tag can have", async () => {
  await recordRefusal(contents, { ...refusal, stage: "s".repeat(990) });
  expect(await files()).toHaveLength(1);
});
