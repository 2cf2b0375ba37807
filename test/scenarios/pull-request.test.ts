import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

describe("a pull request", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    const first = await team.pushMain("First model");
    expect(first.report.exitCode, first.report.log).toBe(0);
  });
  afterAll(() => team.close());

  it("passes when the model gets better, with one comment and one successful check", async () => {
    const { comments, comment, checks, report } = await team.openAndRun("Raise the threshold", setParam("threshold", 50));
    expect(report.exitCode, report.log).toBe(0);
    expect(comments).toHaveLength(1);
    expect(comment).toContain("Accuracy");
    expect(comment).toContain("param changed");
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });

  it("is blocked by the gate's name when the model gets worse, and the report step is red", async () => {
    const { comment, check, report } = await team.openAndRun("Lower the threshold", setParam("threshold", 10));
    expect(report.exitCode).toBe(1);
    expect(check?.conclusion).toBe("failure");
    expect(comment).toMatch(/❌ fail/);
    expect(comment).toMatch(/\(−0\.\d+,\s−0\.\d+\)/);
  });

  it("trains nothing when only words change, and the check still answers", async () => {
    const { plan, train, comments, check } = await team.openAndRun("Words", { "NOTES.md": "Words.\n" });
    expect(plan.outputs["matrix"]).toBe("[]");
    expect(train.size).toBe(0);
    expect(comments).toHaveLength(0);
    expect(check?.conclusion).toBe("success");
  });

  it("reuses the run of another pull request with the same inputs", async () => {
    await team.openAndRun("Try 45", setParam("threshold", 45));
    const second = await team.openAndRun("Try 45 again", setParam("threshold", 45));
    expect(second.plan.log).toMatch(/reuse\s+threshold/);
    expect(second.train.get("threshold")?.log).not.toContain("training with threshold");
    expect(second.check?.conclusion).toBe("success");
  });

  it("does not write its comment again when nothing in it changed", async () => {
    const pullRequest = await team.open("Try 46", setParam("threshold", 46));
    await team.run(pullRequest);
    const writes = () => team.github.requests.filter(({ method, path }) => method !== "GET" && path.includes("/comments")).length;
    const before = writes();
    const again = await team.run(pullRequest);
    // The second run has its own run and page links.
    expect(again.comments).toHaveLength(1);
    expect(writes() - before).toBeLessThanOrEqual(1);
  });

  it("is judged by the base branch's rules when it changes them, and says so", async () => {
    const loosened = await team.openAndRun("Loosen the gate", {
      ...setParam("threshold", 10),
      "assay.yml": (text: string) => text.replace("no-worse-than: 0.05", "no-worse-than: 0.9"),
    });
    expect(loosened.check?.conclusion).toBe("failure");
    expect(loosened.comment).toContain("changes the rules");
    expect(loosened.comment).toContain("0.9");
  });

  it("becomes the baseline on merge without being trained again", async () => {
    const pullRequest = await team.open("Ship 52", setParam("threshold", 52));
    await team.run(pullRequest);
    const merged = await team.github.mergePullRequest(pullRequest.number, "squash");
    const push = await team.pushMerged(merged);
    expect(push.plan.log).toMatch(/reuse\s+threshold/);
    expect(push.report.exitCode, push.report.log).toBe(0);
    expect(push.report.log).toContain("Recorded threshold");
  });
});
