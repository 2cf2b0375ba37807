import { describe, expect, it } from "vitest";
import { exitCodeOf, isLeftToApp } from "../../src/flows/exit-code.ts";
import type { ModelState } from "../../src/report/report.ts";
import { createEvidence, createModelReport, createReport } from "../report/create-report.ts";

const failed: ModelState = { kind: "failed", message: "Training exited with code 1." };
const lost: ModelState = { kind: "lost", message: "Its job ended without evidence." };
const reportOf = (verdict: "pass" | "fail" | "inconclusive" | "pending", ...states: ModelState[]) =>
  createReport({ verdict, models: states.map((state) => createModelReport({ state })) });

describe("the exit code of a report", () => {
  it.each([
    ["pass", 0],
    ["fail", 1],
    ["inconclusive", 3],
    ["pending", 0],
  ] as const)("of the verdict %s is %i", (verdict, code) => {
    expect(exitCodeOf(reportOf(verdict))).toBe(code);
  });

  it("is 5 when a training or scoring failed, whatever gates say", () => {
    expect(exitCodeOf(reportOf("fail", failed))).toBe(5);
    expect(exitCodeOf(reportOf("fail", lost, failed))).toBe(5);
  });

  it("is 2 when nothing but a machine that lacks what is declared kept a model from being trained", () => {
    const evidence = createEvidence("fraud");
    const trainings = evidence.trainings.map((training) => ({ ...training, outcome: "failed" as const, unfit: true as const }));
    const unfit: ModelState = { kind: "failed", message: "No GPU.", evidence: { ...evidence, trainings } };
    expect(exitCodeOf(reportOf("fail", unfit))).toBe(2);
    expect(exitCodeOf(reportOf("fail", unfit, failed))).toBe(5);
  });

  it("is the evidence's own where no command failed: a lost experiment is 3, and never a pass", () => {
    const failing = (exitCode: number): ModelState => ({
      kind: "failed",
      message: "Experiment 2 has no result.",
      evidence: { ...createEvidence("fraud"), evaluationFailure: { message: "Experiment 2 has no result.", exitCode } },
    });
    expect(exitCodeOf(reportOf("fail", failing(3)))).toBe(3);
    expect(exitCodeOf(reportOf("fail", failing(3), failing(2)))).toBe(2);
    expect(exitCodeOf(reportOf("fail", failing(3), failed))).toBe(5);
    for (const forged of [0, 1, 99]) expect(exitCodeOf(reportOf("fail", failing(forged)))).toBe(5);
  });

  it("is 3 when a job ended without evidence", () => {
    expect(exitCodeOf(reportOf("fail", lost))).toBe(3);
  });

  it("is 3 for inconclusive also where base allows that: the number means one thing", () => {
    expect(exitCodeOf({ ...reportOf("inconclusive"), onInconclusive: "allow" })).toBe(3);
  });
});

describe("what is left to the app", () => {
  const withheld: ModelState = { kind: "withheld", message: "This pull request comes from a fork." };
  const byApp = (...of: Parameters<typeof reportOf>) => ({ ...reportOf(...of), writer: "app" as const });
  const [team, fork] = [{ fromFork: false }, { fromFork: true }];

  it("is a verdict that a person completes, where the app is the writer", () => {
    expect(isLeftToApp(byApp("inconclusive"), team)).toBe(true);
    expect(isLeftToApp(reportOf("inconclusive"), team)).toBe(false);
  });

  it("is a fork's model that waits for an owner to allow it, and not one that is withheld for another reason", () => {
    expect(isLeftToApp(byApp("fail", withheld), fork)).toBe(true);
    expect(isLeftToApp(byApp("fail", withheld), team)).toBe(false);
  });

  it("is nothing that failed", () => {
    for (const verdict of ["pass", "fail", "pending"] as const) expect(isLeftToApp(byApp(verdict), team)).toBe(false);
    for (const state of [failed, lost]) expect(isLeftToApp(byApp("fail", withheld, state), fork)).toBe(false);
  });
});
