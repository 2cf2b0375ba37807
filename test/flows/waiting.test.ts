import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/flows/exit-code.ts";
import type { PlannedModel } from "../../src/plan/plan.ts";
import { renderCheck } from "../../src/report/check.ts";
import { createPlannedModel } from "../report/create-report.ts";
import { better, createPlan, createSpec, decide, evidenceOf, job, lawOf, strict, worse } from "./create-judgement.ts";

const waiting: PlannedModel = { ...createPlannedModel("fraud"), waitsFor: "ready" };
const spec = createSpec({ fraud: strict, churn: strict }, "on-inconclusive: allow\n");
const plan = createPlan({ models: [waiting, createPlannedModel("churn")] });
const base = { plan, law: lawOf(spec), headSpec: spec };

describe("a model that waits for a person", () => {
  it("holds the pull request, whatever the rules allow and the others say", () => {
    const report = decide({ ...base, evidence: new Map([evidenceOf("churn", [better])]) });
    expect(report).toMatchObject({ verdict: "waiting", jobs: { done: 1, total: 1 } });
    expect(report.models[0]?.state).toEqual({ kind: "waiting", waitsFor: "ready" });
    expect(renderCheck(report).conclusion).toBe("action_required");
    expect(exitCodeOf(report)).toBe(3);
  });

  it("does not hide that another fails, or that one is still trained", () => {
    const failing = decide({ ...base, evidence: new Map([evidenceOf("churn", [worse])]) });
    expect([failing.verdict, renderCheck(failing).conclusion, exitCodeOf(failing)]).toEqual(["fail", "failure", 1]);
    const jobs = [job("Train churn", false)];
    expect(decide({ ...base, evidence: new Map(), jobs }).verdict).toBe("pending");
  });
});
