import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { workflowKey } from "../../../bot/reconcile/remembered.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { checkName } from "../../../src/report/check.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { createWorld, type World, workflow } from "../world.ts";

let github: CheckedGitHub;
let count = 0;

beforeAll(async () => {
  github = await startCheckedGitHub();
});
afterAll(() => github?.close());

async function createRepository(): Promise<World> {
  count += 1;
  const world = await createWorld({ github, name: `whose-run-${count}` });
  onTestFinished(() => world.close());
  return world;
}
const checkOf = ({ headSha }: PullRequestShas) => github.checks(headSha).findLast(({ name }) => name === checkName);
const ci = (name: string | number) => `.github/workflows/ci-${name}.yml`;

describe("of the runs on a commit", () => {
  it.each(["Test", "Planning", "Plan / Test"])(
    "one whose plan was uploaded by the job %s is not believed",
    async (uploadedBy) => {
      const world = await createRepository();
      const pull = await world.open({ "train.py": "2" });
      await world.run(pull, { workflowPath: ci("tests"), uploadedBy });
      await world.reconcile(world.subject(pull.number));
      expect(checkOf(pull)).toMatchObject({ conclusion: "failure", title: "No verdict: the run cannot be judged" });
      expect(checkOf(pull)?.summary).toContain("no job named Plan");
    },
  );

  it("one that called Assay's workflow is believed", async () => {
    const world = await createRepository();
    const pull = await world.open({ "train.py": "2" });
    await world.run(pull, { uploadedBy: "Models / Plan" });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });

  it("that of Assay's workflow is found among any number of others", async () => {
    const world = await createRepository();
    await world.store.remember(workflowKey(world.repository), workflow);
    const pull = await world.open({ "train.py": "2" });
    await world.run(pull);
    for (let index = 0; index < 9; index += 1) await world.run(pull, { workflowPath: ci(index), artifacts: {} });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });

  it("another's does not speak while Assay's runs", async () => {
    const world = await createRepository();
    await world.store.remember(workflowKey(world.repository), workflow);
    const pull = await world.open({ "train.py": "2" });
    const of = { repository: world.fullName, event: "pull_request", headSha: pull.headSha, headBranch: pull.headRef };
    await github.createRun({ ...of, workflowPath: workflow, pullRequest: pull.number });
    await world.run(pull, { workflowPath: ci("of-another") });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ status: "in_progress", title: "In progress" });
  });

  it("what nobody can vouch for is not read, whatever there is of it", async () => {
    const world = await createRepository();
    const pull = await world.open({ "train.py": "2" }, { fork: "stranger", author: "stranger" });
    await world.run(pull);
    const before = github.requests.length;
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    expect(github.comments(pull.number)[0]?.body).toContain("a fork runs its own version of the workflow");
    const read = github.requests.slice(before).filter(({ endpoint = "" }) => endpoint.endsWith("/{format}"));
    expect(read).toHaveLength(1);
  });

  it("a fork's does not say which workflow is Assay's", async () => {
    const world = await createRepository();
    const pull = await world.open({ "train.py": "2" }, { fork: "forker", author: "forker" });
    await world.run(pull, { workflowPath: ci("of-a-fork") });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    expect(await world.store.recall(workflowKey(world.repository))).toBeUndefined();

    const own = await world.open({ "train.py": "3" }, { branch: "own" });
    await world.run(own);
    await world.reconcile(world.subject(own.number));
    expect(await world.store.recall(workflowKey(world.repository))).toBe(workflow);
  });
});
