import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { JudgeRequest } from "../../src/flows/judge.ts";
import type { Decision } from "../../src/ledger/decision.ts";
import { renderCheck } from "../../src/report/check.ts";
import { createApproval, createWaiver } from "../ledger/sample-decisions.ts";
import { createEvidence, createPlannedModel, headSha } from "../report/create-report.ts";
import {
  better,
  createEvaluation,
  createPlan,
  createSpec,
  decide,
  evidenceOf,
  lawOf,
  strict,
  worse,
} from "./create-judgement.ts";

const app = { commands: ["help", "approve", "waive", "retrain", "allow-fork", "explain"], answers: [], askedOwners: [] };
const { inputHash, seal } = createEvidence("fraud");
if (!seal) throw new Error("The sample has no seal.");
const { resultDigest } = seal;

const approval = (overrides: Parameters<typeof createApproval>[0] = {}) =>
  createApproval({ model: "fraud", inputHash, resultDigest, ...overrides });
const waiver = (overrides: Parameters<typeof createWaiver>[0] = {}) =>
  createWaiver({ gate: "accuracy.no-worse-than", ...overrides });

const unknownModel = (gates = strict): Partial<JudgeRequest> => ({
  app,
  law: lawOf(createSpec({ other: strict })),
  headSpec: createSpec({ other: strict, fraud: gates }),
});
const alone = createEvaluation(0, { baseline: undefined, comparisons: [] });

describe("an owner's approval", () => {
  const withDecisions = (decisions: Decision[], overrides: Partial<JudgeRequest> = {}) =>
    decide({ ...unknownModel(), ...overrides, decisions });

  it("is wanted where the base branch does not know the model, and settles that", () => {
    expect(withDecisions([])).toMatchObject({
      verdict: "inconclusive",
      models: [
        { isNew: true, state: { ownerDecides: ["The base branch does not know this model yet: a model owner decides."] } },
      ],
    });
    const report = withDecisions([approval()]);
    expect(report).toMatchObject({
      verdict: "pass",
      models: [{ state: { approvals: [{ by: "octocat", headSha }] } }],
      app: { approvals: [{ model: "fraud", by: "octocat", headSha, voided: undefined }] },
    });
  });

  it("survives another head with the same inputs and result", () => {
    expect(withDecisions([approval({ headSha: "1".repeat(40) })]).verdict).toBe("pass");
  });

  it.each<[string, Decision, string | undefined]>([
    ["inputs", approval({ inputHash: digestOf("other inputs") }), "the inputs changed"],
    ["result", approval({ resultDigest: digestOf("another result") }), "the result is another"],
  ])("is void for other %s, and that is said once", (_, decision, voided) => {
    const report = withDecisions([decision, decision]);
    expect(report.verdict).toBe("inconclusive");
    expect(report.app?.approvals).toEqual([{ model: "fraud", by: "octocat", headSha, voided }]);
  });

  it("of another model settles nothing", () => {
    expect(withDecisions([approval({ model: "other" })])).toMatchObject({ verdict: "inconclusive", app: { approvals: [] } });
  });

  it("settles a test set that the model could not be judged on", () => {
    const plan = createPlan({ models: [createPlannedModel("fraud", { testSetChanged: true })] });
    expect(decide({ app, plan }).verdict).toBe("inconclusive");
    expect(decide({ app, plan, decisions: [approval()] }).verdict).toBe("pass");
  });

  it("settles that a new model has nothing to be compared with, and not its own limits", () => {
    const evidence = new Map([evidenceOf("fraud", [alone])]);
    const gates = (limit: number) => `[{metric: accuracy, no-worse-than: 0.01}, {metric: accuracy, at-least: ${limit}}]`;
    expect(withDecisions([approval()], { ...unknownModel(gates(0.5)), evidence }).verdict).toBe("pass");
    expect(withDecisions([approval()], { ...unknownModel(gates(0.99)), evidence }).verdict).toBe("fail");
    expect(withDecisions([approval()], { ...unknownModel(gates(0.9)), evidence }).verdict).toBe("inconclusive");
    expect(withDecisions([], { ...unknownModel(gates(0.5)), evidence }).verdict).toBe("inconclusive");
  });

  it("never settles a failed gate", () => {
    expect(withDecisions([approval()], { evidence: new Map([evidenceOf("fraud", [worse])]) }).verdict).toBe("fail");
    expect(decide({ app, decisions: [approval()], evidence: new Map([evidenceOf("fraud", [worse])]) }).verdict).toBe("fail");
  });

  it("never settles a missing baseline of a model that the base branch knows", () => {
    const evidence = new Map([evidenceOf("fraud", [alone])]);
    expect(decide({ app, decisions: [approval()], evidence }).verdict).toBe("inconclusive");
  });
});

