import { describe, expect, it } from "vitest";
import type { Evaluation, Evidence } from "../../src/evidence/evidence.ts";
import type { JudgedJob, JudgeRequest } from "../../src/flows/judge.ts";
import type { ModelState } from "../../src/report/report.ts";
import type { Spec } from "../../src/spec/spec.ts";
import { createEvidence, createPlannedModel } from "../report/create-report.ts";
import {
  baseSha,
  better,
  createEvaluation,
  createPlan,
  createSpec,
  decide,
  evidenceOf,
  job,
  lawOf,
  strict,
  unclear,
  worse,
} from "./create-judgement.ts";

const loose = "[{metric: accuracy, no-worse-than: 0.5}]";
const firstOfItsKind = createEvaluation(0, {
  baseline: undefined,
  baselineMissing: "There is no earlier fraud.",
  comparisons: [],
});

function stateOf(overrides: Partial<JudgeRequest> = {}): ModelState {
  const [model] = decide(overrides).models;
  if (!model) throw new Error("the report has no model");
  return model.state;
}

const none: Pick<JudgeRequest, "evidence"> = { evidence: new Map() };

describe("a model whose job has no evidence", () => {
  it("is pending while the job runs, and the report counts the jobs that are done", () => {
    const running = { ...none, jobs: [job("Train fraud", false)] };
    expect(stateOf(running)).toMatchObject({ kind: "pending", job: { name: "Train fraud" } });
    expect(decide(running)).toMatchObject({ verdict: "pending", jobs: { done: 0, total: 1 } });
  });

  it("is lost when the job has ended, which fails and is never neutral", () => {
    const ended = { ...none, jobs: [job("Train fraud", true)] };
    expect(stateOf(ended)).toMatchObject({ kind: "lost", job: { name: "Train fraud" } });
    expect(decide(ended)).toMatchObject({ verdict: "fail", jobs: { done: 1, total: 1 } });
  });

  it("is pending after its training was handed off, until a later run collects it", () => {
    const message = "The training goes on as job assay-fraud-1.";
    const training = { trainer: "command", startedAt: "2026-11-02T09:00:00Z", durationSeconds: 1 } as const;
    const handedOff = { ...training, outcome: "handed-off", message } as const;
    const of = (trainings: Evidence["trainings"]) => ({
      evidence: new Map([evidenceOf("fraud", [], { trainings })]),
      jobs: [job("Train fraud", true)],
    });
    expect(stateOf(of([handedOff]))).toMatchObject({ kind: "pending", message });
    expect(decide(of([handedOff, { ...training, outcome: "completed" }]))).toMatchObject({ verdict: "pending" });
    expect(stateOf(of([handedOff, { ...training, outcome: "failed", message: "no" }]))).toMatchObject({
      kind: "failed",
      message: "no",
    });
  });

  it.each(["Assay", "Report fraud", "fraud"])("is lost while a job that does not train it still runs: %s", (name) => {
    expect(stateOf({ ...none, jobs: [job(name, false)] }).kind).toBe("lost");
  });

  it("is lost too when there is no such job, although `on-inconclusive` allows", () => {
    const spec = createSpec({ fraud: strict }, "on-inconclusive: allow\n");
    expect(decide({ ...none, jobs: [], law: lawOf(spec), headSpec: spec })).toMatchObject({
      verdict: "fail",
      onInconclusive: "allow",
      models: [{ state: { kind: "lost" } }],
    });
  });

  it.each(["Train fraud", "Models / Train fraud", "train (fraud, gpu)"])("is told by the job's name: %s", (name) => {
    expect(stateOf({ ...none, jobs: [job("Plan", true), job(name, false)] }).kind).toBe("pending");
  });

  it.each(["Train fraud (2)", "Models / Train fraud (baseline)", "Evaluate fraud", "train (fraud, 2, gpu)"])(
    "is told by the name of a grid's job: %s",
    (name) => {
      expect(stateOf({ ...none, jobs: [job("Train fraud (1)", true), job(name, false)] })).toMatchObject({
        kind: "pending",
        job: { name },
      });
    },
  );

  it("of a grid names the job that evaluates, when all are over", () => {
    const jobs = ["Train fraud (1)", "Evaluate fraud", "Train fraud (2)"].map((name) => job(name, true));
    expect(stateOf({ ...none, jobs })).toMatchObject({ kind: "lost", job: { name: "Evaluate fraud" } });
  });

  it("does not take the job of a model with a longer name for its own", () => {
    expect(stateOf({ ...none, jobs: [job("Train fraud-eu", false)] }).kind).toBe("lost");
  });

  it("is unchanged when nothing was planned for it", () => {
    const plan = createPlan({ models: [createPlannedModel("fraud", { evaluate: false })] });
    expect(decide({ ...none, plan, jobs: [] })).toMatchObject({
      verdict: "pass",
      models: [{ state: { kind: "unchanged" } }],
      jobs: { done: 0, total: 0 },
    });
  });
});

