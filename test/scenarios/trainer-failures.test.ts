import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

/** What goes wrong, and what the comment must say of it. */
const troubles = [
  { trouble: "exit", says: /exited with code 1/ },
  { trouble: "no-model", says: /model\.json/ },
  { trouble: "nan", says: /not (a )?(finite|number)|NaN/i },
  { trouble: "no-predictions", says: /wrote no|did not write|no predictions/i },
  { trouble: "other-rows", says: /other-test-0/ },
] as const;

describe("a training that goes wrong", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it.each(troubles)("says what is wrong when the trouble is $trouble, and loses nothing else", async ({ trouble, says }) => {
    const result = await team.openAndRun(`Trouble ${trouble}`, setParam("trouble", trouble));
    const job = result.evaluate.get("threshold") ?? result.train.get("threshold");
    expect(job?.exitCode).toBe(5);
    expect(job?.log).toMatch(/::error::/);
    expect(result.comment).toMatch(says);
    expect(result.check?.conclusion).toBe("failure");
    expect(result.comment).not.toContain("This is a bug");
  });

  it("is stopped when it runs past its timeout, keeps what there is, and says which limit it was", async () => {
    const result = await team.openAndRun("Too slow", {
      ...setParam("trouble", "hang"),
      "assay.yml": (text: string) => text.replace("timeout: 5m", "timeout: 5s"),
    });
    const says = /The training command ran past the limit of 5 seconds for this training and was stopped/;
    const step = result.train.get("threshold");
    expect(step?.exitCode, step?.log).toBe(5);
    expect(step?.log).toMatch(new RegExp(`::error::threshold: ${says.source}`));
    expect(result.evaluate.size).toBe(0);
    expect(result.comment).toMatch(says);
    expect(result.check?.conclusion).toBe("failure");
    expect(result.report.exitCode).toBe(5);

    const report = JSON.parse(readFileSync(result.report.outputs["report"] ?? "", "utf8"));
    expect(report.models[0].state).toMatchObject({ kind: "failed", evidence: { trainings: [{ outcome: "timed-out" }] } });
    const checkpoint = team.github.artifacts(result.runId).find(({ name }) => name.startsWith("assay-checkpoint-threshold-"));
    expect(readFileSync(checkpoint?.file ?? "").includes("files/step")).toBe(true);
  });
});
