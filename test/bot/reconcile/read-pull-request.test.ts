import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recallMemory } from "../../../bot/reconcile/memory.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import type { PullRequest } from "../../../src/github/pull-requests.ts";
import { checkName } from "../../../src/report/check.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { assayYml, createWorld, type World } from "../world.ts";

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

const titles = (sha: string) => github.checks(sha).flatMap(({ name, title }) => (name === checkName ? [title] : []));
const report = (number: number) => github.comments(number).find(({ body }) => body.includes("assay:report"))?.body;
const look = (number: number) => world.reconcile(world.subject(number));

/** Pushes, and looks as a webhook that tells of the push has it looked at. */
async function push(pull: PullRequestShas, files: Readonly<Record<string, string>>, told: Partial<PullRequest> = {}) {
  world.push(pull.headRef, files, { from: pull.headRef });
  const now = await github.refreshPullRequest(pull.number);
  const github_ = await world.context.app.connect(world.repository.installation, world.repository);
  const pushed = { ...(await github_.pullRequests.get(pull.number)), ...told };
  const before = github.requests.length;
  await world.reconcile({ kind: "pull-request", repository: world.repository, number: pull.number, pushed });
  return { ...now, pushed, requests: github.requests.slice(before).map(({ method }) => method) };
}

async function judged(branch: string): Promise<PullRequestShas> {
  const pull = await world.open({ "train.py": branch }, { branch });
  await world.run(pull);
  await look(pull.number);
  return pull;
}

describe("a push that a webhook tells of", () => {
  it("is said at once where a run is waited for, and nothing is asked", async () => {
    const pushed = await push(await judged("said"), { "train.py": "2" });
    expect(pushed.requests).toEqual(["POST", "PATCH"]);
    expect(titles(pushed.headSha)).toEqual(["Waiting for the workflow run"]);
    expect(report(pushed.number)).toContain("Waiting for the workflow run");
  });

  it("is not believed when it is older than what was looked at since", async () => {
    const pull = await judged("older");
    const first = await push(pull, { "train.py": "2" });
    const second = await push(pull, { "train.py": "3" });
    await world.run(second);
    await look(pull.number);
    const said = report(pull.number);
    const late = { ...first.pushed, head: { ...first.pushed.head, sha: pull.headSha.replace(/^./, "0") } };
    await world.reconcile({
      kind: "pull-request",
      repository: world.repository,
      number: pull.number,
      pushed: { ...late, updatedAt: "2020-01-01T00:00:00Z" },
    });
    expect(report(pull.number)).toBe(said);
  });

  it.each<[string, Partial<PullRequest>]>([
    ["closed", { state: "closed" }],
    ["goes to another branch", { base: { ref: "other", sha: "0".repeat(40), repositoryId: 1 } }],
  ])("is read from GitHub where the pull request is %s by what it tells", async (name, told) => {
    const pushed = await push(await judged(name.replaceAll(" ", "-")), { "train.py": "2" }, told);
    expect(pushed.requests[0]).toBe("GET");
    expect((await recallMemory(world.store, world.subject(pushed.number))).pull?.state).toBe("open");
  });

  it("is looked at as a whole where the last look found nothing to train", async () => {
    const pull = await world.open({ "README.md": "1" }, { branch: "nothing" });
    await look(pull.number);
    const pushed = await push(pull, { "README.md": "2" });
    expect(titles(pushed.headSha)).toEqual(["Nothing to train"]);
  });

  it("takes back what trained: that is seen when its run has ended", async () => {
    const pull = await judged("back");
    const pushed = await push(pull, { "train.py": "1", "README.md": "2" });
    expect(titles(pushed.headSha)).toEqual(["Waiting for the workflow run"]);
    await world.run(pushed, { planned: { evaluate: false } });
    await look(pull.number);
    expect(titles(pushed.headSha)).toEqual(["Nothing to train"]);
  });

  it("is not waited for where the rules came to have another write", async () => {
    const pull = await judged("another-writer");
    await push(pull, { "train.py": "2" });
    world.push("main", { "assay.yml": assayYml({ writer: "action" }) });
    const pushed = await push(pull, { "train.py": "3" });
    await world.run(pushed);
    await look(pull.number);
    const next = await push(pull, { "train.py": "4" });
    expect(titles(next.headSha)).toEqual([]);
  });
});