describe("evidence of a failure", () => {
  it("fails with the training's own message", () => {
    const trainings: Evidence["trainings"] = createEvidence("fraud").trainings.map((training) => ({
      ...training,
      outcome: "timed-out",
      message: "Training took longer than 60 minutes.",
    }));
    const found = { evidence: new Map([evidenceOf("fraud", [], { trainings })]) };
    expect(stateOf(found)).toMatchObject({ kind: "failed", message: "Training took longer than 60 minutes." });
    expect(decide(found).verdict).toBe("fail");
  });

  it("fails when the evaluation could not be done at all", () => {
    const evaluationFailure = { message: "data/test.csv has no column y.", exitCode: 2 };
    const found = { evidence: new Map([evidenceOf("fraud", [], { evaluationFailure })]) };
    expect(stateOf(found)).toMatchObject({ kind: "failed", message: "data/test.csv has no column y." });
  });

  it("fails when the candidate could not be scored on its own test set", () => {
    const unscored = createEvaluation(0, {
      candidate: undefined,
      candidateMissing: "The predict command exited with code 1.",
      comparisons: [],
    });
    expect(stateOf({ evidence: new Map([evidenceOf("fraud", [unscored])]) })).toMatchObject({
      kind: "failed",
      message: "The predict command exited with code 1.",
    });
  });

  it("fails when the evidence is not believed, also while the job runs, and whatever else it says", () => {
    const refused = new Map([["fraud", "The evidence was changed after it was sealed."]]);
    expect(stateOf({ refused, jobs: [job("Train fraud", false)] })).toMatchObject({
      kind: "failed",
      message: "The evidence was changed after it was sealed.",
    });
    expect(decide({ refused }).verdict).toBe("fail");
  });
});

describe("a model without a law", () => {
  it("goes to an owner when base has no assay.yml, though its own gates pass", () => {
    const report = decide({ law: null });
    expect(report).toMatchObject({ verdict: "inconclusive", onInconclusive: "block", law: null, lawChanges: [] });
    expect(report.models[0]?.owners).toEqual(["@acme/risk"]);
    expect(report.models[0]?.state).toMatchObject({
      verdict: { outcome: "inconclusive", reasons: [expect.stringMatching(/no assay\.yml yet: a model owner decides/)] },
    });
  });

  it("goes to an owner when base does not know the model", () => {
    const report = decide({ law: lawOf(createSpec({ churn: strict })) });
    expect(report.verdict).toBe("inconclusive");
    expect(report.models[0]?.state).toMatchObject({
      verdict: { reasons: [expect.stringMatching(/does not know this model yet: a model owner decides/)] },
    });
    expect(report.lawChanges.map(({ model, what }) => `${model}: ${what}`)).toContain("fraud: model added");
  });

  it("still fails by the gates that it brings itself", () => {
    expect(decide({ law: null, evidence: new Map([evidenceOf("fraud", [worse])]) }).verdict).toBe("fail");
  });
});

describe("a first model", () => {
  const recorded = { evidence: new Map([evidenceOf("fraud", [firstOfItsKind])]) };

  it("passes on a push that records it", () => {
    const report = decide({ ...recorded, plan: createPlan({ event: "push" }) });
    expect(report).toMatchObject({ verdict: "pass", models: [{ state: { kind: "recorded" } }] });
  });

  it("is inconclusive in a pull request, where gates compare with nothing", () => {
    expect(decide(recorded)).toMatchObject({
      verdict: "inconclusive",
      models: [{ state: { kind: "recorded", verdict: { reasons: ["There is no earlier fraud."] } } }],
    });
  });

  it("fails on a push when it misses a limit on its own value", () => {
    const spec = createSpec({ fraud: "[{metric: accuracy, at-least: 0.99}]" });
    const report = decide({ ...recorded, plan: createPlan({ event: "push" }), law: lawOf(spec), headSpec: spec });
    expect(report.verdict).toBe("fail");
  });
});

