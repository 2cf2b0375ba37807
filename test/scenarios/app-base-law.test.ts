import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullRequestShas } from "../../src/embedded-github/pull-request-lifecycle.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { checkName } from "../../src/report/check.ts";
import { commentMarker } from "../../src/report/comment.ts";
import { assayYml, createPlace, type Place } from "../bot/world.ts";
import { better, createEvaluation, worse } from "../flows/create-judgement.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import { createEvidence } from "../report/create-report.ts";
import { type RunningApp, runApp } from "./running-app.ts";

let github: CheckedGitHub;
let place: Place;
let running: RunningApp;

beforeAll(async () => {
  github = await startCheckedGitHub();
  place = await createPlace({ github });
  running = await runApp(github, [place.fullName]);
});
afterAll(async () => {
  await running?.stop();
  await github?.close();
});

const checkOf = ({ headSha }: PullRequestShas) => github.checks(headSha).findLast(({ name }) => name === checkName);
const reportOf = ({ number }: PullRequestShas) =>
  github.comments(number).find(({ author, body }) => author === running.app.bot.login && body.startsWith(commentMarker))?.body ??
  "";

/** Somebody who looks first: GitHub's times have whole seconds, and what is shown in the one of a comment counts as not seen. */
async function say({ number }: PullRequestShas, author: string, body: string): Promise<void> {
  await sleep(1_050 - (Date.now() % 1_000));
  await github.addComment({ number, author, body });
  await running.rest();
}

async function run(pull: PullRequestShas, options: Parameters<Place["run"]>[1] = {}): Promise<void> {
  await running.rest();
  await place.run(pull, options);
  await running.rest();
}

async function push(pull: PullRequestShas, branch: string, files: Record<string, string>, remote?: string) {
  place.push(branch, files, remote === undefined ? {} : { remote });
  const head = await github.refreshPullRequest(pull.number);
  await running.rest();
  return head;
}

describe("the base branch's law", { timeout: 300_000 }, () => {
  it("judges a pull request that lowers its own gate, and tells it so", async () => {
    const files = { "assay.yml": assayYml({ gate: "{metric: accuracy, no-worse-than: 0.5}" }), "train.py": "2" };
    const pull = await place.open(files, { branch: "lower" });
    await run(pull, { evaluation: worse });
    expect(checkOf(pull)).toMatchObject({ conclusion: "failure" });
    expect(reportOf(pull)).toContain("**This PR changes the rules.**");
    expect(reportOf(pull)).toMatch(/0\.01 → 0\.5.*by the new rules the model would be: pass/u);
  });

  it("judges one that changes the metric by the old one, and tells it so", async () => {
    const spec = assayYml({ gate: "{metric: recall, no-worse-than: 0.01}" }).replace("metrics: [accuracy]", "metrics: [recall]");
    const pull = await place.open({ "assay.yml": spec, "train.py": "3" }, { branch: "metric" });
    await run(pull, { evaluation: worse });
    expect(checkOf(pull)).toMatchObject({ conclusion: "failure" });
    expect(reportOf(pull)).toContain("**This PR changes the rules.**");
    expect(reportOf(pull)).toMatch(/metric removed: accuracy|metrics?.*accuracy/u);
  });

  it("judges one that drops the hard test rows on those of the base branch too", async () => {
    const pull = await place.open({ "test.csv": "x,y\n1,0\n" }, { branch: "rows" });
    const onOld = createEvaluation(-0.1, { role: "base" });
    await run(pull, { planned: { testSetChanged: true }, evidence: { evaluations: [better, onOld] } });
    expect(checkOf(pull)).toMatchObject({ conclusion: "failure" });
    expect(reportOf(pull)).toContain("**test set changed**");
  });
});

