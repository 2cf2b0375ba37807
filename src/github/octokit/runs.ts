import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
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
    head_repository: z.nullish(z.object({ id: z.int(), owner: z.nullish(z.object({ login: z.string() })) })),
    pull_requests: z.nullable(
      z.array(
        z.object({
          number: z.int(),
          head: z.object({ sha: z.string() }),
          base: z.object({ ref: z.string(), repo: z.object({ id: z.int() }) }),
        }),
      ),
    ),
    created_at: z.string(),
    html_url: z.string(),
    status: z.nullable(z.string()),
    conclusion: z.nullable(z.string()),
    display_title: z.string(),
    referenced_workflows: z.nullish(z.array(z.object({ path: z.string(), sha: z.string() }))),
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
      // Those of forks of the repository have numbers of their own.
      pullRequests: (run.pull_requests ?? [])
        .filter(({ base }) => base.repo.id === run.repository.id)
        .map(({ number, head, base }) => ({ number, headSha: head.sha, baseRef: base.ref })),
      createdAt: run.created_at,
      url: run.html_url,
      status: run.status ?? "queued",
      conclusion: run.conclusion ?? undefined,
      title: run.display_title,
      headOwner: run.head_repository?.owner?.login,
      referencedWorkflows: run.referenced_workflows ?? [],
    }),
  ),
);

const jobSchema = z.pipe(
  z.object({
    id: z.int(),
    run_attempt: z.optional(z.int()),
    name: z.string(),
    status: z.enum(["queued", "in_progress", "completed", "waiting", "requested", "pending"]),
    conclusion: z.nullable(z.string()),
    html_url: z.nullable(z.string()),
    labels: z.array(z.string()),
    runner_id: z.nullish(z.int()),
    started_at: z.nullish(z.string()),
    completed_at: z.nullish(z.string()),
  }),
  z.transform(
    ({ id, name, status, conclusion, html_url, labels, ...rest }): Job => ({
      id,
      attempt: rest.run_attempt ?? 1,
      name,
      status,
      conclusion: conclusion ?? undefined,
      url: html_url ?? "",
      labels,
      // A job that waits for a runner, or never got one, has a time there too: when it was made.
      startedAt: rest.runner_id ? (rest.started_at ?? undefined) : undefined,
      completedAt: rest.completed_at ?? undefined,
    }),
  ),
);

const startedSchema = z.object({ workflow_run_id: z.int() });

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
    async ofBranch({ workflow, event, branch }) {
      try {
        return await api.list(
          runSchema,
          "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
          { workflow_id: workflow, event, branch },
          { what: `list the runs of ${workflow} in ${place}`, permission },
        );
      } catch (error) {
        if (error instanceof GitHubError && error.status === 404) return [];
        throw error;
      }
    },
    ofCommit: (headSha) =>
      api.list(
        runSchema,
        "GET /repos/{owner}/{repo}/actions/runs",
        { head_sha: headSha },
        { what: `list the workflow runs on ${headSha} in ${place}`, permission },
      ),
    async dispatched(workflow) {
      const found = await api.find(
        z.object({ workflow_runs: z.array(runSchema) }),
        "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
        { workflow_id: workflow, event: "workflow_dispatch", per_page: 100 },
        { what: `list the dispatched runs of ${workflow} in ${place}`, permission },
      );
      return found?.workflow_runs ?? [];
    },
    async dispatch({ workflow, ref, inputs }) {
      const started = await api.once(
        z.unknown(),
        "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
        { workflow_id: workflow, ref, inputs, return_run_details: true },
        { what: `start ${workflow} on ${ref} of ${place}`, permission: "actions: write" },
      );
      // A GitHub that does not know `return_run_details` answers with nothing.
      return startedSchema.safeParse(started).data?.workflow_run_id;
    },
    async cancel(id) {
      try {
        // Not repeated: that would be done for a 409 too, which says that there is nothing to cancel.
        await api.once(
          z.unknown(),
          "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
          { run_id: id },
          { what: `cancel workflow run ${id} of ${place}`, permission: "actions: write" },
        );
        return "cancelled";
      } catch (error) {
        // It has ended, or is gone.
        if (error instanceof GitHubError && (error.status === 409 || error.status === 404)) return "over";
        throw error;
      }
    },
    jobs: (runId, attempts = "latest") =>
      api.list(
        jobSchema,
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
        { run_id: runId, filter: attempts },
        {
          what: `list the jobs of workflow run ${runId} in ${place}`,
          permission,
        },
      ),
  };
}
