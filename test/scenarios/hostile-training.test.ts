import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zipArchive } from "../files/zip-archive.ts";
import { createTeam, setParam, type Team } from "./team.ts";

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

describe("a training that puts another archive in the place of its run", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it.each([
    ["would fill the disk", 2 ** 50, "1125899906842624 bytes once unpacked"],
    ["holds more than it says", 2, "holds more than the 2 bytes"],
  ])("is not evaluated when that %s, and the step says why", async (_, bytes, why) => {
    const run = await team.startRun(await team.open(`Archive of ${bytes}`, setParam("threshold", 40 + (bytes % 7))));
    const plan = await (await run.startJob("Plan", { contents: "read", actions: "read" })).step("plan", {});
    const job = await run.startJob("Train threshold", { contents: "read", actions: "read" });
    const inputs = { plan: plan.outputs["plan"] ?? "", model: "threshold" };
    expect((await job.step("train", inputs)).exitCode).toBe(0);
    const [artifact] = team.github.artifacts(run.runId).filter(({ name }) => name.startsWith("assay-run-threshold-"));
    const evidence = { path: "evidence.json", content: "\0".repeat(9_000), claims: { bytes } };
    writeFileSync(artifact?.file ?? "", zipArchive([evidence], { large: true }));
    const { exitCode, log } = await job.step("evaluate", inputs);
    expect(log).toContain(why);
    expect(log).toMatch(/::error::assay-run-threshold-\S+ cannot be unpacked/);
    expect(exitCode).toBe(3);
  });
});
