import { describe, expect, it } from "vitest";
import { endOfWaivers, isOvertaken, isSettled } from "../../../bot/reconcile/settled.ts";
import type { WorkflowRun } from "../../../src/github/runs.ts";
import { createModelReport, createReport, judged, mixedGates } from "../../report/create-report.ts";

const waivedUntil = (...days: string[]) => {
  const [failed] = mixedGates().filter(({ outcome }) => outcome === "fail");
  if (!failed) throw new Error("No gate failed.");
  const gates = days.map((until) => ({
    ...failed,
    waiver: { gate: failed.name, reason: "known", by: "@owner", until, expired: until < "2026-11-02" },
  }));
  return createReport({ models: [createModelReport({ state: judged("fraud", { gates }) })] });
};

describe("a verdict is looked at again", () => {
  it("after the last day of the first waiver that it rests on", () => {
    const at = endOfWaivers(waivedUntil("2026-12-31", "2026-11-03", "2026-11-01"));
    expect(at?.toISOString()).toBe("2026-11-04T00:00:00.000Z");
    expect(endOfWaivers(waivedUntil("2026-11-01"))).toBeUndefined();
    expect(endOfWaivers(createReport())).toBeUndefined();
  });

  it("while a run that would speak instead is not over", () => {
    const candidate = (status: WorkflowRun["status"]) => ({ run: { status } as WorkflowRun, started: undefined });
    const [done, running] = [candidate("completed"), candidate("in_progress")];
    expect(isOvertaken([running, done], done)).toBe(true);
    expect(isOvertaken([done, running], done)).toBe(false);
    expect(isSettled(createReport(), { decided: { decisions: [], ignored: [] } }, true)).toBe(false);
    expect(isSettled(createReport(), { decided: { decisions: [], ignored: [] } }, false)).toBe(true);
  });

  it("until a ledger that looked rewritten is put right, and not for a record in it that does not count", () => {
    const ignored = ["Branch assay-ledger was rewritten."];
    const report = createReport({ app: { commands: [], approvals: [], answers: [], askedOwners: [], ignored } });
    expect(isSettled(report, { decided: undefined }, false)).toBe(false);
    expect(isSettled(report, { decided: { decisions: [], ignored: [] } }, false)).toBe(true);
  });
});
