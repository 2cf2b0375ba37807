import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunnerPullRequest } from "../../src/demo/runner.ts";
import { examplePath } from "../../src/demo/team.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { createTeam, type Edits, type Team } from "./team.ts";

/** The penguins example with the bill, a grid of learning rates and widths, and three seeds. */
const experiments = (rates: string): Edits => ({
  "assay.yml": (text) =>
    text
      .replace(/ {6}(grid|select|seeds): .*\n/g, "")
      .replace(/ {8}seed: 7\n/, "")
      .replace("epochs: 80", "epochs: 20")
      .replace(/numeric: \[(bill_length_mm, bill_depth_mm, )?/, "numeric: [bill_length_mm, bill_depth_mm, ")
      .replace(
        "    evaluate:\n",
        `      seeds: [7, 8, 9]\n      grid: { optimizer.adam: ${rates}, layers.0.dense: [8, 16] }\n` +
          "      select: { reported: val_loss, better: lower }\n    evaluate:\n",
      ),
});

const evidenceOf = ({ outputs }: { outputs: Readonly<Record<string, string>> }): Evidence =>
  JSON.parse(readFileSync(outputs["report"] ?? "", "utf8")).models[0].state.evidence;

describe("a pull request with a grid of four and three seeds", () => {
  let team: Team;
  let pullRequest: RunnerPullRequest;
  let first: Awaited<ReturnType<Team["openAndRun"]>>;

  beforeAll(async () => {
    team = await createTeam({ example: examplePath("penguins") });
    await team.pushMain("First model");
    pullRequest = await team.open("Try four", experiments("[0.01, 0.03]"));
    first = await team.run(pullRequest);
  }, 300_000);
  afterAll(() => team.close());

  it("trains each point in a job of its own, and evaluates the best in one after them", () => {
    expect([...first.train.keys()]).toEqual(["species (1)", "species (2)", "species (3)", "species (4)"]);
    for (const [, { exitCode, log }] of first.train) expect(exitCode, log).toBe(0);
    expect(first.train.get("species (2)")?.log).toMatch(/experiment 2 of 4 \(optimizer\.adam 0\.01, layers\.0\.dense 16\)/);
    expect(first.evaluate.get("species")?.exitCode, first.evaluate.get("species")?.log).toBe(0);
    expect(first.check?.conclusion).toBe("success");
  });

  it("shows four rows with their spread and the best, and the rule it was chosen by", () => {
    const rows = first.comment.match(/^\| \**[1-4]\** \|.*$/gm) ?? [];
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatch(/\d ± \d/);
    expect(rows.filter((row) => row.includes("**chosen**"))).toHaveLength(1);
    expect(first.comment).toContain("Chosen by the lowest `val_loss` of rows held out of training, the mean over 3 seeds");
    expect(first.comment).toContain("before any test row was scored");
    const { experiments: tried, trainings, evaluations } = evidenceOf(first.report);
    const chosen = tried?.points[tried.chosen ?? 0];
    expect(chosen?.seeds.map(({ value }) => value)).toEqual(trainings.map(({ reported }) => reported?.["val_loss"]));
    expect(evaluations[0]?.candidate?.predictions).toHaveLength(3);
  });

  it("has the same winner when everything is trained again elsewhere", async () => {
    const other = await createTeam({ example: examplePath("penguins") });
    await other.pushMain("First model");
    const again = await other.openAndRun("Try four", experiments("[0.01, 0.03]"));
    const told = ({ experiments: tried }: Evidence) => [tried?.chosen, tried?.points.map(({ seeds }) => seeds)];
    expect(told(evidenceOf(again.report))).toEqual(told(evidenceOf(first.report)));
    await other.close();
  }, 300_000);

  it("trains nothing for the same grid, and of a larger one only what is new", async () => {
    const same = await team.openAndRun("The same four", experiments("[0.01, 0.03]"));
    expect(same.plan.log).toMatch(/^reuse +species/m);
    expect(evidenceOf(same.report).experiments).toEqual(evidenceOf(first.report).experiments);

    const more = await team.run(await team.push(pullRequest, "Another rate", experiments("[0.01, 0.03, 0.003]")));
    expect(more.plan.log).toContain("6 experiments, of which the best is evaluated: 2 to train, 4 trained before");
    expect([...more.train.keys()]).toEqual(["species (5)", "species (6)"]);
    expect(more.comment.match(/reused from pull request 1 /g)).toHaveLength(4);
    const { experiments: tried } = evidenceOf(more.report);
    expect(tried?.points.slice(0, 4).map(({ seeds }) => seeds)).toEqual(
      evidenceOf(first.report).experiments?.points.map(({ seeds }) => seeds),
    );
  }, 300_000);
});

describe("a pull request that is never merged", () => {
  let team: Team;
  const thresholds = (values: string): Edits => ({
    "assay.yml": (text) =>
      text
        .replace("outputs: {model: model.json}", "outputs: {model: model.json, metrics: metrics.json}")
        .replace(
          "timeout: 5m",
          `timeout: 5m\n      grid: {threshold: ${values}}\n      select: {reported: latency_ms, better: lower}`,
        ),
    "train.mjs": (text) => text.replace('readFileSync("params.yaml"', "readFileSync(process.env.ASSAY_PARAMS"),
  });

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it("has no part in what another one brings to the protected branch", async () => {
    const unmerged = await team.openAndRun("Two", thresholds("[50, 49]"));
    expect(unmerged.evaluate.get("threshold")?.exitCode, unmerged.evaluate.get("threshold")?.log).toBe(0);

    const pullRequest = await team.open("Three", thresholds("[50, 49, 48]"));
    const merged = await team.run(pullRequest);
    expect(merged.plan.log).toContain("3 experiments, of which the best is evaluated: 3 to train, 0 trained before");
    const { experiments: tried } = evidenceOf(merged.report);
    expect(tried?.points.map(({ reusedFrom }) => reusedFrom)).toEqual([undefined, undefined, undefined]);

    const push = await team.pushMerged(await team.github.mergePullRequest(pullRequest.number, "squash"));
    expect(push.plan.log).toMatch(/reuse\s+threshold/);
    expect(push.train.get("threshold")?.log).not.toContain("training with threshold");
    expect(push.report.log).toContain("Recorded threshold");
    expect(evidenceOf(push.report).source.run?.id).toBe(merged.runId);
  }, 300_000);
});
