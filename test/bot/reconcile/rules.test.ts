import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { recallMemory, rememberMemory } from "../../../bot/reconcile/memory.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { checkName } from "../../../src/report/check.ts";
import { better, worse } from "../../flows/create-judgement.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { assayYml, createWorld, type PlaceOptions, type World } from "../world.ts";

let github: CheckedGitHub;
let count = 0;

beforeAll(async () => {
  github = await startCheckedGitHub();
});
afterAll(() => github?.close());

async function createRepository(options: Partial<PlaceOptions> = {}): Promise<World> {
  count += 1;
  const world = await createWorld({ github, name: `models-${count}`, ...options });
  onTestFinished(() => world.close());
  return world;
}
const checkOf = ({ headSha }: PullRequestShas) => github.checks(headSha).findLast(({ name }) => name === checkName);

async function command(world: World, number: number, author: string, body: string): Promise<void> {
  const { id } = await github.addComment({ number, author, body });
  await world.store.addRequest(world.subject(number), { kind: "comment", id });
  await world.reconcile(world.subject(number));
}

describe("the rules that are in force", () => {
  it("let a change that touches no model pass, whatever a fork's own run says of it", async () => {
    const world = await createRepository({ files: { "README.md": "1" } });
    const pull = await world.open({ "README.md": "2" }, { fork: "forker", author: "forker" });
    await world.run(pull, { artifacts: { "assay-plan.json": "{}" }, conclusion: "failure" });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "success", title: "Nothing to train" });
    expect(github.comments(pull.number)).toEqual([]);
  });

  it("leave everything to the workflow where another writes", async () => {
    const world = await createRepository({ files: { "assay.yml": assayYml({ writer: "action" }) } });
    const pull = await world.open({ "assay.yml": assayYml(), "train.py": "2" });
    await world.run(pull);
    const before = github.requests.length;
    await command(world, pull.number, "owner", "/assay help");
    expect(checkOf(pull)).toBeUndefined();
    expect(github.requests.slice(before).filter(({ method }) => method !== "GET")).toEqual([
      expect.objectContaining({ path: expect.stringContaining("/access_tokens") }),
    ]);
  });

  it("that a pull request moves and loosens are still the base branch's, and it is told so", async () => {
    const world = await createRepository();
    const moved = assayYml({ gate: "{metric: accuracy, no-worse-than: 0.5}" });
    const pull = await world.open({ "assay.yml": null, ".github/assay.yml": moved, "train.py": "2" });
    await world.run(pull, { evaluation: worse });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "failure" });
    expect(github.comments(pull.number)[0]?.body).toContain("0.01 → 0.5");
  });

  describe("came to be others on the base branch after a run", () => {
    /** Whose run passed by the rules that were there then; GitHub's own word for the base stays what it was. */
    async function passed(files: Readonly<Record<string, string>> = { "train.py": "2" }, spec = assayYml()) {
      const world = await createRepository({ files: { "other.py": "1", "assay.yml": spec } });
      const pull = await world.open(files);
      await world.run(pull, { evaluation: better });
      await world.reconcile(world.subject(pull.number));
      expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
      const change = async (spec: string) => {
        world.push("main", { "assay.yml": spec });
        await world.reconcile(world.subject(pull.number));
      };
      return { world, pull, change };
    }

    it("and judge it at the next look: a gate that got tighter, and no change is said to be the pull request's", async () => {
      const { pull, change } = await passed();
      await change(assayYml({ gate: "{metric: accuracy, better-than: 0.9}" }));
      expect(checkOf(pull)?.conclusion).not.toBe("success");
      expect(github.comments(pull.number)[0]?.body).not.toContain("This PR changes the rules");
    });

    it("and say who decides", async () => {
      const { world, pull, change } = await passed();
      await change(assayYml({ gate: "{metric: accuracy, better-than: 0.9}", owners: '["@maintainer"]' }));
      const waive = '/assay waive fraud accuracy.better-than --reason "known" --until 2026-12-31';
      await command(world, pull.number, "owner", waive);
      expect(checkOf(pull)?.conclusion).not.toBe("success");
      await command(world, pull.number, "maintainer", waive);
      expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
    });

    it("and want another run where it measured something else", async () => {
      const { pull, change } = await passed();
      await change(assayYml().replace("target: y", "target: z"));
      expect(checkOf(pull)).toMatchObject({ conclusion: "failure" });
      expect(checkOf(pull)?.summary).toContain("fraud is measured in another way. Push again");
    });

    it("and want another run where the training data was compared in another way, or columns shown that no longer may be", async () => {
      const withDrift = (drift: string, shown: string) =>
        assayYml().replace("    gates:", `    drift: ${drift}\n    data: {public: ${shown}}\n    gates:`);
      const { pull, change } = await passed({ "train.py": "2" }, withDrift("{exclude: [id, age]}", "[country, kind]"));
      await change(withDrift("{exclude: [age, id], max-drifted: 2}", "[kind, country, town]"));
      expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
      for (const drift of ["{exclude: [id]}", "{exclude: [id, age], types: {kind: category}}"]) {
        await change(withDrift(drift, "[country, kind]"));
        expect(checkOf(pull)?.summary).toContain("fraud is measured in another way. Push again");
      }
      await change(withDrift("{exclude: [id, age]}", "[kind]"));
      expect(checkOf(pull)?.summary).toContain('fraud no longer has "country" among its public columns. Push again');
    });

    it("and want another run where they make the change one of a model that was not planned", async () => {
      const { pull, change } = await passed({ "train.py": "2", "other.py": "2" });
      const [head, model = ""] = assayYml().split("  fraud:");
      await change(`${head}  fraud:${model}  other:${model.replaceAll("train.py", "other.py")}`);
      expect(checkOf(pull)?.summary).toContain("by it other has to be trained, as the pull request changes other.py");
    });

    it("and judge as before where they say the same", async () => {
      const { pull, change } = await passed();
      await change(`# Said anew.\n${assayYml()}`);
      expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
    });
  });

  it("that are broken are mended by a pull request that an owner decides about", async () => {
    for (const text of ["models: [broken", `${assayYml()}nonsense: 1\n`]) {
      const world = await createRepository({ files: { "assay.yml": text } });
      const pull = await world.open({ "assay.yml": assayYml(), "train.py": "2" });
      await world.run(pull);
      await world.reconcile(world.subject(pull.number));
      expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    }
  });

  it("are the first ones that a pull request brings: a maintainer decides, and it passes", async () => {
    const world = await createRepository({ hasRules: false });
    const pull = await world.open({ "assay.yml": assayYml() });
    const { baseline: _, ...alone } = better;
    const evaluation = { ...alone, comparisons: [] };
    await world.run(pull, { evaluation, planned: { baseline: undefined } });
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    expect(github.comments(pull.number)[0]?.body).toContain("A maintainer of this repository other than the author");

    await command(world, pull.number, "owner", "/assay approve fraud");
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    await command(world, pull.number, "maintainer", "/assay approve fraud");
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });

  it("do not count what a rewritten ledger says, and the report says so", async () => {
    const world = await createRepository();
    const decide = async (branch: string) => {
      const pull = await world.open({ "test.csv": `x,y\n${branch},1\n` }, { branch });
      await world.run(pull, { planned: { testSetChanged: true } });
      await world.reconcile(world.subject(pull.number));
      await command(world, pull.number, "owner", "/assay approve fraud");
      return pull;
    };
    expect(checkOf(await decide("before"))).toMatchObject({ conclusion: "success" });
    const git = (...args: string[]) => execFileSync("git", ["-C", world.gitFolder, ...args], { encoding: "utf8" }).trim();
    const tip = git("rev-parse", "assay-ledger");
    git("update-ref", "refs/heads/assay-ledger", git("rev-parse", "main"));

    const pull = await decide("after");
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    const report = () => github.comments(pull.number).find(({ body }) => body.startsWith("<!-- assay:report"))?.body ?? "";
    expect(report()).toContain("### ⚠️ In the ledger, and not counted");
    expect(report()).toMatch(/was rewritten: it does not have \S+ any more/u);
    expect(git("rev-parse", "assay-ledger")).toBe(git("rev-parse", "main"));

    git("update-ref", "refs/heads/assay-ledger", tip);
    await command(world, pull.number, "owner", "/assay approve fraud");
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
    expect(report()).not.toContain("In the ledger");

    // What was read of it before does not hide that it was rewritten.
    git("update-ref", "refs/heads/assay-ledger", tip);
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    const lost = /does not have `([0-9a-f]{40})` any more/.exec(report())?.[1] ?? "";
    await command(world, pull.number, "owner", "/assay approve fraud");
    expect(git("rev-parse", "assay-ledger")).toBe(tip);

    // Whoever runs the app can accept it as it is: what it has counts, and what it lost has to be given again.
    expect(await world.store.acceptLedger("0".repeat(40))).toBe(0);
    expect(await world.store.acceptLedger(lost)).toBe(1);
    await command(world, pull.number, "owner", "/assay approve fraud");
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });

  it("count a decision that is recorded elsewhere at the next look", async () => {
    const world = await createRepository();
    const pull = await world.open({ "test.csv": "x,y\n2,1\n" });
    await world.run(pull, { planned: { testSetChanged: true } });
    await world.reconcile(world.subject(pull.number));
    const memory = await recallMemory(world.store, world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "action_required" });
    await command(world, pull.number, "owner", "/assay approve fraud");
    // As if another had recorded it.
    await rememberMemory(world.store, world.subject(pull.number), memory);
    await world.reconcile(world.subject(pull.number));
    expect(checkOf(pull)).toMatchObject({ conclusion: "success" });
  });
});
