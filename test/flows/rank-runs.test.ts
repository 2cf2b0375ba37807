import { expect, it } from "vitest";
import { rankRuns } from "../../src/flows/rank-runs.ts";
import type { WorkflowRun } from "../../src/github/runs.ts";

const run = (id: number, path: string, status = "completed") =>
  ({ id, path, status, event: "pull_request", createdAt: `2026-11-02T10:00:0${id}Z` }) as WorkflowRun;

const ranked = (runs: readonly WorkflowRun[]) =>
  rankRuns(runs, [], { event: "pull_request", isFork: false, workflow: "models.yml" }).map(({ run: { id } }) => id);

it("of a workflow only the newest run speaks, and Assay's workflow is asked first", () => {
  expect(ranked([run(1, "models.yml"), run(2, "models.yml"), run(3, "ci.yml")])).toEqual([2, 3]);
});

it("while Assay's newest runs no other speaks", () => {
  expect(ranked([run(1, "models.yml"), run(2, "models.yml", "in_progress"), run(3, "ci.yml")])).toEqual([2]);
  expect(ranked([run(1, "models.yml"), run(2, "ci.yml", "in_progress")])).toEqual([1, 2]);
});
