import { afterEach, beforeEach, expect, it } from "vitest";
import { type Digest, digestOf } from "../../../src/evidence/digest.ts";
import { findShippedSums, promotionsInto, shippedBefore } from "../../../src/flows/promotion/find-promotions.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { createOctokitGitHub } from "../../../src/github/octokit/octokit-github.ts";
import { assignmentMessage, promotionKey } from "../../../src/registry/promotion-key.ts";
import { readRegistry } from "../../../src/registry/registry-state.ts";
import { createScene, type Scene } from "../../embedded-github/scene.ts";

let scene: Scene;
let github: GitHub;
let version: { model: string; version: string; tagObject: string; commit: string; stage: string };
beforeEach(async () => {
  scene = await createScene();
  const permissions = { contents: "read", deployments: "write" } as const;
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions, kind: "workflow" });
  github = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url });
  version = { model: "fraud", version: "v1.0.0", tagObject: "a".repeat(40), commit: scene.mainSha, stage: "staging" };
});
afterEach(() => scene.close());

const sums = digestOf("sums");
const names = ["fraud@v1.0.0", "fraud#staging#1", "fraud#staging#2", "fraud#staging#3", "fraud#production#4"];

/** A stage's tag as a promotion makes it, after another one. */
function stageTag(name: string, after?: string, of = version) {
  return { name, commit: of.commit, message: assignmentMessage(of, promotionKey(of, after)), after };
}

const tagged = { id: "c".repeat(40), committedAt: 0, taggedAt: 0, offsetMinutes: 0, tagger: { name: "manager", email: "" } };

/** Of tags that are the stage's, by what the registry says. */
function findAmong(tags: readonly { name: string; commit: string; message: string }[]) {
  const { version: number, stage, tagObject, commit } = version;
  const events = tags.map((tag) => ({ model: "fraud", action: "assign" as const, stage, tag: { ...tagged, ...tag } }));
  const state = { version: number, commit, committedAt: 0, events: [], stages: new Map([[stage, events]]) };
  const found = { tag: "fraud@v1.0.0", tagObject, commit, state };
  return promotionsInto(stage, version, { found, tags: { annotated: [], names } }, github);
}

async function deploy({ name, after }: ReturnType<typeof stageTag>, kept: Digest | string = sums, of = version): Promise<void> {
  const { model, version: number, stage: environment, commit: sha } = of;
  const payload = { promotion: promotionKey(of, after), model, version: number, stageTag: name, sums: kept };
  await github.deployments.create({ sha, environment, description: "", payload, isProduction: false });
}

it("finds each promotion of the version into the stage, whatever the stage had before", async () => {
  const tags = [stageTag("fraud#staging#1"), stageTag("fraud#staging#3", "fraud#staging#2")];
  for (const tag of tags) await deploy(tag);
  expect(await findAmong(tags)).toEqual(
    tags.map(({ name, after }) => ({ key: promotionKey(version, after), stageTag: name, sums, breakGlass: undefined })),
  );
});

it("takes no tag that a person wrote, and asks nothing about it", async () => {
  const tag = stageTag("fraud#staging#1");
  await deploy(tag);
  const before = scene.github.requests.length;
  const forged = [
    { ...tag, message: "Promote fraud v1.0.0 to staging" },
    { ...tag, message: assignmentMessage(version, "0123456789abcdef") },
    { ...tag, commit: scene.featureSha },
    // Of what the version's tag was before, or of another version.
    stageTag("fraud#staging#1", undefined, { ...version, tagObject: "b".repeat(40) }),
    stageTag("fraud#staging#1", undefined, { ...version, version: "v2.0.0" }),
  ];
  expect(await findAmong(forged)).toEqual([]);
  expect(scene.github.requests).toHaveLength(before);
});

it("takes none without the deployment that its promotion made of the very commit in that environment", async () => {
  const tag = stageTag("fraud#staging#1");
  await deploy(tag, sums, { ...version, commit: scene.featureSha });
  await deploy(tag, sums, { ...version, stage: "production" });
  await deploy({ ...tag, name: "fraud#staging#2" });
  await deploy({ ...tag, after: "fraud#staging#2" });
  expect(await findAmong([tag])).toEqual([]);
  await deploy(tag);
  expect(await findAmong([tag])).toHaveLength(1);
});

it("knows what all stages were shipped, and believes no digest that is none", async () => {
  const production = { ...version, stage: "production" };
  const [first, second] = [stageTag("fraud#staging#1"), stageTag("fraud#production#4", undefined, production)];
  await deploy(first);
  await deploy(second, "lies", production);
  const annotated = [first, second].map((tag) => ({ ...tagged, ...tag }));
  const { stage: _, ...of } = version;
  expect(await findShippedSums(of, { annotated, names }, github)).toEqual(new Set([sums]));
});

it("has a version follow the highest one below it that was shipped, not one that was only tagged", async () => {
  const other = scene.featureSha;
  const shipped = stageTag("fraud#staging#1");
  await deploy(shipped);
  const registered = [
    { ...tagged, name: "fraud@v1.0.0", message: "", commit: version.commit, id: version.tagObject },
    { ...tagged, name: "fraud@v1.1.0", message: "", commit: other, id: "b".repeat(40) },
    { ...tagged, name: "fraud@v1.2.0", message: "", commit: "d".repeat(40) },
  ];
  const byHand = { ...tagged, name: "fraud#staging#2", message: "Promote fraud v1.1.0 to staging", commit: other };
  const annotated = [...registered, { ...tagged, ...shipped }, byHand];
  const read = { registry: readRegistry(annotated).models.get("fraud"), tags: { annotated, names } };
  expect(await shippedBefore({ model: "fraud", version: "v1.2.0" }, read, github)).toBe("v1.0.0");
  expect(await shippedBefore({ model: "fraud", version: "v1.0.0" }, read, github)).toBeUndefined();
});
