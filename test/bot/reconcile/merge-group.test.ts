import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evaluation } from "../../../src/evidence/evidence.ts";
import { checkName } from "../../../src/report/check.ts";
import { better, worse } from "../../flows/create-judgement.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { createWorld, type RunOptions, type World } from "../world.ts";

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

/** Puts the pull request into the queue and runs its workflow there. @returns what the check says then */
async function queue(number: number, inputs: string, evaluation: Evaluation, planned: RunOptions["planned"] = {}) {
  const { headSha, headRef, baseSha } = await github.createMergeGroup(number);
  expect(headRef).toContain(`/pr-${number}-`);
  const subject = { kind: "merge-group", repository: world.repository, headSha, baseSha, number } as const;
  await world.reconcile(subject);
  const runId = await world.run(
    { number, headSha, headRef, mergeSha: headSha, baseSha, createdAt: "" },
    { event: "merge_group", inputs, evaluation, planned },
  );
  // It is not known what the run is about until it was asked.
  await world.reconcile({ kind: "run", repository: world.repository, runId });
  expect(await world.store.worker.drain((queued) => world.reconcile(queued))).toBe(1);
  return github.checks(headSha).findLast(({ name }) => name === checkName);
}

const command = async (number: number, author: string, body: string) => {
  const { id } = await github.addComment({ number, author, body });
  await world.store.addRequest(world.subject(number), { kind: "comment", id });
  await world.reconcile(world.subject(number));
};

describe("a merge queue's commit", () => {
  it("passes with the approval of the same inputs and the same result, and not with one of others", async () => {
    const pull = await world.open({ "test.csv": "x,y\n2,1\n" }, { branch: "approved" });
    const planned = { testSetChanged: true };
    await world.run(pull, { inputs: "approved", evaluation: better, planned });
    await world.reconcile(world.subject(pull.number));
    expect(await queue(pull.number, "approved", better, planned)).toMatchObject({ conclusion: "action_required" });
    await command(pull.number, "owner", "/assay approve fraud");

    expect(await queue(pull.number, "approved", better, planned)).toMatchObject({ conclusion: "success" });
    expect(await queue(pull.number, "others", better, planned)).toMatchObject({ conclusion: "action_required" });
  });

  it("passes a gate that an owner waived on its pull request, and on no other", async () => {
    const pull = await world.open({ "train.py": "2" }, { branch: "waived" });
    await world.run(pull, { evaluation: worse });
    await world.reconcile(world.subject(pull.number));
    await command(pull.number, "owner", '/assay waive fraud accuracy.no-worse-than --reason "known" --until 2026-12-31');
    expect(await queue(pull.number, "waived", worse)).toMatchObject({ conclusion: "success" });

    const other = await world.open({ "train.py": "3" }, { branch: "not-waived" });
    expect(await queue(other.number, "not waived", worse)).toMatchObject({ conclusion: "failure" });
  });
});
