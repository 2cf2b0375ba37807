import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recallMemory } from "../../../bot/reconcile/memory.ts";
import { checkName } from "../../../src/report/check.ts";
import { worse } from "../../flows/create-judgement.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { createWorld, type World } from "../world.ts";

let github: CheckedGitHub;
let world: World;

beforeAll(async () => {
  github = await startCheckedGitHub();
  world = await createWorld({ github });
});
afterAll(async () => {
  await world?.close();
  await github?.close();
});

const checks = (sha: string) => github.checks(sha).filter(({ name }) => name === checkName);

describe("a pull request is reconciled", () => {
  it("from pending to a verdict in one check and one comment, and once more without writing anything", async () => {
    const pull = await world.open({ "train.py": "2" });
    const subject = world.subject(pull.number);
    await world.reconcile(subject);
    expect(checks(pull.headSha)).toMatchObject([{ status: "in_progress", title: "Waiting for the workflow run" }]);
    expect(github.comments(pull.number)).toEqual([]);

    await world.run(pull);
    await world.reconcile(subject);
    expect(checks(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "success" }]);
    expect(github.comments(pull.number)).toHaveLength(1);

    const before = github.requests.length;
    await world.reconcile(subject);
    expect(github.requests.slice(before).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("with a failed gate, and a waiver by its owner accepts it", async () => {
    const pull = await world.open({ "train.py": "3" }, { branch: "worse" });
    const subject = world.subject(pull.number);
    await world.run(pull, { evaluation: worse });
    await world.reconcile(subject);
    expect(checks(pull.headSha)).toMatchObject([{ conclusion: "failure" }]);

    const body = '/assay waive fraud accuracy.no-worse-than --reason "known" --until 2026-12-31';
    const { id } = await github.addComment({ number: pull.number, author: "owner", body });
    await world.store.addRequest(subject, { kind: "comment", id });
    await world.reconcile(subject);
    // GitHub never takes an annotation away, so the check is replaced by one without the failed gate's.
    expect(checks(pull.headSha).map(({ conclusion }) => conclusion)).toEqual(["failure", "success"]);
    expect(github.comments(pull.number)).toHaveLength(2);
    const report = github.comments(pull.number).find((comment) => comment.body.includes("assay:report"))?.body;
    expect(report).toMatch(
      new RegExp(
        `waived by \`@.?owner\` on \`${pull.headSha.slice(0, 7)}\` until 2026-12-31, whatever else is pushed\\. Reason: known`,
        "u",
      ),
    );
    // The day after, it is looked at without anybody's doing.
    expect(await world.store.subjects()).toMatchObject([{ at: new Date("2027-01-01") }]);
  });

  it.each([
    ["is not sent", { status: 502 }],
    ["is cut off on the way", { truncated: true }],
  ] as const)("and keeps its verdict while the evidence %s", async (name, failure) => {
    const pull = await world.open({ "train.py": name }, { branch: name.replaceAll(" ", "-") });
    const subject = world.subject(pull.number);
    await world.run(pull);
    await world.reconcile(subject);
    github.failNext({ pathPattern: "/_storage/blobs/", skip: 1, ...failure });
    await world.reconcile(subject).catch((error: Error) => expect(error.message).toContain("502"));
    expect(github.endFaults()).toBe(1);
    expect(checks(pull.headSha)).toMatchObject([{ conclusion: "success" }]);
    await world.reconcile(subject);
    expect(checks(pull.headSha)).toMatchObject([{ conclusion: "success" }]);
  });

  it("and is not settled while a training that was asked for runs", async () => {
    const pull = await world.open({ "train.py": "4" }, { branch: "asked" });
    const subject = world.subject(pull.number);
    const settled = async () => (await recallMemory(world.store, subject)).settled;
    await world.run(pull);
    await world.reconcile(subject);
    expect(await settled()).toBe(pull.headSha);
    const { id } = await github.addComment({ number: pull.number, author: "contributor", body: "/assay retrain" });
    await world.store.addRequest(subject, { kind: "comment", id });
    await world.reconcile(subject);
    expect(await settled()).toBeUndefined();
    const [started] = github.dispatches();
    // What was started is looked at without anybody's doing.
    expect(await world.store.worker.drain((queued) => world.reconcile(queued))).toBe(1);
    expect(await settled()).toBeUndefined();
    await world.finishDispatched(pull, started?.runId ?? 0, { event: "workflow_dispatch" });
    await world.reconcile(subject);
    expect(await settled()).toBe(pull.headSha);
  });
});
