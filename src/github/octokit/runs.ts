import * as z from "zod/mini";
import type { Job, Runs, WorkflowRun } from "../runs.ts";
import type { Api } from "./api.ts";

const runSchema = z.pipe(
  z.object({
    id: z.int(),
    run_attempt: z.optional(z.int()),
    event: z.string(),
    path: z.string(),
    head_sha: z.string(),
    head_branch: z.nullable(z.string()),
    repository: z.object({ id: z.int() }),
    head_repository: z.nullish(z.object({ id: z.int() })),
    pull_requests: z.nullable(z.array(z.object({ number: z.int() }))),
    html_url: z.string(),
  }),
  z.transform(
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
  ),
);

const jobSchema = z.pipe(
  z.object({
    id: z.int(),
    name: z.string(),
    status: z.enum(["queued", "in_progress", "completed", "waiting", "requested", "pending"]),
    conclusion: z.nullable(z.string()),
    html_url: z.nullable(z.string()),
  }),
  z.transform(
    ({ id, name, status, conclusion, html_url }): Job => ({
      id,
      name,
      status,
      conclusion: conclusion ?? undefined,
      url: html_url ?? "",
    }),
  ),
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
