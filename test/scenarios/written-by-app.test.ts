import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planFileName } from "../../src/flows/job-files.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import { createTeam, setParam, type Team } from "./team.ts";

const writtenBy = (writer: string) => ({
  "assay.yml": (text: string) => text.replace("version: 1", `version: 1\nwriter: ${writer}`),
});

describe("a repository whose comment and check are the app's", () => {
  let team: Team;
  beforeAll(async () => {
    team = await createTeam();
    const first = await team.pushMain("First model", writtenBy("app"));
    expect(first.report.exitCode, first.report.log).toBe(0);
  });
  afterAll(() => team.close());

  /** What was uploaded, as it is. */
  function keptPlan(runId: number): string | undefined {
    const kept = team.github.artifacts(runId).find(({ name }) => name === planFileName);
    return kept && readFileSync(kept.file, "utf8");
  }

  it("gets the summary and the page from the report action, and no comment and no check", async () => {
    const { report, comments, checks } = await team.openAndRun("Raise the threshold", setParam("threshold", 50));
    expect(report.exitCode, report.log).toBe(0);
    expect(report.outputs["verdict"]).toBe("pass");
    expect(report.outputs["page"]).not.toBe("");
    expect(report.summary).toContain("Accuracy");
    expect(report.log).toContain("Comment and check are the app's to write");
    expect([...comments, ...checks]).toEqual([]);
  });

  it("finds the plan among the run's artifacts, also where nothing is touched", async () => {
    for (const [title, edits] of [
      ["Raise it further", setParam("threshold", 52)] as const,
      ["Words", { "NOTES.md": "Words.\n" }] as const,
    ]) {
      const { runId, plan } = await team.openAndRun(title, edits);
      const kept = keptPlan(runId);
      expect(kept).toEqual(plan.outputs["plan"]);
      expect(parsePlan(kept ?? "", "the kept plan").writer).toBe("app");
    }
  });

  it("has a red report job where a gate failed", async () => {
    const { report } = await team.openAndRun("Lower the threshold", setParam("threshold", 10));
    expect(report.exitCode).toBe(1);
  });

  it("is written to by nobody else when a pull request names another writer", async () => {
    const { report, comments, checks } = await team.openAndRun("Write it here", {
      ...setParam("threshold", 51),
      "assay.yml": (text) => text.replace("writer: app", "writer: action"),
    });
    expect(report.summary).toContain("writer of comment and check");
    expect([...comments, ...checks]).toEqual([]);
  });

  it("is handed no plan of a branch", async () => {
    const { runId } = await team.pushMain("More words", { "MORE.md": "Words.\n" });
    expect(keptPlan(runId)).toBeUndefined();
  });
});
