import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkName } from "../../../src/report/check.ts";
import { worse } from "../../flows/create-judgement.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { assayYml, createWorld, type World } from "../world.ts";

let github: CheckedGitHub;
let world: World;

beforeAll(async () => {
  github = await startCheckedGitHub();
  world = await createWorld({ github });
  // Rules by which the same change touches no model.
  world.push("lax", { "assay.yml": assayYml().replace("code: [train.py]", "code: [other.py]") });
});
afterAll(async () => {
  await world?.close();
  await github?.close();
});

const toLax = (headRef: string) =>
  github.createPullRequest({ repository: world.fullName, title: "Elsewhere", headRef, baseRef: "lax", author: "contributor" });
const conclusion = (sha: string) => github.checks(sha).findLast(({ name }) => name === checkName)?.conclusion;
const look = (number: number) => world.reconcile(world.subject(number));

describe("a commit that is the head of two pull requests", () => {
  it("does not pass for one by the rules of the other's branch, whichever comes first", async () => {
    const pull = await world.open({ "train.py": "2" }, { branch: "first" });
    await world.run(pull, { evaluation: worse });
    await look(pull.number);
    expect(conclusion(pull.headSha)).toBe("failure");
    const other = await toLax("first");
    await world.run(other);
    await look(other.number);
    expect(conclusion(pull.headSha)).not.toBe("success");
  });

  it("does not pass when the other is a fork's, which GitHub names with no run", async () => {
    const pull = await world.open({ "train.py": "4" }, { branch: "third" });
    const fork = await github.createRepository({ owner: "forker", name: "models", forkOf: world.fullName });
    execFileSync("git", ["-C", fork.gitFolder, "fetch", "--quiet", world.gitFolder, "third:third"]);
    const other = await github.createPullRequest({
      repository: world.fullName,
      headRepository: "forker/models",
      title: "Elsewhere",
      headRef: "third",
      baseRef: "lax",
      author: "forker",
    });
    expect(other.headSha).toBe(pull.headSha);
    await look(other.number);
    await world.run(pull);
    await look(pull.number);
    expect(conclusion(pull.headSha)).toBe("action_required");
  });

  it("does not pass when the other passed and was closed", async () => {
    world.push("second", { "train.py": "3" }, { from: "lax" });
    const other = await toLax("second");
    await world.run(other);
    await look(other.number);
    await github.closePullRequest(other.number);
    const pull = await github.createPullRequest({
      repository: world.fullName,
      title: "Change",
      headRef: "second",
      baseRef: "main",
      author: "contributor",
    });
    await world.run(pull);
    await look(pull.number);
    expect(conclusion(pull.headSha)).toBe("action_required");
  });

  it("does not believe a run of the other's branch, whose workflow ran, once the other is closed", async () => {
    world.push("evil", { "assay.yml": assayYml().replace("writer: app", "writer: action"), "other.txt": "another branch" });
    const pull = await world.open({ "train.py": "6" }, { branch: "fourth" });
    await look(pull.number);
    const other = await github.createPullRequest({
      repository: world.fullName,
      title: "Elsewhere",
      headRef: "fourth",
      baseRef: "evil",
      author: "contributor",
    });
    await look(other.number);
    // The other's workflow can say what it likes: that it ran for this one, and that all is well.
    await world.run(pull);
    await github.closePullRequest(other.number);
    await look(pull.number);
    const check = github.checks(pull.headSha).findLast(({ name }) => name === checkName);
    expect(check?.conclusion).not.toBe("success");
    expect(check?.summary).toContain("may be of another branch");
  });
});
