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

it("asks for none of the team's own machines when a fork opens the pull request", async () => {
  const gpu = { "assay.yml": (text: string) => text.replace("timeout: 5m", "timeout: 5m\n      runner: [self-hosted, gpu]") };
  const team = await createTeam();
  await team.pushMain("First model", gpu);
  const pullRequest = await team.open("From a fork", setParam("threshold", 10));
  const fork = { ...pullRequest, headRepositoryId: 4711 };
  const result = await runWorkflow(team.runner, { name: "pull_request", pullRequest: fork });
  expect(JSON.parse(result.plan.outputs["matrix"] ?? "")).toEqual([]);
  expect(result.report.exitCode).toBe(3);
  expect(result.report.summary).toMatch(/Not trained.*self-hosted, gpu.*comes from a fork/);
  expect(result.report.summary).toContain("not trained");
  const own = await runWorkflow(team.runner, { name: "pull_request", pullRequest });
  expect(JSON.parse(own.plan.outputs["matrix"] ?? "")).toMatchObject([{ runner: ["self-hosted", "gpu"] }]);
  await team.close();
});
