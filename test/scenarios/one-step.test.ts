import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRun } from "../../src/demo/runner.ts";
import { createTeam, setParam, type Team } from "./team.ts";

const permissions = { contents: "write", actions: "read", checks: "write", "pull-requests": "write" } as const;

describe("the action that does everything in one job", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it("plans, trains, evaluates and reports a pull request", async () => {
    const pullRequest = await team.open("Raise the threshold", setParam("threshold", 50));
    const run = await team.startRun(pullRequest);
    const job = await run.startJob("Assay", permissions);
    const step = await job.step(".", {});
    await job.finish();
    expect(step.exitCode, step.log).toBe(0);
    expect(step.outputs["verdict"]).toBe("pass");
    expect(team.written(pullRequest).comments).toHaveLength(1);
    expect(team.written(pullRequest).check?.conclusion).toBe("success");
  });

  it("refuses a fork's pull request before anything of it runs", async () => {
    const pullRequest = await team.open("From a fork", setParam("threshold", 51));
    const run = await startRun(team.runner, { name: "pull_request", pullRequest: { ...pullRequest, headRepositoryId: 4711 } });
    const job = await run.startJob("Assay", { contents: "read" });
    const step = await job.step(".", {});
    await job.finish();
    expect(step.exitCode).toBe(2);
    expect(step.log).toContain("comes from a fork");
    expect(step.log).not.toContain("training with threshold");
    expect(team.written(pullRequest).comments).toHaveLength(0);
  });
});
