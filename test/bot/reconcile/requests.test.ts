import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onCheckRun } from "../../../bot/handlers/check-run.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { checkName } from "../../../src/report/check.ts";
import { commentMarker } from "../../../src/report/comment.ts";
import { better, createEvaluation, worse } from "../../flows/create-judgement.ts";
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

const reconcile = (number: number) => world.reconcile(world.subject(number));
const checkOf = ({ headSha }: PullRequestShas) => github.checks(headSha).findLast(({ name }) => name === checkName);
const reportOf = (number: number) =>
  github.comments(number).find(({ author, body }) => author === world.app.bot.login && body.startsWith(commentMarker))?.body ??
  "";
const records = () =>
  execFileSync("git", ["-C", world.gitFolder, "ls-tree", "-r", "--name-only", "assay-ledger"], { encoding: "utf8" });

async function ask(number: number, author: string, body: string): Promise<readonly string[]> {
  const { id } = await github.addComment({ number, author, body });
  await world.store.addRequest(world.subject(number), { kind: "comment", id });
  await reconcile(number);
  const seen = await world.context.app.connect(world.repository.installation, world.repository);
  return (await seen.comments.reactions(id)).map(({ content }) => content);
}

async function review(number: number, author: string): Promise<void> {
  const { id } = await github.review({ number, author, state: "APPROVED" });
  await world.store.addRequest(world.subject(number), { kind: "review", id });
  await reconcile(number);
}

