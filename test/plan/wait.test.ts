import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planMatrix } from "../../src/plan/matrix.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import type { Plan, PlannedModel, PlannedRun, TrainingDecision } from "../../src/plan/plan.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { type Readiness, waitForPerson } from "../../src/plan/wait.ts";

const commit = "a".repeat(40);
const digest = `sha256:${"b".repeat(64)}` as const;

function run(decision: TrainingDecision): PlannedRun {
  const reused = decision === "reuse" ? { run: { kind: "store", inputHash: digest, origin: "the ledger" } as const } : {};
  return { commit, inputHash: digest, inputs: [], scoring: digest, decision, because: ["new"], ...reused };
}

function model(candidate: TrainingDecision, baseline: TrainingDecision = "reuse"): PlannedModel {
  const facts = { evaluate: true, evaluateBecause: [], testSetChanged: false, timeoutMinutes: 5, runner: ["gpu"] };
  return { model: "fraud", candidate: run(candidate), baseline: run(baseline), ...facts };
}

const plan = (...models: PlannedModel[]): Plan => ({
  ...{ schema: "assay.plan/v1", commit, base: commit, event: "pull_request", models },
});
const ready: Readiness = { draft: false, labels: [] };
const draft: Readiness = { draft: true, labels: ["bug"] };
const byLabel = { label: "Train" };

describe("a model whose time to be trained has not come", () => {
  it("waits on a draft until that is ready", () => {
    expect(waitForPerson(model("train"), "push", draft).waitsFor).toBe("ready");
    expect(waitForPerson(model("train"), "push", ready).waitsFor).toBeUndefined();
  });

  it("waits for its label, on a draft too, and not for another", () => {
    expect(waitForPerson(model("train"), byLabel, ready).waitsFor).toEqual(byLabel);
    expect(waitForPerson(model("train"), byLabel, { draft: false, labels: ["trains", "bug"] }).waitsFor).toEqual(byLabel);
    expect(waitForPerson(model("train"), byLabel, { draft: true, labels: ["bug", "train"] }).waitsFor).toBeUndefined();
  });

  it("waits for a baseline that has to be trained as well", () => {
    expect(waitForPerson(model("reuse", "train"), "push", draft).waitsFor).toBe("ready");
  });

  it("never waits where all is trained", () => {
    const decisions = fc.constantFrom<TrainingDecision>("reuse", "skip");
    const readiness = fc.record({ draft: fc.boolean(), labels: fc.array(fc.string()) });
    fc.assert(
      fc.property(decisions, decisions, readiness, (candidate, baseline, state) => {
        const trained = model(candidate, baseline);
        expect(waitForPerson(trained, byLabel, state)).toBe(trained);
      }),
    );
  });

  it("gets no job, and says so to people and to the job that reports", () => {
    const waiting = plan(waitForPerson(model("train"), byLabel, ready), waitForPerson(model("train"), "push", draft));
    expect(planMatrix(waiting)).toEqual([]);
    expect(renderPlan(waiting)).toBe(
      "wait   fraud  it is trained when the pull request has the label Train\n" +
        "wait   fraud  it is trained when the pull request is marked ready for review",
    );
    expect(parsePlan(serializePlan(waiting), "test")).toEqual(waiting);
  });
});
