import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planMatrix } from "../../src/plan/matrix.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import type { Plan, PlannedModel, PlannedRun, TrainingDecision } from "../../src/plan/plan.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { type Readiness, waitForPerson, whenInForce } from "../../src/plan/wait.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";

/** Models of these names, each with these keys of `train`. */
const spec = (models: Readonly<Record<string, string>>) =>
  parseSpec(
    `version: 1\nmodels:\n${Object.entries(models)
      .map(
        ([name, train]) => `  ${name}:
    task: binary
    train: {run: python train.py, working-directory: ${name}, outputs: {model: model.onnx}, ${train}}
    evaluate: {data: test.csv, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]}
    gates: []`,
      )
      .join("\n")}\n`,
    "assay.yml",
  );

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

describe("the moment of training that is in force", () => {
  const law = spec({
    fraud: "when: {label: train}, runner: [self-hosted, gpu, a100]",
    small: "runner: ubuntu-latest",
    churn: "when: {label: churn}, runner: [self-hosted, t4]",
  });
  const whenOf = (name: string, train: string, from: typeof law | null = law) => {
    const head = spec({ [name]: train }).models.get(name);
    return head && whenInForce(head, from ?? undefined);
  };

  it("is the law's, whatever the head says", () => {
    expect(whenOf("fraud", "runner: [self-hosted, gpu, a100]")).toEqual({ label: "train" });
    expect(whenOf("fraud", "when: {label: other}, runner: ubuntu-latest")).toEqual({ label: "train" });
    expect(whenOf("small", "when: {label: other}, runner: ubuntu-latest")).toBe("push");
  });

  it("is not dropped with a new name, one of its runner's labels, or by a model that moves there", () => {
    expect(whenOf("renamed", "runner: [self-hosted, a100]")).toEqual({ label: "train" });
    expect(whenOf("renamed", "when: {label: bug}, runner: [gpu]")).toEqual({ label: "train" });
    expect(whenOf("small", "runner: [self-hosted, gpu, a100]")).toEqual({ label: "train" });
    expect(whenOf("renamed", "when: {label: churn}, runner: self-hosted")).toEqual({ label: "churn" });
  });

  it("is a new model's own where the law has none on such a runner, or there is no law", () => {
    expect(whenOf("new", "runner: ubuntu-latest")).toBe("push");
    expect(whenOf("new", "when: {label: big}, runner: [self-hosted, cpu]")).toEqual({ label: "big" });
    expect(whenOf("fraud", "when: {label: big}", null)).toEqual({ label: "big" });
  });
});