describe("a pull request that changes the rules", () => {
  const changed = {
    law: lawOf(createSpec({ fraud: strict })),
    headSpec: createSpec({ fraud: loose }),
    evidence: new Map([evidenceOf("fraud", [worse])]),
  };

  it("is judged by base's, and told what its own would have decided", () => {
    const report = decide(changed);
    expect(report.verdict).toBe("fail");
    expect(report.law).toEqual({ commit: baseSha, path: "assay.yml" });
    expect(report.lawChanges).toEqual([{ model: "fraud", what: "gate accuracy no-worse-than: 0.01 → 0.5", wouldBe: "pass" }]);
  });

  it("is not told what cannot be known without evidence", () => {
    expect(decide({ ...changed, ...none }).lawChanges).toMatchObject([{ model: "fraud", wouldBe: undefined }]);
  });

  it("is told what another limit on drift makes of what drifted, and nothing of another comparison", () => {
    const specOf = (drift: string) => createSpec({ fraud: "[{drift: true}]" }, "", { drift });
    const column = { name: "x", state: "added" as const, tests: [] };
    const rows = { reference: 1, current: 1 };
    const drift = [{ table: "train.csv", preset: "assay", rows, columns: [column], drifted: 1 }];
    const evidence = new Map([evidenceOf("fraud", [better], { data: { tables: [], drift } })]);
    const wouldBe = (head: string) => {
      const { lawChanges } = decide({ law: lawOf(specOf("{}")), headSpec: specOf(head), evidence });
      return new Set(lawChanges.map((change) => change.wouldBe));
    };
    expect(wouldBe("{max-drifted: 1}")).toEqual(new Set(["pass"]));
    expect(wouldBe("{exclude: [x]}")).toEqual(new Set([undefined]));
  });

  it("cannot rid itself of a gate by removing it", () => {
    const headSpec = createSpec({ fraud: "[{metric: accuracy, at-least: 0.1}]" });
    const [model] = decide({ ...changed, headSpec }).models;
    expect(model?.state).toMatchObject({ verdict: { gates: [{ name: "accuracy.no-worse-than", outcome: "fail" }] } });
  });

  it("cannot leave out seeds that base asks for, and is told what its own rules would say", () => {
    const specOf = (seeds: string) =>
      createSpec({ fraud: "[{metric: accuracy, better-than: 0}]" }, "", { train: `, seeds: [${seeds}]` });
    const report = decide({ law: lawOf(specOf("1, 2, 3")), headSpec: specOf("7") });
    const note = "the base branch trains 3 seeds, this run has 1";
    expect(report).toMatchObject({
      verdict: "inconclusive",
      models: [{ state: { verdict: { gates: [{ outcome: "inconclusive", note }] } } }],
      lawChanges: [{ model: "fraud", what: "seeds: 1, 2, 3 → 7", wouldBe: "pass" }],
    });
    // Which seed it is, the law leaves open.
    expect(decide({ law: lawOf(specOf("1")), headSpec: specOf("7") }).verdict).toBe("pass");
  });

  it("cannot allow what is inconclusive for itself", () => {
    const headSpec = createSpec({ fraud: strict }, "on-inconclusive: allow\n");
    expect(decide({ headSpec }).onInconclusive).toBe("block");
  });

  it("has base's gates pointed at the line where the head's file has them", () => {
    const gatesAt = (headSpec: Spec | null) => {
      const state = stateOf({ headSpec });
      return "verdict" in state ? state.verdict.gates.map(({ gate }) => gate.position.line) : [];
    };
    const own = gatesAt(createSpec({ fraud: strict }));
    const moved = gatesAt(createSpec({ fraud: loose }, "baseline: base\n# One line\n# and another\n"));
    expect(moved).toEqual(own.map((line) => line + 3));
    expect(gatesAt(null)).toEqual(own);
  });

  it("is judged on the old test set too when it changes the test set", () => {
    const report = decide({ evidence: new Map([evidenceOf("fraud", [better, { ...worse, role: "base" }])]) });
    expect(report).toMatchObject({ verdict: "fail", models: [{ state: { kind: "judged" } }] });
    expect(report.models[0]?.state).toMatchObject({
      verdict: {
        gates: [
          { role: "current", outcome: "pass" },
          { role: "base", outcome: "fail" },
        ],
      },
    });
  });

  it("goes to an owner when the candidate cannot be scored on the old test set", () => {
    const unscored = createEvaluation(0, {
      role: "base",
      candidate: undefined,
      candidateMissing: "The old test set lacks column income.",
      comparisons: [],
    });
    expect(decide({ evidence: new Map([evidenceOf("fraud", [better, unscored])]) })).toMatchObject({
      verdict: "inconclusive",
      models: [{ state: { kind: "judged", verdict: { reasons: ["The old test set lacks column income."] } } }],
    });
  });
});

describe("the verdict of several models", () => {
  const names = ["fraud", "churn"];
  const spec = createSpec({ fraud: strict, churn: strict });
  const both = (fraud: Evaluation | undefined, churn: Evaluation | undefined, jobs: JudgedJob[] = []) =>
    decide({
      plan: createPlan({ models: names.map((name) => createPlannedModel(name)) }),
      law: lawOf(spec),
      headSpec: spec,
      evidence: new Map(
        [fraud && evidenceOf("fraud", [fraud]), churn && evidenceOf("churn", [churn])].filter((found) => found !== undefined),
      ),
      jobs,
    }).verdict;

  it("is pending before fail before inconclusive before pass", () => {
    expect(both(better, better)).toBe("pass");
    expect(both(better, unclear)).toBe("inconclusive");
    expect(both(worse, unclear)).toBe("fail");
    expect(both(undefined, unclear)).toBe("fail");
    expect(both(undefined, worse, [job("Train fraud", false)])).toBe("pending");
  });

  it("passes when no model is touched", () => {
    expect(decide({ ...none, plan: createPlan({ models: [] }) })).toMatchObject({ verdict: "pass", models: [] });
  });
});
