import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { createTeam, setParam, type Team } from "./team.ts";

/** Three seeds, whose thresholds lie two apart, and a number that the trainer reports. */
const threeSeeds = {
  "assay.yml": (text: string) =>
    text
      .replace("params: [{params.yaml: [threshold, trouble]}]", "params: [params.yaml]")
      .replace("outputs: {model: model.json}", "outputs: {model: model.json, metrics: metrics.json}\n      seeds: [1, 2, 3]"),
  "params.yaml": (text: string) => `${text}spread: 2\n`,
};

describe("a model that is trained with three seeds", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model", threeSeeds);
  });
  afterAll(() => team.close());

  const evidenceOf = ({ outputs }: { outputs: Readonly<Record<string, string>> }): Evidence =>
    JSON.parse(readFileSync(outputs["report"] ?? "", "utf8")).models[0].state.evidence;

  it("is trained, scored and compared once a seed, and the interval holds for other seeds too", async () => {
    const { train, report, comment, check } = await team.openAndRun("Raise the threshold", setParam("threshold", 48));
    const log = train.get("threshold")?.log ?? "";
    expect(log).toMatch(/Training threshold with seed 2 \(2 of 3\): /);
    expect(log.match(/training with threshold \d+/g)).toEqual(
      [48, 50, 52].map((threshold) => `training with threshold ${threshold}`),
    );

    const { trainings, evaluations } = evidenceOf(report);
    expect(trainings.map(({ seed, outcome }) => [seed, outcome])).toEqual([1, 2, 3].map((seed) => [seed, "completed"]));
    expect(new Set(trainings.map(({ model }) => model?.digest)).size).toBe(3);
    const [evaluation] = evaluations;
    for (const side of [evaluation?.candidate, evaluation?.baseline]) {
      expect(new Set(side?.predictions).size).toBe(3);
      expect(side?.reported).toEqual({ latency_ms: [11, 12, 13] });
      expect(side?.metrics.find(({ metric }) => metric === "accuracy")?.seeds).toHaveLength(3);
    }
    // All three of the recorded baseline came back from the store.
    expect(evaluation?.baseline?.how).toBe("kept");
    expect(evaluation?.comparisons).toMatchObject([
      { metric: "accuracy", seedVariance: true },
      // No seed and no parameter moves the ranking.
      { metric: "roc_auc", identical: true, change: 0 },
    ]);
    expect(comment).not.toContain("This is a bug");
    expect(check?.conclusion).toBe("success");
  });

  it("fails with the seed that fails: the work of the others is kept, and the rest is not begun", async () => {
    const { runId, train, evaluate, report, comment, check } = await team.openAndRun("Break a seed", {
      "params.yaml": (text: string) => text.replace("trouble: none", "trouble: exit-2").replace("threshold: 40", "threshold: 44"),
    });
    const says = /With seed 2 \(2 of 3\): The training command exited with code 1/;
    const step = train.get("threshold");
    expect(step?.exitCode, step?.log).toBe(5);
    expect(step?.log).toMatch(says);
    expect(step?.log).toContain("threshold is not trained with seed 3: seed 2 did not complete.");
    expect(evaluate.size).toBe(0);
    expect(comment).toMatch(says);
    expect(check?.conclusion).toBe("failure");
    expect(evidenceOf(report).trainings.map(({ seed, outcome }) => [seed, outcome])).toEqual([
      [1, "completed"],
      [2, "failed"],
    ]);
    const artifacts = team.github.artifacts(runId);
    expect(artifacts.some(({ name }) => name.startsWith("assay-run-"))).toBe(false);
    const partial = artifacts.find(({ name }) => name.startsWith("assay-partial-threshold-"));
    expect(readFileSync(partial?.file ?? "").includes("trainings/1/model/model.json")).toBe(true);
  });

  it("is cancelled with all its seeds", async () => {
    const pullRequest = await team.open("Cancelled", {
      "params.yaml": (text: string) => text.replace("trouble: none", "trouble: hang"),
    });
    const { train, report } = await team.run(pullRequest, { cancelTraining: { when: "waiting", signal: "SIGTERM" } });
    expect(train.get("threshold")?.log).toMatch(/With seed 1 \(1 of 3\): The job was cancelled \(SIGTERM\)/);
    expect(evidenceOf(report).trainings).toMatchObject([{ seed: 1, outcome: "cancelled" }]);
  });
});
