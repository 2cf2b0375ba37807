import { z } from "zod";
import type { Job, Runs, WorkflowRun } from "../runs.ts";
import type { Api } from "./api.ts";

const runSchema = z
  .object({
    id: z.int(),
    run_attempt: z.int().optional(),
    event: z.string(),
    path: z.string(),
    head_sha: z.string(),
    head_branch: z.string().nullable(),
    repository: z.object({ id: z.int() }),
    head_repository: z.object({ id: z.int() }).nullish(),
    pull_requests: z.array(z.object({ number: z.int() })).nullable(),
    html_url: z.string(),
  })
  .transform(
    (run): WorkflowRun => ({
      id: run.id,
      attempt: run.run_attempt ?? 1,
      event: run.event,
      path: run.path,
      headSha: run.head_sha,
      headBranch: run.head_branch ?? undefined,
      repositoryId: run.repository.id,
      headRepositoryId: run.head_repository?.id,
      pullRequests: (run.pull_requests ?? []).map((pull) => pull.number),
      url: run.html_url,
    }),
  );

const jobSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    status: z.enum(["queued", "in_progress", "completed", "waiting", "requested", "pending"]),
    conclusion: z.string().nullable(),
    html_url: z.string().nullable(),
  })
  .transform(
    ({ id, name, status, conclusion, html_url }): Job => ({
      id,
      name,
      status,
      conclusion: conclusion ?? undefined,
      url: html_url ?? "",
    }),
  );

export function createRuns(api: Api): Runs {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const permission = "actions: read";
  return {
    get: (id) =>
      api.find(
        runSchema,
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
        { run_id: id },
        {
          what: `read workflow run ${id} of ${place}`,
          permission,
        },
      ),
    jobs: (runId) =>
      api.list(
        jobSchema,
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
        { run_id: runId },
        {
          what: `list the jobs of workflow run ${runId} in ${place}`,
          permission,
        },
      ),
  };
}
