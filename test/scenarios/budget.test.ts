import { afterAll, beforeAll, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

let team: Team;
beforeAll(async () => {
  team = await createTeam();
  await team.pushMain("First model", {
    "assay.yml": (text) =>
      text
        .replace("models:", "budget: {gpu-hours: 8}\nmodels:")
        .replace("timeout: 5m", "timeout: 5m\n      gpus: 2\n      runner: [self-hosted, gpu]"),
  });
});
afterAll(() => team.close());

const raise = (text: string) => text.replace("gpu-hours: 8", "gpu-hours: 800");

it("trains nothing more on GPUs once a pull request has used what the base branch grants it", async () => {
  const pullRequest = await team.open("Another threshold", { ...setParam("threshold", 10), "assay.yml": raise });
  const first = await team.run(pullRequest);
  expect(JSON.parse(first.plan.outputs["matrix"] ?? "")).toHaveLength(1);
  expect(first.comment).toMatch(/\d of 8 GPU-hours used/);

  const { headSha, headRef: headBranch, number } = pullRequest;
  const earlier = { repository: team.repository, event: "pull_request", workflowPath: ".github/workflows/models.yml" };
  const { runId } = await team.github.createRun({ ...earlier, headSha, headBranch, pullRequest: number });
  await team.github.createJob(runId, { name: "Models / Train threshold", labels: ["self-hosted", "gpu"], minutesAgo: 270 });
  await team.github.finishJob(runId, "Models / Train threshold", "cancelled");

  const over = await team.run(pullRequest);
  expect(JSON.parse(over.plan.outputs["matrix"] ?? "")).toEqual([]);
  expect(over.check?.conclusion).toBe("failure");
  expect(over.comment).toContain("This pull request has used 9 of its 8 GPU-hours");
  expect(over.comment).toMatch(/9(\.\d+)? of 8 GPU-hours used/);
  expect(over.comment).toContain("GPU-hours of a pull request: 8 → 800");
  expect(over.report.exitCode).toBe(3);
});
