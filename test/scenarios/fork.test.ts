import { expect, it } from "vitest";
import { runWorkflow } from "../../src/demo/workflow.ts";
import { createTeam, setParam } from "./team.ts";

it("gives a fork's pull request a job summary and writes nothing", async () => {
  const team = await createTeam();
  await team.pushMain("First model");
  const pullRequest = await team.open("From a fork", setParam("threshold", 10));
  const result = await runWorkflow(team.runner, {
    name: "pull_request",
    pullRequest: { ...pullRequest, headRepositoryId: 4711 },
  });
  expect(result.report.exitCode).toBe(1);
  expect(result.report.summary).toContain("Accuracy");
  expect(result.report.summary).toMatch(/fork/i);
  expect(team.written(pullRequest).comments).toHaveLength(0);
  expect(team.written(pullRequest).checks).toHaveLength(0);
  await team.close();
});
