import { expect, it } from "vitest";
import { rankRuns } from "../../../bot/reconcile/choose-run.ts";
import type { WorkflowRun } from "../../../src/github/runs.ts";

const run = (id: number, path: string, status = "completed") =>
  ({ id, path, status, event: "pull_request", createdAt: `2026-11-02T10:00:0${id}Z` }) as WorkflowRun;

it("of a workflow only the newest run speaks, also while it runs, and Assay's workflow is asked first", () => {
  const runs = [run(1, "models.yml"), run(2, "models.yml", "in_progress"), run(3, "ci.yml")];
  const ranked = rankRuns(runs, [], { event: "pull_request", isFork: false, workflow: "models.yml" });
  expect(ranked.map(({ run: { id } }) => id)).toEqual([2, 3]);
});
