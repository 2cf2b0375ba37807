import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { handlers } from "../../../bot/handlers/handlers.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { checkName } from "../../../src/report/check.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { createWorld, type World } from "../world.ts";

let github: CheckedGitHub;
let count = 0;

beforeAll(async () => {
  github = await startCheckedGitHub();
});
afterAll(() => github?.close());

/** Two branches with the same rules, and a pull request to the other one whose run passes. */
async function toOther(): Promise<{ world: World; pull: PullRequestShas }> {
  count += 1;
  const world = await createWorld({ github, name: `retarget-${count}` });
  onTestFinished(() => world.close());
  world.push("other", {});
  world.push("change", { "train.py": "2" });
  const of = { repository: world.fullName, title: "Change", headRef: "change", author: "contributor" };
  return { world, pull: await github.createPullRequest({ ...of, baseRef: "other" }) };
}
const look = (world: World, { number }: PullRequestShas) => world.reconcile(world.subject(number));
const checkOf = ({ headSha }: PullRequestShas) => github.checks(headSha).findLast(({ name }) => name === checkName);
const isUnverified = expect.objectContaining({
  conclusion: "action_required",
  summary: expect.stringMatching(/before .*went to the branch that it goes to: push again/),
});

/** Its webhook, as the app hears of it. */
async function hear(world: World, { number, headSha }: PullRequestShas): Promise<void> {
  const repository = { id: world.id, name: world.name, owner: { login: "acme" } };
  const pull_request = { number, head: { sha: headSha } };
  const payload = { action: "edited", changes: { base: {} }, pull_request, repository, installation: { id: 1 } };
  const context = { guid: `retarget ${number}`, receivedAt: new Date(), appId: 1 };
  const heard = handlers["pull_request"]?.(payload, context);
  if (heard?.request) await world.store.addRequest(heard.subject, heard.request);
}

describe("a pull request that is made to go to another branch", () => {
  it("does not take the runs along that it had", async () => {
    const { world, pull } = await toOther();
    await world.run(pull);
    await look(world, pull);
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
    await world.run(await github.retargetPullRequest(pull.number, "main"));
    await look(world, pull);
    expect(checkOf(pull)).toEqual(isUnverified);

    world.push("change", { "train.py": "3" }, { from: "change" });
    const pushed = await github.refreshPullRequest(pull.number);
    await world.run(pushed);
    await look(world, pushed);
    expect(checkOf(pushed)).toMatchObject({ conclusion: "success" });
  });

  it("and back again is told by its webhooks, though nothing of it is to be seen", async () => {
    const { world, pull } = await toOther();
    await look(world, pull);
    await github.retargetPullRequest(pull.number, "main");
    await hear(world, pull);
    await world.run(pull);
    await github.retargetPullRequest(pull.number, "other");
    await look(world, pull);
    expect(checkOf(pull)).toEqual(isUnverified);
    expect(await world.store.openRequests(world.subject(pull.number))).toEqual([]);
  });

  it.each(["while the app was down", "and the app's memory was lost"])("%s is told by GitHub's events", async (when) => {
    const { world, pull } = await toOther();
    if (when === "while the app was down") await look(world, pull);
    await github.retargetPullRequest(pull.number, "main");
    await world.run(pull);
    await github.retargetPullRequest(pull.number, "other");
    world.context.looked.clear();
    await look(world, pull);
    expect(checkOf(pull)).toEqual(isUnverified);
    const asked = github.requests.filter(({ path }) => path.endsWith(`/issues/${pull.number}/events`));
    expect(asked).toHaveLength(1);
    await look(world, pull);
    expect(github.requests.filter(({ path }) => path.endsWith(`/issues/${pull.number}/events`))).toHaveLength(1);
  });
});
