import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import type { Evidence } from "../../../src/evidence/evidence.ts";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { evidenceFileName } from "../../../src/flows/job-files.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { workflow } from "../../bot/world.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
let tagged: Tagged;
beforeEach(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
  tagged = shop.tagNext();
  shop.fetchTags();
});
afterEach(() => shop?.close());

const promote = () => shop.promote(tagged, "staging", github);
const reasons = async () => {
  const promotion = await promote();
  return promotion.outcome === "refused" ? promotion.reasons : promotion;
};

async function upload(runId: number, evidence: Evidence): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(sealEvidence(evidence, new Date())));
  const name = evidenceFileName("fraud", evidence.inputHash);
  await shop.github.addArtifact({ runId, name, bytes, mimeType: "application/json" });
}

/** Nobody approved what was merged. */
async function withdraw(): Promise<void> {
  await shop.github.review({ number: shop.merged.pull.number, author: "owner", state: "CHANGES_REQUESTED" });
}

/** A pull request whose head was trained before a last push that left the inputs as they were. */
async function pushAgain(): Promise<{ pull: PullRequestShas; last: PullRequestShas; runId: number }> {
  const pull = await shop.place.open({ "train.py": "2" }, { branch: "again" });
  const runId = await shop.place.run(pull);
  const run = { id: runId, attempt: 1, event: "pull_request", workflow };
  const source = { ...shop.evidence.source, pullRequest: pull.number, headSha: pull.headSha, commit: pull.mergeSha, run };
  await upload(runId, { ...shop.evidence, source });
  shop.place.push("again", { "README.md": "Better words" }, { from: "again" });
  const last = await shop.github.refreshPullRequest(pull.number);
  // What was trained before is evaluated again, with the same result.
  await upload(await shop.place.run(last), { ...shop.evidence, source });
  return { pull, last, runId };
}

it("counts the review of a last head that left the inputs as they were, whose own run showed the same result", async () => {
  await withdraw();
  const { last } = await pushAgain();
  await shop.github.review({ number: last.number, author: "owner", state: "APPROVED" });
  await shop.github.mergePullRequest(last.number, "squash");
  expect(await promote()).toMatchObject({ outcome: "promoted", approvedBy: ["owner"] });
});

