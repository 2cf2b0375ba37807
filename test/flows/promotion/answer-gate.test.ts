import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { answerGate } from "../../../src/flows/promotion/answer-gate.ts";
import { assignmentMessage, promotionKey } from "../../../src/registry/promotion-key.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";
import { openEmergency } from "./emergency.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
}, 60_000);
afterAll(() => shop?.close());

async function ask({ tag, commit }: Tagged, environment: string, of = shop) {
  const { github, place } = of;
  const workflowPath = ".github/workflows/deploy.yml";
  const started = { repository: place.fullName, event: "workflow_dispatch", workflowPath, headSha: commit, headBranch: "main" };
  const { runId } = await github.createRun({ ...started, title: `${tag} to ${environment}` });
  const connected = of.connect(fetch);
  const run = await connected.runs.get(runId);
  if (!run) throw new Error("There is no run.");
  const machine = { github: connected, files: createNodeFiles(), serverUrl: github.serverUrl, now: () => new Date() };
  const { decision, comment } = await answerGate({ run, environment }, machine);
  // As people read it.
  return { decision, comment: comment.replaceAll(/\\|\u200b|&#8203;/g, "") };
}

const refusal = (reason: string | RegExp) => ({ decision: "rejected", comment: expect.stringMatching(reason) });

async function promoted(...stages: string[]): Promise<Tagged> {
  const tagged = shop.tagNext();
  for (const stage of stages) {
    shop.fetchTags();
    expect(await shop.promote(tagged, stage, shop.connect(fetch))).toMatchObject({ outcome: "promoted" });
  }
  return tagged;
}

/** A stage's tag that a person pushes, later than what is there. */
function assignByHand({ version, object, commit }: Tagged, stage: string, number: number): string {
  const name = `fraud#${stage}#${number}`;
  const assignment = { model: "fraud", version, tagObject: object, stage };
  const message = assignmentMessage(assignment, promotionKey(assignment, undefined));
  const person = { ...process.env, GIT_COMMITTER_NAME: "eve", GIT_COMMITTER_EMAIL: "eve@localhost" };
  const env = { ...person, GIT_COMMITTER_DATE: `${Math.floor(Date.now() / 1_000) + 2} +0000` };
  execFileSync("git", ["-C", shop.gitFolder, "tag", "-a", name, "-m", message, commit], { env });
  return name;
}

describe("a version that the stage has", () => {
  it("is deployed as often as it is asked for, also when nobody could approve it any more", async () => {
    const { github, place } = shop;
    const tagged = await promoted("staging");
    await github.setPermission({ repository: place.fullName, login: "owner", permission: "read" });
    const comment = expect.stringMatching(/is in `staging` by `fraud#staging#\d+`, as it was shipped\.$/);
    expect(await ask(tagged, "staging")).toEqual({ decision: "approved", comment });
    await github.setPermission({ repository: place.fullName, login: "owner", permission: "write" });
  });

  it("is deployed after the stage went back to it", async () => {
    const [earlier] = await shop.onceInProduction();
    if (!earlier) throw new Error("Nothing was in production.");
    expect(await ask(earlier, "production")).toMatchObject(refusal(/staging comes before production and has/));
    shop.fetchTags();
    expect(await shop.rollBack(earlier, "production", shop.connect(fetch))).toMatchObject({ outcome: "promoted" });
    expect(await ask(earlier, "production")).toMatchObject({ decision: "approved" });
  });

  it("is kept out once a file of its release was put in the place of another", async () => {
    const tagged = await promoted("staging");
    await shop.changeRelease(tagged);
    expect(await ask(tagged, "staging")).toMatchObject(refusal(/was changed after it was shipped: model\.json is not what/));
    await shop.restoreRelease(tagged);
    expect(await ask(tagged, "staging")).toMatchObject({ decision: "approved" });
  });

  it("is kept out where a person gave it to the stage, whatever the tag says of a promotion", async () => {
    const tagged = shop.tagNext();
    const name = assignByHand(tagged, "staging", 900);
    expect(await ask(tagged, "staging")).toMatchObject(refusal(`${name}, which no promotion made`));
  });

  it("is kept out where a person gave the stage back to it, until that is promoted", async () => {
    const tagged = await promoted("staging");
    await promoted("staging");
    const name = assignByHand(tagged, "staging", 1_900);
    expect(await ask(tagged, "staging")).toMatchObject(refusal(`${name}, which no promotion made`));
    shop.fetchTags();
    expect(await shop.rollBack(tagged, "staging", shop.connect(fetch))).toMatchObject({ outcome: "promoted" });
    expect(await ask(tagged, "staging")).toMatchObject({ decision: "approved" });
  });
});

it("lets in what came into the stage by break-glass, and says who asked for that and why", async () => {
  const { shop: of, tagged, ...emergency } = await openEmergency();
  onTestFinished(() => of.close());
  expect(await ask(tagged, "production", of)).toMatchObject({ decision: "rejected" });
  await emergency.bothAsk();
  expect(await emergency.promote()).toMatchObject({ outcome: "promoted" });
  expect(await ask(tagged, "production", of)).toMatchObject({
    decision: "approved",
    comment: expect.stringMatching(/, by break-glass: @owner \(“v1\.1\.0 declines every card”\) and @second .* in #\d+/),
  });
});

describe("a version that the stage does not have yet", () => {
  it("is kept out while what is released of it is not what is proven", async () => {
    const tagged = await promoted("staging");
    expect(await ask(tagged, "production")).toMatchObject({ decision: "approved" });
    await shop.changeRelease(tagged);
    expect(await ask(tagged, "production")).toMatchObject(refusal(/is not what is proven: model\.json is not what was proven/));
  });

  it("is kept out while somebody else published a release of it", async () => {
    const tagged = shop.tagNext();
    expect(await ask(tagged, "staging")).toMatchObject({ decision: "approved" });
    const { releases } = shop.connect(fetch);
    const { tag, version, commit } = tagged;
    await releases.create({ tag, name: version, body: "By hand", prerelease: false, target: commit });
    expect(await ask(tagged, "staging")).toMatchObject(refusal(/was published by hand/));
  });

  it("is kept out while another version is at its commit", async () => {
    const tagged = shop.tagNext();
    shop.tag("v9.0.0", tagged.commit);
    expect(await ask(tagged, "staging")).toMatchObject(refusal(/is at the same commit as v9/));
  });
});
