import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, type Team } from "./team.ts";

/** Only the step's secrets hold it. */
const planted = "c0ffee-in-secrets";
const readEnvironments = readFileSync(join(import.meta.dirname, "..", "fixtures", "read-environments.mjs"), "utf8").replaceAll(
  "PLANTED",
  planted,
);

describe.runIf(process.platform === "linux")("a training that looks into the step's processes", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam({ machine: { DATABASE_URL: `postgres://u:${planted}@db` } });
  });
  afterAll(() => team.close());

  it("is given the names that train.env declares, and finds no other secret of the step", async () => {
    const run = await team.startPush("First model", {
      "look.mjs": readEnvironments,
      "assay.yml": (text) => text.replace("run: node train.mjs", "run: node look.mjs && node train.mjs\n      env: [DECLARED]"),
    });
    const plan = await (await run.startJob("Plan", { contents: "read", actions: "read" })).step("plan", {});
    expect(plan.exitCode, plan.log).toBe(0);
    const job = await run.startJob("Train threshold", { contents: "read", actions: "read" });
    const { exitCode, log } = await job.step("train", {
      plan: plan.outputs["plan"] ?? "",
      model: "threshold",
      env: `DECLARED=declared-${planted}\nOTHER=other-${planted}`,
    });
    expect(log).toContain(`of the step readable: nothing; declared: declared-${planted}`);
    expect(log).not.toContain("::warning::");
    // What the step itself needs them for still works.
    expect(exitCode, log).toBe(0);
    expect(team.github.artifacts(run.runId).map(({ name }) => name)).toContainEqual(
      expect.stringMatching(/^assay-run-threshold-/),
    );
  });
});
