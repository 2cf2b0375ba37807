import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunnerPullRequest } from "../../src/demo/runner.ts";
import { createUserTeam, type UserTeam } from "./user-team.ts";

const hosted = ["ubuntu-latest"];
const all = [...hosted, "self-hosted", "gpu"];
/** What `train.py` prints when it has trained. */
const trained = /rows, accuracy on them/;

const features =
  (...names: string[]) =>
  (text: string) =>
    text.replace("features: [", `features: [${names.join(", ")}, `);
const better = features("worst_radius", "worst_texture", "worst_concave_points");

describe("a repository that names Assay's workflow in one line", () => {
  let team: UserTeam;
  let pullRequest: RunnerPullRequest;

  beforeAll(async () => {
    team = await createUserTeam();
    const sha = team.clone.push("main", "First models");
    const first = await team.run({ name: "push", sha, before: "0".repeat(40), branch: "main" }, all);
    expect(first.exitCode, first.log).toBe(0);
    expect([...first.jobs.keys()].toSorted()).toEqual(
      ["Plan", "Record", "Train boosted", "Train tumour"].map((job) => `Models / ${job}`),
    );
  });
  afterAll(() => team?.close());

  it("installs what actions load by themselves into the tool cache, since a release holds none of it", () => {
    expect(readdirSync(`${team.toolCache}/assay-natives`)).toEqual([expect.stringMatching(/^onnxruntime-node-[0-9a-f]+$/)]);
  });

  it("gets one comment and one check for a pull request that trains two models", async () => {
    team.clone.startBranch("look-at-the-worst-cells-too");
    team.edit("params.yaml", better);
    team.edit("boosted.yaml", (text) => better(text).replace("model: logistic-regression", "model: gradient-boosting"));
    pullRequest = await team.open("Look at the worst cells too");
    const run = await team.run({ name: "pull_request", pullRequest }, all);
    expect(run.exitCode, run.log).toBe(0);
    for (const model of ["tumour", "boosted"]) expect(run.jobs.get(`Models / Train ${model}`)?.log).toMatch(trained);
    const { comments, checks } = team.written(pullRequest);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain("2 of 2 models pass");
    expect(comments[0]).toMatch(/`tumour`[\s\S]*`boosted`|`boosted`[\s\S]*`tumour`/);
    expect(checks.map(({ status, conclusion }) => [status, conclusion])).toEqual([["completed", "success"]]);
  });

  it("trains nothing when it runs again and nothing changed", async () => {
    const before = team.written(pullRequest);
    const run = await team.run({ name: "pull_request", pullRequest }, all);
    expect(run.exitCode, run.log).toBe(0);
    expect(run.log).toMatch(/reuse +tumour/);
    expect(run.log).not.toMatch(trained);
    const { comments, checks } = team.written(pullRequest);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain("2 of 2 models pass");
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    expect(before.checks).toHaveLength(1);
  });

  it("answers a merge queue by what the pull request was trained on", async () => {
    const { number, mergeSha, baseSha } = pullRequest;
    const headRef = `gh-readonly-queue/main/pr-${number}-${baseSha}`;
    const run = await team.run({ name: "merge_group", headSha: mergeSha, baseSha, headRef }, all);
    expect(run.exitCode, run.log).toBe(0);
    expect([...run.jobs.keys()]).not.toContain("Models / Record");
    expect(run.log).not.toMatch(trained);
    const { comments, checks } = team.written({ ...pullRequest, headSha: mergeSha });
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    expect(comments).toHaveLength(1);
  });

  it("asks for no training job when a pull request touches no model", async () => {
    team.clone.startBranch("say-it-better");
    team.edit("README.md", (text) => `${text}\nSaid better.\n`);
    const other = await team.open("Say it better");
    const run = await team.run({ name: "pull_request", pullRequest: other }, all);
    expect(run.exitCode, run.log).toBe(0);
    expect([...run.jobs.keys()].toSorted()).toEqual(["Models / Plan", "Models / Report"]);
    expect(team.written(other).checks.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });

  it("passes on what the secret holds and train.env names, and shows none of it", async () => {
    team.clone.startBranch("train-with-a-secret");
    team.edit(
      ".github/workflows/models.yml",
      (text) => `${text.trimEnd()}\n    secrets:\n      train-env: \${{ secrets.TRAIN_ENV }}\n`,
    );
    team.edit("assay.yml", (text) => text.replace("run: python train.py", "run: python train.py\n      env: [TUMOUR_TOKEN]"));
    team.edit("train.py", (text) =>
      text.replace(
        "def main() -> None:",
        "def main() -> None:\n    print({n: v for n, v in os.environ.items() if 'TUMOUR' in n})",
      ),
    );
    const secret = await team.open("Train with a secret");
    const run = await team.run({ name: "pull_request", pullRequest: secret }, all, {
      TRAIN_ENV: "TUMOUR_TOKEN=hushed-one\nTUMOUR_OTHER=hushed-two\n",
    });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.jobs.get("Models / Train tumour")?.log).toContain("{'TUMOUR_TOKEN': '***'}");
    expect(run.jobs.get("Models / Train boosted")?.log).toContain("{}");
    expect(run.log).not.toMatch(/hushed-(one|two)/);
  });

  it("reports a trainer that fails, and what the other model came to", async () => {
    team.clone.startBranch("break-one-training");
    team.edit("params.yaml", (text) => text.replace("model: logistic-regression", "model: crystal-ball"));
    team.edit("boosted.yaml", better);
    const broken = await team.open("Break one training");
    const run = await team.run({ name: "pull_request", pullRequest: broken }, all);
    expect(run.exitCode).not.toBe(0);
    expect(run.jobs.get("Models / Train tumour")?.conclusion).toBe("failure");
    expect(run.jobs.get("Models / Train boosted")?.conclusion).toBe("success");
    const { comments, checks } = team.written(broken);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatch(/`tumour`.*job failed/);
    expect(comments[0]).toMatch(/exited with code 1/);
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  });

  it("asks for no machine of the team's own, and writes nothing, when a fork opens the pull request", async () => {
    team.clone.startBranch("from-a-fork");
    // No other pull request has trained this.
    for (const file of ["params.yaml", "boosted.yaml"]) team.edit(file, features("worst_area"));
    const stranger = await team.open("From a fork", { fromFork: true });
    const run = await team.run({ name: "pull_request", pullRequest: stranger }, hosted);
    expect([...run.jobs.keys()].toSorted(), run.log).toEqual(["Plan", "Report", "Train tumour"].map((job) => `Models / ${job}`));
    expect(run.log).not.toMatch(/"runner":\["self-hosted","gpu"\],"timeout-minutes"/);
    expect(run.jobs.get("Models / Train tumour")?.log).toMatch(trained);
    expect(run.jobs.get("Models / Report")?.log).toMatch(/boosted.*not trained/);
    expect(run.exitCode).not.toBe(0);
    expect(team.written(stranger)).toEqual({ comments: [], checks: [] });
  });
});
