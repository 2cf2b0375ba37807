import { describe, expect, it } from "vitest";
import { planMatrix } from "../../src/plan/matrix.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import type { Plan, PlannedModel } from "../../src/plan/plan.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { withholdFromFork } from "../../src/plan/withhold.ts";

const commit = "a".repeat(40);
const digest = `sha256:${"b".repeat(64)}` as const;

function model(runner: readonly string[], changes: Partial<PlannedModel> = {}): PlannedModel {
  const candidate = { commit, inputHash: digest, inputs: [], scoring: digest, decision: "train", because: ["new"] } as const;
  const facts = { evaluate: true, evaluateBecause: [], testSetChanged: false, timeoutMinutes: 5 };
  return { model: runner.join(" "), candidate, runner, ...facts, ...changes };
}

const plan = (...models: PlannedModel[]): Plan => ({
  ...{ schema: "assay.plan/v1", commit, base: commit, event: "pull_request", models },
});

const modelsWithJobs = (planned: Plan) => planMatrix(withholdFromFork(planned)).map(({ model: name }) => name);

describe("the plan of a fork's pull request", () => {
  it.each(["ubuntu-latest", "ubuntu-24.04", "ubuntu-24.04-arm", "windows-2025", "macos-15", "macos-latest-xlarge"])(
    "asks for GitHub's own %s",
    (label) => expect(modelsWithJobs(plan(model([label])))).toEqual([label]),
  );

  it("asks for no cluster of one's own, from whichever machine", () => {
    const onCluster = plan(model(["ubuntu-latest"], { engine: "ray" }));
    expect(modelsWithJobs(onCluster)).toEqual([]);
    expect(withholdFromFork(onCluster).models[0]?.withheld).toContain("a Ray cluster");
  });

  it.each([
    ["self-hosted"],
    ["self-hosted", "linux", "gpu"],
    ["gpu-pool"],
    ["ubuntu-latest", "gpu"],
    ["ubuntu-latest-gpu-a100"],
    [],
  ])("asks for no machine of one's own: %s %s %s", (...runner) => {
    expect(modelsWithJobs(plan(model(runner)))).toEqual([]);
    expect(withholdFromFork(plan(model(runner))).models[0]?.withheld).toContain("comes from a fork");
  });

  it("leaves a model alone that needs no job", () => {
    const unchanged = model(["gpu"], { evaluate: false });
    const skipped: PlannedModel = { ...unchanged, candidate: { ...unchanged.candidate, decision: "skip" } };
    expect(withholdFromFork(plan(skipped))).toEqual(plan(skipped));
  });

  it("says it to people and to the job that reports", () => {
    const withheld = withholdFromFork(plan(model(["gpu"])));
    expect(renderPlan(withheld)).toMatch(/^wait +gpu +It runs on gpu, and this pull request comes from a fork/);
    expect(parsePlan(serializePlan(withheld), "test").models[0]?.withheld).toBe(withheld.models[0]?.withheld);
  });
});
