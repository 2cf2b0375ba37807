import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { digestOf, shortDigest } from "../../../src/evidence/digest.ts";
import type { Evidence, Source } from "../../../src/evidence/evidence.ts";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { evidenceFileName } from "../../../src/flows/job-files.ts";
import { readProof } from "../../../src/flows/promotion/read-proof.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { requestOf, titleOfDispatch } from "../../../src/plan/dispatch.ts";
import { workflow } from "../../bot/world.ts";
import { openShop, type Shop } from "../../chaos/promotion/shop.ts";
import { files } from "../../git/repository.ts";

let shop: Shop;
let github: GitHub;
beforeAll(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
});
afterAll(() => shop?.close());

const inputHash = () => shop.evidence.inputHash;

async function prove() {
  const tip = (await github.contents.branchTip("main")) ?? "";
  return readProof({ model: "fraud", inputHash: inputHash(), commit: tip, branch: { name: "main", tip } }, machine());
}

/** The clone lacks what was pushed since. */
const machine = () => ({ git: shop.clone, files, github });

/** Why what a run uploaded does not count. */
async function whyNot(runId: number): Promise<string> {
  const { vouched, passedOver } = await prove();
  expect(vouched.map((upload) => upload.runId)).not.toContain(runId);
  expect(vouched.map((upload) => upload.runId)).toContain(shop.merged.runId);
  const start = `Evidence of inputs ${shortDigest(inputHash())} in run ${runId} does not count: `;
  return passedOver.find((reason) => reason.startsWith(start))?.slice(start.length) ?? "";
}

let branches = 0;
const openAnother = (files: Readonly<Record<string, string>> = {}, options: { fork?: string } = {}) => {
  branches += 1;
  return shop.place.open({ "README.md": `other ${branches}`, ...files }, { branch: `other-${branches}`, ...options });
};

const sourceOf = (pull: PullRequestShas, id: number, more: Partial<Source> = {}): Source => ({
  repository: shop.place.fullName,
  commit: pull.mergeSha,
  headSha: pull.headSha,
  pullRequest: pull.number,
  run: { id, attempt: 1, event: "pull_request", workflow },
  ...more,
});

async function upload(runId: number, evidence: Evidence | string): Promise<number> {
  const text = typeof evidence === "string" ? evidence : JSON.stringify(sealEvidence(evidence, new Date()));
  const name = evidenceFileName("fraud", inputHash());
  await shop.github.addArtifact({ runId, name, bytes: Buffer.from(text), mimeType: "application/json" });
  return runId;
}

/** A run on the pull request that uploads better evidence than anybody made. */
async function runOf(pull: PullRequestShas, more: Partial<Source> = {}): Promise<number> {
  const runId = await shop.place.run(pull);
  return upload(runId, { ...shop.evidence, source: sourceOf(pull, runId, more) });
}

async function runOn(headBranch: string, headSha: string, options: { event?: string; title?: string } = {}): Promise<number> {
  const { event = "push", title } = options;
  const run = { repository: shop.place.fullName, event, workflowPath: workflow, headSha, headBranch, title };
  return (await shop.github.createRun(run)).runId;
}

const ofBranch = (runId: number, commit: string): Evidence => ({
  ...shop.evidence,
  source: { repository: shop.place.fullName, commit, run: { id: runId, attempt: 1, event: "push", workflow } },
});

/** As the app starts it. */
const dispatchedFor = (pull: PullRequestShas, { number, headSha } = pull) => ({
  event: "workflow_dispatch",
  title: titleOfDispatch({ pullRequest: pull.number, request: requestOf({ pullRequest: number, headSha }, "comment/1") }),
});

/** The head whose code uploads what it likes, and after it one with the inputs that were evaluated; merged. */
async function openWithTwoHeads(uploadOf: (hostile: PullRequestShas) => Promise<number>): Promise<[PullRequestShas, number]> {
  const hostile = await openAnother({ "train.py": `upload("a better model") # ${branches}` });
  const runId = await uploadOf(hostile);
  shop.place.push(hostile.headRef, { "train.py": "2" }, { from: hostile.headRef });
  await shop.github.refreshPullRequest(hostile.number);
  await merge(hostile);
  return [hostile, runId];
}

const otherInputs = (runId: number, { headSha }: PullRequestShas) =>
  `run ${runId} was of ${headSha.slice(0, 7)}, which has other inputs.`;