describe("what people ask for", () => {
  it("approves by a review only what waits for an approval", async () => {
    const calm = await world.open({ "train.py": "calm" }, { branch: "calm" });
    await world.run(calm);
    await reconcile(calm.number);
    await review(calm.number, "owner");
    expect(reportOf(calm.number)).not.toContain("Approved");

    const wanted = await world.open({ "test.csv": "x,y\n3,1\n" }, { branch: "wanted" });
    await world.run(wanted, { planned: { testSetChanged: true } });
    await reconcile(wanted.number);
    expect(reportOf(wanted.number)).toContain(" @owner looks at");
    await review(wanted.number, "owner");
    expect(checkOf(wanted)).toMatchObject({ conclusion: "success" });
    expect(records().trim().split("\n")).toEqual([expect.stringContaining(`approvals/${wanted.number}/fraud/`)]);
  });

  it("trains a fork's commit that was allowed, and not when it comes back after another one", async () => {
    const pull = await world.open({ "train.py": "fork" }, { branch: "forked", fork: "forker", author: "forker" });
    await world.run(pull);
    await reconcile(pull.number);
    // By a run of the branch it is known which workflow is Assay's.
    const known = await world.open({ "train.py": "known" }, { branch: "known-workflow" });
    await world.run(known);
    await reconcile(known.number);
    const started = () => github.dispatches().filter(({ inputs }) => inputs["pull-request"] === String(pull.number));
    expect(await ask(pull.number, "owner", `/assay allow-fork ${pull.headSha}`)).toEqual(["+1"]);
    await world.finishDispatched(pull, started()[0]?.runId ?? 0);
    await reconcile(pull.number);

    const remote = world.gitFolder.replace("/acme/", "/forker/");
    world.push("forked", { "train.py": "elsewhere" }, { remote });
    await world.run(await github.refreshPullRequest(pull.number));
    await reconcile(pull.number);
    execFileSync("git", ["-C", remote, "update-ref", "refs/heads/forked", pull.headSha]);
    expect((await github.refreshPullRequest(pull.number)).headSha).toBe(pull.headSha);
    await reconcile(pull.number);
    // GitHub's times have whole seconds.
    await sleep(1_100);
    expect(await ask(pull.number, "contributor", "/assay retrain")).toEqual(["-1"]);
    expect(reportOf(pull.number)).toContain(`/assay allow-fork ${pull.headSha}`);
    expect(started()).toHaveLength(1);

    expect(await ask(pull.number, "owner", `/assay allow-fork ${pull.headSha}`)).toEqual(["+1"]);
    expect(started()).toHaveLength(2);
  });

  it("never approves a result that was not shown when it was asked, by a command, a review or a button", async () => {
    const pull = await world.open({ "test.csv": "x,y\n6,1\n" }, { branch: "unseen" });
    const subject = world.subject(pull.number);
    await world.run(pull, { planned: { testSetChanged: true } });
    await reconcile(pull.number);
    // GitHub's times have whole seconds.
    await sleep(1_100);
    const comment = await github.addComment({ number: pull.number, author: "owner", body: "/assay approve fraud" });
    await world.store.addRequest(subject, { kind: "comment", id: comment.id });
    const { id } = await github.review({ number: pull.number, author: "owner", state: "APPROVED" });
    await world.store.addRequest(subject, { kind: "review", id });
    const click = { kind: "button", button: "approve", by: { id: 7, login: "owner" }, headSha: pull.headSha } as const;
    await world.store.addRequest(subject, { ...click, id: "early", at: new Date().toISOString() });
    await world.run(pull, { planned: { testSetChanged: true }, evaluation: createEvaluation(0.03) });
    await reconcile(pull.number);
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    expect(reportOf(pull.number).match(/Shown was result `[0-9a-f]{12}` of `fraud`, and it is `/g)).toHaveLength(2);

    await world.store.addRequest(subject, { ...click, id: "late", at: new Date(Date.now() + 2_000).toISOString() });
    await reconcile(pull.number);
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });

  it("never approves by a button that showed another result, however late its delivery comes", async () => {
    const pull = await world.open({ "test.csv": "x,y\n7,1\n" }, { branch: "clicked" });
    const subject = world.subject(pull.number);
    const planned = { testSetChanged: true };
    await world.run(pull, { planned });
    await reconcile(pull.number);
    const click = async () => {
      const { title = null, summary = null, text = null } = checkOf(pull) ?? {};
      const payload = {
        action: "requested_action",
        installation: { id: world.repository.installation },
        repository: { id: world.id, name: world.name, owner: { login: "acme" } },
        check_run: {
          head_sha: pull.headSha,
          external_id: `assay:verdict:${pull.number}:${pull.headSha}`,
          app: { id: world.app.id },
          output: { title, summary, text },
          pull_requests: [],
        },
        requested_action: { identifier: "approve" },
        sender: { id: 7, login: "owner" },
      };
      return (guid: string) => {
        const heard = onCheckRun(payload, { guid, receivedAt: new Date(Date.now() + 2_000), appId: world.app.id });
        if (heard?.request === undefined) throw new Error("the click was not understood");
        return world.store.addRequest(subject, heard.request);
      };
    };
    const early = await click();
    await world.run(pull, { planned, evaluation: createEvaluation(0.03) });
    await reconcile(pull.number);
    await early("sent again");
    await reconcile(pull.number);
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    expect(reportOf(pull.number)).toContain("is not the newest");

    await (await click())("at once");
    await reconcile(pull.number);
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });

  it("mentions owners once, whatever is pushed later", async () => {
    const pull = await world.open({ "test.csv": "x,y\n4,1\n" }, { branch: "pushed" });
    await world.run(pull, { planned: { testSetChanged: true } });
    await reconcile(pull.number);
    const asked = reportOf(pull.number);
    expect(asked).toContain(" @owner looks at");
    await reconcile(pull.number);
    expect(reportOf(pull.number)).toBe(asked);

    world.push("pushed", { "test.csv": "x,y\n5,1\n" });
    await world.run(await github.refreshPullRequest(pull.number), { planned: { testSetChanged: true } });
    await reconcile(pull.number);
    expect(reportOf(pull.number)).toMatch(/`@.?owner` looks at/u);
    expect(reportOf(pull.number)).not.toContain(" @owner looks at");
  });

  it("is refused by a reaction on a closed pull request, whose verdict stays", async () => {
    const pull = await world.open({ "train.py": "closed" }, { branch: "closed" });
    await world.run(pull, { evaluation: worse });
    await reconcile(pull.number);
    await github.closePullRequest(pull.number);
    const before = { check: checkOf(pull), report: reportOf(pull.number) };
    expect(await ask(pull.number, "owner", "/assay status")).toEqual(["-1"]);
    expect(await ask(pull.number, "owner", '/assay waive fraud accuracy --reason "x" --until 2026-12-31')).toEqual(["-1"]);
    expect({ check: checkOf(pull), report: reportOf(pull.number) }).toEqual(before);
  });

  it("starts one training at a time, and another one after that was cancelled", async () => {
    const pull = await world.open({ "train.py": "again" }, { branch: "again" });
    await world.run(pull, { evaluation: better });
    await reconcile(pull.number);
    const started = () => github.dispatches().filter(({ inputs }) => inputs["pull-request"] === String(pull.number));
    expect(await ask(pull.number, "contributor", "/assay retrain")).toEqual(["+1"]);
    expect(await ask(pull.number, "contributor", "/assay retrain fraud")).toEqual(["-1"]);
    expect(reportOf(pull.number)).toContain("Training that was asked for before still [runs]");
    expect(started()).toHaveLength(1);

    await github.finishRun(started()[0]?.runId ?? 0, "cancelled");
    expect(await ask(pull.number, "contributor", "/assay retrain")).toEqual(["+1"]);
    expect(started()).toHaveLength(2);
    expect(reportOf(pull.number)).toContain("is asked for");
    await world.finishDispatched(pull, started()[1]?.runId ?? 0, { event: "workflow_dispatch", evaluation: worse });
    await reconcile(pull.number);
    expect(checkOf(pull)).toMatchObject({ conclusion: "failure" });
    // What it was answered is overtaken.
    expect(reportOf(pull.number)).not.toMatch(/is asked for|still \[runs\]|### Answers/);
  });

  it("starts its own training, though somebody started one with its key by hand, and ends it when the pull request is closed", async () => {
    const pull = await world.open({ "train.py": "by hand" }, { branch: "by-hand" });
    await world.run(pull, { evaluation: better });
    await reconcile(pull.number);
    const { runs } = await world.context.app.connect(world.repository.installation, world.repository);
    const { id } = await github.addComment({ number: pull.number, author: "contributor", body: "/assay retrain" });
    const request = `pr-${pull.number}-${pull.headSha}-comment-${id}`;
    await runs.dispatch({ workflow: "models.yml", ref: "main", inputs: { "pull-request": "999", request } });
    await world.store.addRequest(world.subject(pull.number), { kind: "comment", id });
    await reconcile(pull.number);
    const started = github.dispatches().filter(({ inputs }) => inputs["pull-request"] === String(pull.number));
    expect(started.map(({ inputs }) => inputs["request"])).toEqual([request]);

    const runId = started[0]?.runId ?? 0;
    expect((await runs.get(runId))?.status).not.toBe("completed");
    await github.closePullRequest(pull.number);
    await reconcile(pull.number);
    expect(await runs.get(runId)).toMatchObject({ status: "completed", conclusion: "cancelled" });
  });
});
