import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

describe("a training that is cancelled", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it.each(["SIGINT", "SIGTERM"] as const)("ends in time on %s, keeps what there is, and the comment says so", async (signal) => {
    const pullRequest = await team.open(`Cancelled by ${signal}`, {
      "params.yaml": (text: string) =>
        text.replace("trouble: none", "trouble: hang").replace("threshold: 40", `threshold: ${signal === "SIGINT" ? 41 : 42}`),
    });
    // The fixture waits for ten minutes; the test would run out of time long before.
    const { runId, train, evaluate, report, comment, check } = await team.run(pullRequest, {
      cancelTraining: { when: "waiting", signal },
    });
    const step = train.get("threshold");
    expect(step?.exitCode, step?.log).toBe(5);
    expect(step?.log).toMatch(new RegExp(`::error::.*cancelled \\(${signal}\\)`));
    expect(evaluate.size).toBe(0);

    const checkpoint = team.github.artifacts(runId).find(({ name }) => name.startsWith("assay-checkpoint-threshold-"));
    // Names lie uncompressed in a ZIP archive's directory.
    expect(readFileSync(checkpoint?.file ?? "").includes("files/step")).toBe(true);
    const kept = team.github.artifacts(runId).map(({ name }) => name.replace(/-[0-9a-f]{16}$/, ""));
    expect(kept).toContain("assay-partial-threshold");
    expect(kept).toContainEqual(expect.stringMatching(/^assay-evidence-threshold-[0-9a-f]{16}\.json$/));
    expect(kept).not.toContain("assay-run-threshold");

    expect(comment).toMatch(/cancelled/i);
    expect(comment).not.toContain("This is a bug");
    expect(check?.conclusion).toBe("failure");
    expect(report.exitCode).toBe(5);
  });

  it("is trained anew by the next run of the same inputs", async () => {
    const again = await team.openAndRun("The same inputs again", setParam("trouble", "exit"));
    const later = await team.run(await team.open("And again", setParam("trouble", "exit")));
    expect(again.train.get("threshold")?.log).toContain("training with threshold");
    expect(later.plan.log).toMatch(/train\s+threshold/);
    expect(later.train.get("threshold")?.log).toContain("training with threshold");
  });
});
