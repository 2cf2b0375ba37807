import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

  it("gets the summary and the page from the report action, and no comment and no check", async () => {
    const { report, comments, checks } = await team.openAndRun("Raise the threshold", setParam("threshold", 50));
    expect(report.exitCode, report.log).toBe(0);
    expect(report.outputs["verdict"]).toBe("pass");
    expect(report.outputs["page"]).not.toBe("");
    expect(report.summary).toContain("Accuracy");
    expect(report.log).toContain("Comment and check are the app's to write");
    expect([...comments, ...checks]).toEqual([]);
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
});