it("counts no review of a head of which no run showed anything", async () => {
  await withdraw();
  const { last } = await pushAgain();
  shop.place.push("again", { "README.md": "Other words" }, { from: "again" });
  await shop.github.refreshPullRequest(last.number);
  await shop.github.review({ number: last.number, author: "owner", state: "APPROVED" });
  await shop.github.mergePullRequest(last.number, "squash");
  expect(await reasons()).toEqual([
    expect.stringMatching(/^staging needs 1 approval of this very result on #\d+, and it has none/),
  ]);
});

it("goes back to a result that was approved where a later one of the same inputs was not", async () => {
  const commit = (await github.contents.branchTip("main")) ?? "";
  const of = { repository: shop.place.fullName, event: "push", workflowPath: workflow, headSha: commit, headBranch: "main" };
  const { runId: id } = await shop.github.createRun(of);
  const source = { repository: shop.place.fullName, commit, run: { id, attempt: 1, event: "push", workflow } };
  const trainings = shop.evidence.trainings.map((training) => ({ ...training, seed: 9 }));
  await upload(id, { ...shop.evidence, trainings, source });
  expect(await promote()).toMatchObject({ outcome: "promoted", approvedBy: ["owner"] });
});

it("stays with the result that was shipped where a later one of the same inputs is approved too", async () => {
  expect(await promote()).toMatchObject({ outcome: "promoted" });
  const pull = await shop.place.open({ "train.py": "2" }, { branch: "again" });
  const run = { id: await shop.place.run(pull), attempt: 1, event: "pull_request", workflow };
  const source = { ...shop.evidence.source, pullRequest: pull.number, headSha: pull.headSha, commit: pull.mergeSha, run };
  const trainings = shop.evidence.trainings.map((training) => ({ ...training, seed: 9 }));
  await upload(run.id, { ...shop.evidence, trainings, source });
  await shop.github.review({ number: pull.number, author: "owner", state: "APPROVED" });
  await shop.github.mergePullRequest(pull.number, "squash");
  shop.fetchTags();
  expect(await shop.promote(tagged, "production", github)).toMatchObject({ outcome: "promoted" });
});

it("counts no review of who made a commit of the pull request, whoever opened it", async () => {
  await withdraw();
  const { last } = await pushAgain();
  await shop.github.review({ number: last.number, author: "owner", state: "APPROVED" });
  const { gitFolder } = shop.place;
  const git = (...args: string[]) => execFileSync("git", ["-C", gitFolder, ...args], { encoding: "utf8", env }).trim();
  const [review] = await github.pullRequests.reviews(last.number);
  const person = { NAME: "owner", EMAIL: `${review?.author.id}+owner@users.noreply.github.com` };
  const env = { ...process.env };
  for (const role of ["AUTHOR", "COMMITTER"])
    for (const [key, value] of Object.entries(person)) env[`GIT_${role}_${key}`] = value;
  const commit = git("commit-tree", "-p", last.headSha, "-m", "Better words", `${last.headSha}^{tree}`);
  git("update-ref", "refs/heads/again", commit);
  const own = await shop.github.refreshPullRequest(last.number);
  await upload(await shop.place.run(own), shop.evidence);
  await shop.github.mergePullRequest(last.number, "squash");
  expect(await reasons()).toEqual([expect.stringContaining("it has none (@owner made the change)")]);
});

it("does not take a tag that somebody wrote for the stage before", async () => {
  // Later than the last one, whose second it may be.
  const env = { ...process.env, GIT_COMMITTER_DATE: `${Math.floor(Date.now() / 1_000) + 3} +0000` };
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", shop.gitFolder, "-c", "user.name=x", "-c", "user.email=x@y", ...args], { env });
  git("tag", "-a", "fraud#staging#7", "-m", "Promote fraud v1.2.0 to staging", tagged.commit);
  shop.fetchTags();
  expect(await shop.promote(tagged, "production", github)).toMatchObject({
    outcome: "refused",
    reasons: [
      `staging has ${tagged.version} by fraud#staging#7, which no promotion made. Promote ${tagged.version} to staging first.`,
    ],
  });
  expect(await promote()).toMatchObject({ outcome: "promoted" });
  shop.fetchTags();
  expect(await shop.promote(tagged, "production", github)).toMatchObject({ outcome: "promoted" });
});

it("says with everything else that the declared card is not in the tagged tree", async () => {
  await withdraw();
  const text = (await github.contents.read("assay.yml", "main"))?.bytes.toString() ?? "";
  shop.place.push("main", { "assay.yml": text.replace("promote: {", "promote: {card: CARD.md, ") });
  expect(await reasons()).toEqual([
    expect.stringMatching(/^CARD\.md, which promote\.card names, is not in the tagged tree/),
    expect.stringContaining("staging needs 1 approval"),
  ]);
});

it("is not led astray by junk that somebody put into the ledger", async () => {
  const path = `evidence/fraud/${shop.evidence.inputHash.slice("sha256:".length)}-2.json`;
  await github.contents.create({ branch: "assay-ledger", path, content: "junk", message: "Junk" });
  expect(await promote()).toMatchObject({ outcome: "promoted" });
});

it("is refused when the tagged tree has another test set than was evaluated", async () => {
  tagged = shop.tag("v9.0.0", shop.place.push("main", { "test.csv": "x,y\n2,0\n" }));
  shop.fetchTags();
  expect(await reasons()).toEqual([
    `The evaluation of run ${shop.merged.runId} does not count: it is of another test set than the tagged tree's.`,
  ]);
});

it.each([
  ["the label that is meant", 'positive: "1"', 'positive: "0"', "it was measured by other terms than assay.yml has now"],
  ["a metric", "metrics: [accuracy]", "metrics: [accuracy, f1]", "it lacks f1, which assay.yml asks for now"],
])("is refused when %s changed since", async (_, before, after, why) => {
  const text = (await github.contents.read("assay.yml", "main"))?.bytes.toString() ?? "";
  expect(text).toContain(before);
  shop.place.push("main", { "assay.yml": text.replace(before, after) });
  expect(await reasons()).toEqual([expect.stringContaining(`The evaluation of run ${shop.merged.runId} does not count: ${why}`)]);
});

it("says what is wrong with the default branch's assay.yml", async () => {
  const text = (await github.contents.read("assay.yml", "main"))?.bytes.toString() ?? "";
  shop.place.push("main", { "assay.yml": text.replace("task: binary", "task: guess") });
  expect(await reasons()).toEqual([
    expect.stringMatching(
      /^assay\.yml on main cannot be read, so nothing can be decided by it: assay\.yml:5:\d+ models\.fraud\.task: /,
    ),
  ]);
});

it("says with everything else that a file is gone from the store", async () => {
  await withdraw();
  for (const { assets } of shop.github.releases().filter(({ tag }) => tag === "assay-store"))
    for (const { id } of assets) await github.releases.deleteAsset(id);
  expect(await reasons()).toEqual([
    expect.stringContaining("is not in the model store"),
    expect.stringContaining("staging needs 1 approval"),
  ]);
});