const merge = (pull: PullRequestShas) => shop.github.mergePullRequest(pull.number, "squash");
const tipOfMain = async () => (await github.contents.branchTip("main")) ?? "";

describe("evidence counts", () => {
  it("of a run of a pull request that was merged, with the head that showed it", async () => {
    const { vouched } = await prove();
    const { number, headSha } = shop.merged.pull;
    expect(vouched).toMatchObject([{ evidence: shop.evidence, shown: { pullRequest: { number }, headSha } }]);
  });

  it("of an earlier head of it", async () => {
    const pull = await openAnother();
    const runId = await runOf(pull);
    shop.place.push(pull.headRef, { "README.md": "Better words" }, { from: pull.headRef });
    await shop.github.refreshPullRequest(pull.number);
    await merge(pull);
    const { vouched } = await prove();
    expect(vouched.find((found) => found.runId === runId)?.shown).toMatchObject({ headSha: pull.headSha });
  });

  it("of a run on the protected branch, and of one there that evaluated what a merged pull request trained", async () => {
    const commit = await tipOfMain();
    const runId = await runOn("main", commit);
    await upload(runId, ofBranch(runId, commit));
    const later = await upload(await runOn("main", commit), shop.evidence);
    const { vouched } = await prove();
    for (const id of [runId, later]) expect(vouched.find((found) => found.runId === id)).toMatchObject({ shown: undefined });
  });

  it("of a run that the app dispatched on the base branch, whatever it trained", async () => {
    const pull = await openAnother();
    const runId = await runOn("main", await tipOfMain(), dispatchedFor(pull));
    await upload(runId, { ...shop.evidence, source: sourceOf(pull, runId) });
    await merge(pull);
    const { vouched } = await prove();
    expect(vouched.find((found) => found.runId === runId)?.shown).toMatchObject({ headSha: pull.headSha });
  });

  it("of no inputs that nobody evaluated", async () => {
    const tip = await tipOfMain();
    const other = { model: "fraud", inputHash: digestOf("other"), commit: tip, branch: { name: "main", tip } };
    expect(await readProof(other, machine())).toEqual({
      vouched: [],
      isIncomplete: false,
      passedOver: [
        expect.stringMatching(/^No run has evidence of fraud with the tagged tree's inputs \w{12}: nobody evaluated it/),
      ],
    });
  });
});

/** Each makes a run whose evidence is forged in one way, and says what is told of it. */
const forged: Record<string, () => Promise<[runId: number, why: string]>> = {
  async "of a pull request that is not merged"() {
    const pull = await openAnother();
    return [await runOf(pull), `#${pull.number}, which showed it, is not merged.`];
  },
  async "of one that was merged into another branch"() {
    shop.place.push("release", {});
    const pull = await openAnother();
    const runId = await runOf(pull);
    await shop.github.retargetPullRequest(pull.number, "release");
    await merge(pull);
    return [runId, `#${pull.number} was merged into release.`];
  },
  async "that says a merged pull request made it"() {
    const { number, headSha } = shop.merged.pull;
    const runId = await runOf(await openAnother(), { pullRequest: number, headSha });
    return [runId, `run ${runId} is none of #${number}.`];
  },
  async "that says a merged pull request's run made it"() {
    const runId = await upload(await shop.place.run(await openAnother()), shop.evidence);
    return [runId, `run ${runId}, which evaluated it, is of no pull request that was merged into main.`];
  },
  async "of a pull request that there is not"() {
    return [await runOf(await openAnother(), { pullRequest: 999 }), "#999, which it names, is not there."];
  },
  async "of another head than the run's"() {
    const pull = await openAnother();
    const runId = await runOf(pull, { headSha: shop.merged.pull.headSha });
    await merge(pull);
    return [runId, `it ran on \`${pull.headSha.slice(0, 7)}\`.`];
  },
  async "of no head"() {
    const pull = await openAnother();
    const runId = await runOf(pull, { headSha: undefined });
    await merge(pull);
    return [runId, "it names no head of the pull request."];
  },
  async "that was made by hand"() {
    const pull = await openAnother();
    return [await runOf(pull, { run: undefined }), "it was made by hand: only a workflow run can be vouched for."];
  },
  async "of a run that there is not"() {
    const pull = await openAnother();
    const run = { id: 424_242, attempt: 1, event: "pull_request", workflow };
    return [await runOf(pull, { run }), "run 424242, which it names, is not there any more."];
  },
  async "of an earlier head of a merged pull request, which had other inputs"() {
    const [hostile, runId] = await openWithTwoHeads(runOf);
    return [runId, otherInputs(runId, hostile)];
  },
  async "of an earlier head, which says that it evaluated what an honest run trained"() {
    const [hostile, runId] = await openWithTwoHeads(async (pull) => upload(await shop.place.run(pull), shop.evidence));
    return [runId, otherInputs(runId, hostile)];
  },
  async "of an honest run that took what an earlier head uploaded for a training"() {
    let forgedIn = 0;
    const [hostile] = await openWithTwoHeads(async (pull) => {
      forgedIn = await shop.place.run(pull);
      return forgedIn;
    });
    const runId = await runOn("main", await tipOfMain());
    await upload(runId, { ...shop.evidence, source: sourceOf(hostile, forgedIn) });
    return [runId, otherInputs(forgedIn, hostile)];
  },
  async "of a merge that the contributor made up, with another tree than the head's"() {
    const [hostile, runId] = await openWithTwoHeads((pull) =>
      runOf(pull, { commit: shop.merged.pull.mergeSha, headSha: pull.headSha }),
    );
    return [runId, otherInputs(runId, hostile)];
  },
  async "of a run that was dispatched for an earlier head, which had other inputs"() {
    const [hostile, runId] = await openWithTwoHeads(async (pull) => {
      const id = await runOn("main", await tipOfMain(), dispatchedFor(pull));
      return upload(id, { ...shop.evidence, source: sourceOf(pull, id) });
    });
    return [runId, otherInputs(runId, hostile)];
  },
  async "of a run that was dispatched for another head than the evidence names"() {
    const pull = await openAnother();
    const { headSha } = shop.merged.pull;
    const runId = await runOn("main", await tipOfMain(), dispatchedFor(pull, { ...pull, headSha }));
    await upload(runId, { ...shop.evidence, source: sourceOf(pull, runId) });
    await merge(pull);
    return [runId, `run ${runId} was started for ${headSha.slice(0, 7)}.`];
  },
  async "of a run that was dispatched by a name that tells no head"() {
    const pull = await openAnother();
    const title = `Assay #${pull.number}: by hand`;
    const runId = await runOn("main", await tipOfMain(), { event: "workflow_dispatch", title });
    await upload(runId, { ...shop.evidence, source: sourceOf(pull, runId) });
    await merge(pull);
    return [runId, `run ${runId} was started for no head that its name tells.`];
  },
  async "of a pull request that changed the workflow and was merged"() {
    const pull = await openAnother({ [workflow]: "name: Models\non: pull_request\njobs: {}\n" });
    const runId = await runOf(pull);
    await merge(pull);
    return [runId, "the pull request changes the workflow that made it."];
  },
  async "of a head that changed the workflow, which the last one did not"() {
    const text = (await github.contents.read(workflow, "main"))?.bytes.toString() ?? "";
    const pull = await openAnother({ [workflow]: `${text}\n# Uploads what it likes\n` });
    const runId = await runOf(pull);
    shop.place.push(pull.headRef, { [workflow]: text }, { from: pull.headRef });
    await shop.github.refreshPullRequest(pull.number);
    await merge(pull);
    return [runId, "the pull request changes the workflow that made it."];
  },
  async "of a pull request that changed an action"() {
    const pull = await openAnother({ ".github/actions/train/action.yml": "name: Train\n" });
    const runId = await runOf(pull);
    await merge(pull);
    return [runId, "the pull request changes an action that its workflow may use."];
  },
  async "of a fork's pull request"() {
    const pull = await openAnother({}, { fork: "stranger" });
    const runId = await runOf(pull);
    await merge(pull);
    return [runId, `#${pull.number} came from a fork.`];
  },
  async "of a branch that another pull request wanted to bring elsewhere"() {
    const pull = await openAnother();
    shop.place.push("evil", { [workflow]: "name: Models\non: pull_request\njobs: {}\n" });
    const { fullName } = shop.place;
    const request = { repository: fullName, title: "Elsewhere", headRef: pull.headRef, baseRef: "evil", author: "contributor" };
    const beside = await shop.github.createPullRequest(request);
    const runId = await runOf(pull);
    await shop.github.closePullRequest(beside.number);
    await merge(pull);
    return [runId, `run ${runId} may be of #${beside.number}, which came from the same branch and was to go elsewhere.`];
  },
  async "of a run that was dispatched on a tag that is called like the branch"() {
    const pull = await openAnother();
    await merge(pull);
    const aside = shop.place.push("aside", { [workflow]: "name: Models\non: workflow_dispatch\njobs: {}\n" });
    const runId = await runOn("main", aside, dispatchedFor(pull));
    await upload(runId, { ...shop.evidence, source: sourceOf(pull, runId) });
    return [runId, `run ${runId} was not started on main.`];
  },
  async "of another branch"() {
    const commit = shop.place.push("aside-too", { "train.py": "aside" });
    const runId = await runOn("aside-too", commit);
    return [await upload(runId, ofBranch(runId, commit)), "its run is of aside-too, not of main."];
  },
  async "of a tag that is called like the branch"() {
    const commit = shop.place.push("aside-again", { "train.py": "aside" });
    const runId = await runOn("main", commit);
    return [await upload(runId, ofBranch(runId, commit)), `${commit.slice(0, 7)} is not on main.`];
  },
  async "of another commit than the run's"() {
    const runId = await runOn("main", await tipOfMain());
    const commit = shop.merged.pull.headSha;
    const own = (await tipOfMain()).slice(0, 7);
    return [await upload(runId, ofBranch(runId, commit)), `its run is of ${own}, and it names ${commit.slice(0, 7)}.`];
  },
  async "of a run on a comment"() {
    const commit = await tipOfMain();
    const runId = await runOn("main", commit, { event: "issue_comment" });
    return [await upload(runId, ofBranch(runId, commit)), "its run was started by issue_comment."];
  },
  async "of a grid whose chosen point an unmerged pull request trained"() {
    const stranger = await openAnother();
    const commit = await tipOfMain();
    const runId = await runOn("main", commit);
    const reusedFrom = sourceOf(stranger, await shop.place.run(stranger));
    const point = { values: { rate: 1 }, inputHash: digestOf("point"), outcome: "completed" as const, seeds: [], reusedFrom };
    const experiments = { select: { reported: "loss", better: "lower" as const }, chosen: 0, points: [point] };
    await upload(runId, { ...ofBranch(runId, commit), experiments });
    return [runId, `of the experiment that was chosen: #${stranger.number}, which showed it, is not merged.`];
  },
  async "that is no evidence"() {
    return [await upload(await runOn("main", await tipOfMain()), "{}"), expect.stringMatching(/^assay-evidence-fraud-\w+\.json/)];
  },
  async "that was changed after it was sealed"() {
    const runId = await runOn("main", await tipOfMain());
    const [first] = shop.evidence.trainings;
    const trainings = [{ ...first, seed: 9 }];
    await upload(runId, JSON.stringify({ ...shop.evidence, trainings }));
    return [runId, expect.stringContaining("was changed after it was sealed")];
  },
  async "whose files are not those of its model's digest"() {
    const runId = await runOn("main", await tipOfMain());
    const trainings = shop.evidence.trainings.map((training) => ({
      ...training,
      model: training.model && {
        ...training.model,
        files: training.model.files.map((file) => ({ ...file, digest: digestOf("another model") })),
      },
    }));
    await upload(runId, { ...shop.evidence, trainings });
    return [runId, expect.stringMatching(/^it lists files that are not the model of digest \w{12}\.$/)];
  },
  async "of other inputs"() {
    const runId = await runOn("main", await tipOfMain());
    await upload(runId, { ...shop.evidence, inputHash: digestOf("others") });
    return [runId, `it is of fraud and inputs ${shortDigest(digestOf("others"))}.`];
  },
  async "that has expired"() {
    const runId = await upload(await runOn("main", await tipOfMain()), shop.evidence);
    for (const { id } of shop.github.artifacts(runId)) await shop.github.expireArtifact(id);
    return [runId, "it has expired. Train and evaluate fraud again in a pull request."];
  },
};

describe("evidence does not count", () => {
  it.each(Object.entries(forged))("%s", async (_, forge) => {
    const [runId, why] = await forge();
    expect(await whyNot(runId)).toEqual(why);
  });
});