describe("an approval", { timeout: 300_000 }, () => {
  it("outlives another commit and a squash merge of the same inputs, and not another input", async () => {
    const planned = { testSetChanged: true };
    const pull = await place.open({ "test.csv": "x,y\n1,1\n2,0\n" }, { branch: "squashed" });
    await run(pull, { planned, inputs: "the same" });
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    await say(pull, "owner", "/assay approve fraud");
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });

    const changed = await push(pull, "squashed", { "test.csv": "x,y\n1,1\n2,0\n", "train.py": "4" });
    await run(changed, { planned, inputs: "others" });
    expect(checkOf(changed)).toMatchObject({ conclusion: "action_required" });
    expect(reportOf(changed)).toContain("does not count any more: the inputs changed");

    const same = await push(changed, "squashed", { "test.csv": "x,y\n1,1\n2,0\n", "README.md": "Words" });
    await run(same, { planned, inputs: "the same" });
    expect(checkOf(same)).toMatchObject({ conclusion: "success" });

    const merged = await github.mergePullRequest(pull.number, "squash", "maintainer");
    await running.rest();
    const git = (...args: string[]) => execFileSync("git", ["-C", place.gitFolder, ...args], { encoding: "utf8" });
    const [path = ""] = git("ls-tree", "-r", "--name-only", "assay-ledger", `approvals/${pull.number}/`).split("\n");
    const record: unknown = JSON.parse(git("show", `assay-ledger:${path}`));
    // What is trained at the merge commit from the same inputs with the same result is what was approved.
    const inputHash = digestOf("inputs of the same");
    const source = { repository: place.fullName, commit: merged, headSha: merged };
    const { seal } = sealEvidence(createEvidence("fraud", { inputHash, evaluations: [better], source }), new Date());
    expect(record).toMatchObject({ model: "fraud", inputHash, resultDigest: seal?.resultDigest, by: { login: "owner" } });
  });
});

describe("a waiver", { timeout: 300_000 }, () => {
  it("outlives a push, which the comment says, as it says what is waived before it is merged", async () => {
    const until = new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const pull = await place.open({ "train.py": "8" }, { branch: "waived" });
    await run(pull, { evaluation: worse });
    await say(pull, "owner", `/assay waive fraud accuracy.no-worse-than --reason "known" --until ${until}`);
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
    const gate = "`accuracy.no-worse-than`";
    expect(reportOf(pull)).toContain("### Answers");

    const later = await push(pull, "waived", { "train.py": "9" });
    await run(later, { evaluation: worse });
    expect(checkOf(later)).toMatchObject({ conclusion: "success" });
    const report = reportOf(later).replaceAll("\u200b", "");
    expect(report).toContain(
      `⚠️ ${gate}: waived by \`@owner\` on \`${pull.headSha.slice(0, 7)}\` until ${until}, whatever else is pushed`,
    );
    expect(report).toContain(
      `1. Review what is waived, and merge if that is right. ${gate} of \`fraud\` is not met, which \`@owner\` accepts until ${until}.`,
    );
    // It was about the other commit.
    expect(report).not.toContain("### Answers");
  });
});

describe("a fork's commit", { timeout: 300_000 }, () => {
  it("is allowed by an owner, trained here and approved; a push ends all of that", async () => {
    const pull = await place.open({ "train.py": "5" }, { branch: "change", fork: "forker", author: "forker" });
    await run(pull);
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    expect(reportOf(pull)).toContain(`/assay allow-fork ${pull.headSha}`);

    await say(pull, "owner", `/assay allow-fork ${pull.headSha}`);
    const started = () => github.dispatches().filter(({ inputs }) => inputs["pull-request"] === String(pull.number));
    expect(started()).toMatchObject([{ headBranch: "main", inputs: { "head-sha": pull.headSha } }]);
    await place.finishDispatched(pull, started()[0]?.runId ?? 0);
    await running.rest();
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    await say(pull, "owner", "/assay approve fraud");
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });

    const remote = place.gitFolder.replace("/acme/", "/forker/");
    const second = await push(pull, "change", { "train.py": "6" }, remote);
    await run(second);
    expect(checkOf(second)).toMatchObject({ conclusion: "action_required" });
    expect(reportOf(second)).toContain(`/assay allow-fork ${second.headSha}`);
    await say(second, "owner", `/assay allow-fork ${pull.headSha}`);
    expect(started()).toHaveLength(1);

    await say(second, "owner", `/assay allow-fork ${second.headSha}`);
    expect(started()).toHaveLength(2);
    const third = await push(second, "change", { "train.py": "7" }, remote);
    expect(started()[1]).toMatchObject({ conclusion: "cancelled" });
    await run(third);
    expect(checkOf(third)).toMatchObject({ conclusion: "action_required" });
    expect(reportOf(third)).toContain(`/assay allow-fork ${third.headSha}`);
  });
});
