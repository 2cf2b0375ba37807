import { afterEach, beforeEach, expect, it } from "vitest";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import type { Tags } from "../../src/github/tags.ts";
import { assignStage, type PlannedAssignment } from "../../src/publishing/assign-stage.ts";
import { keyInMessage } from "../../src/registry/promotion-key.ts";
import { createScene, type Scene } from "../embedded-github/scene.ts";

let scene: Scene;
let tags: Tags;
let planned: PlannedAssignment;
beforeEach(async () => {
  scene = await createScene();
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions: { contents: "write" }, kind: "workflow" });
  ({ tags } = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url }));
  planned = {
    ...{ key: "0123456789abcdef", model: "fraud", version: "v1.0.0", stage: "staging" },
    ...{ commit: scene.mainSha, after: undefined, laterThan: 0 },
  };
});
afterEach(() => scene.close());

const names = async () => (await tags.list("fraud")).map(({ name }) => name);
const assign = (change: Partial<PlannedAssignment> = {}, stillHolds: () => Promise<void> = async () => undefined) =>
  assignStage(tags, { ...planned, ...change }, stillHolds);

it("makes an annotated tag with the next number of all the model's, and finds it again", async () => {
  await tags.create({ name: "fraud#production#4", commit: scene.mainSha, message: "By hand" });
  expect(await assign()).toBe("fraud#staging#5");
  const made = await tags.read("fraud#staging#5");
  expect(made).toMatchObject({
    commit: scene.mainSha,
    annotation: { message: expect.stringMatching(/^Promote fraud v1\.0\.0 to/) },
  });
  expect(keyInMessage(made?.annotation?.message)).toBe(planned.key);
  expect(await assign()).toBe("fraud#staging#5");
  expect(await names()).toEqual(["fraud#production#4", "fraud#staging#5"]);
});

it("makes one alone where the answer is lost", async () => {
  scene.github.failNext({ method: "POST", pathPattern: /git\/refs$/, status: 502, afterEffect: true });
  expect(await assign()).toBe("fraud#staging#1");
  expect(await names()).toEqual(["fraud#staging#1"]);
});

it("lets one of those that were decided on the same state assign the stage", async () => {
  const ended = await Promise.allSettled([assign(), assign({ key: "ffffffffffffffff", version: "v2.0.0" })]);
  expect(ended.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await names()).toEqual(["fraud#staging#1"]);
});

it("ends when the stage was assigned meanwhile, by whomever", async () => {
  const message = "Promote fraud v2.0.0 to staging\n\nAssay-Promotion: ffffffffffffffff\n";
  await tags.create({ name: "fraud#staging#1", commit: scene.mainSha, message });
  await expect(assign()).rejects.toThrow("fraud#staging#1 was made meanwhile, so staging is not what this was decided on");
  expect(await assign({ after: "fraud#staging#1" })).toBe("fraud#staging#2");
});

it("takes no tag at another commit for its own, whatever its message says", async () => {
  const message = `Promote fraud v1.0.0 to staging\n\nAssay-Promotion: ${planned.key}\n`;
  const commit = await scene.work.push("aside", { "README.md": "Another\n" });
  await tags.create({ name: "fraud#staging#1", commit, message });
  await expect(assign()).rejects.toThrow("fraud#staging#1 was made meanwhile");
});

it("makes none when the version's tag is not what was decided on any more", async () => {
  const moved = async () => {
    throw new Error("It was moved.");
  };
  await expect(assign({}, moved)).rejects.toThrow("It was moved.");
  expect(await names()).toEqual([]);
});

it("is later than the stage's last tag: within one second there is no order", async () => {
  const now = Math.floor(Date.now() / 1_000);
  await assign({ laterThan: now });
  const made = await tags.read("fraud#staging#1");
  expect(Date.parse(made?.annotation?.tagger?.date ?? "") / 1_000).toBeGreaterThan(now);
});