describe("a waiver by command", () => {
  const evidence = new Map([evidenceOf("fraud", [worse])]);

  it("counts beside those of assay.yml, with who and why", () => {
    const report = decide({ app, evidence, decisions: [waiver()] });
    expect(report.verdict).toBe("pass");
    expect(report.models[0]?.state).toMatchObject({
      verdict: {
        gates: [{ outcome: "fail", waiver: { by: "@octocat", reason: "Late labels", until: "2026-12-31", expired: false } }],
      },
    });
  });

  it.each([
    ["of another model", waiver({ model: "other" })],
    ["of another gate", waiver({ gate: "accuracy.at-least" })],
    ["whose last day is over", waiver({ until: "2026-11-01" })],
  ])("%s changes nothing", (_, decision) => {
    expect(decide({ app, evidence, decisions: [decision] }).verdict).toBe("fail");
  });
});

describe("a run that nobody can vouch for", () => {
  const unverified = "a fork runs its own version of the workflow";

  it.each<[string, Partial<JudgeRequest>]>([
    ["that says that it passed", {}],
    [
      "that says that nothing has to be trained",
      { plan: createPlan({ models: [createPlannedModel("fraud", { evaluate: false })] }) },
    ],
    ["that names no model", { plan: createPlan({ models: [] }) }],
    ["where inconclusive is allowed", { law: lawOf(createSpec({ fraud: strict }, "on-inconclusive: allow\n")) }],
    ["with an approval", { decisions: [approval()] }],
  ])("never passes, also %s", (_, overrides) => {
    const report = decide({ app, unverified, ...overrides });
    expect(report).toMatchObject({ verdict: "inconclusive", unverified });
    expect(renderCheck(report)).toMatchObject({
      conclusion: "action_required",
      title: "Unverified: nobody can vouch for this run",
    });
  });

  it("shows no number of it", () => {
    const report = decide({ app, unverified });
    expect(report.models[0]?.state).toEqual({ kind: "unverified", message: unverified });
    expect(renderCheck(report).text).not.toContain("0.9");
  });

  it("still fails where it failed", () => {
    expect(decide({ app, unverified, evidence: new Map() }).verdict).toBe("fail");
  });
});

describe("a fork's commit that was trained here", () => {
  const evidence = new Map([["fraud", { evidence: createEvidence("fraud", { evaluations: [better] }), trust: "fork" as const }]]);

  it("waits for an owner, and passes with the approval", () => {
    expect(decide({ app, evidence })).toMatchObject({
      verdict: "inconclusive",
      models: [{ state: { kind: "judged", verified: true, ownerDecides: [expect.stringContaining("A fork's commit")] } }],
    });
    expect(decide({ app, evidence, decisions: [approval()] }).verdict).toBe("pass");
  });

  it("is judged as ever where there is no app", () => {
    expect(decide({ evidence })).toMatchObject({ verdict: "pass" });
    expect(decide({ evidence }).models[0]?.state).not.toHaveProperty("verified");
  });
});
