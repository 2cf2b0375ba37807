import type { CommitRecord } from "../git/commits.ts";
import { statusOf } from "../run-status.ts";
import { type Artifact, type Job, type PullRequest, type State, userOf, type WorkflowRun } from "../state.ts";
import { simpleCommit } from "./commits.ts";
import { minimalPullRequest } from "./pull-requests.ts";
import { apiUrl, htmlUrl, minimalRepository } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `workflow-run`. It names the open pull requests that have its commit or branch now; a fork's names none. */
export function runView(state: State, run: WorkflowRun, head: CommitRecord) {
  const url = `${apiUrl(state, run.repository)}/actions/runs/${run.id}`;
  const actor = simpleUser(state, userOf(state, run.actor));
  const isOfHead = ({ headSha, headRef }: PullRequest) => headSha === run.headSha || headRef === run.headBranch;
  const pulls = [...state.pullRequests.values()].filter(
    (pull) =>
      pull.closedAt === null && pull.repository === run.repository && pull.headRepository === run.repository && isOfHead(pull),
  );
  const named = run.headRepository === run.repository ? pulls : [];
  return {
    id: run.id,
    node_id: nodeId("WorkflowRun", run.id),
    name: run.workflowPath,
    display_title: run.title ?? run.pullRequest?.title ?? head.message.split("\n")[0] ?? "",
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflowPath,
    run_number: run.runNumber,
    run_attempt: 1,
    event: run.event,
    ...statusOf(state, run),
    workflow_id: run.workflowId,
    check_suite_id: run.id,
    check_suite_node_id: nodeId("CheckSuite", run.id),
    url,
    html_url: `${htmlUrl(state, run.repository)}/actions/runs/${run.id}`,
    pull_requests: named.map((pull) => minimalPullRequest(state, pull)),
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    actor,
    triggering_actor: actor,
    referenced_workflows: run.referencedWorkflows,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${apiUrl(state, run.repository)}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${apiUrl(state, run.repository)}/actions/workflows/${run.workflowId}`,
    head_commit: simpleCommit(head),
    repository: minimalRepository(state, run.repository),
    head_repository: minimalRepository(state, run.headRepository),
  };
}

/** GitHub's `job`. */
export function jobView(state: State, job: Job) {
  const { run } = job;
  const api = apiUrl(state, run.repository);
  return {
    id: job.id,
    run_id: run.id,
    run_attempt: 1,
    run_url: `${api}/actions/runs/${run.id}`,
    node_id: nodeId("CheckRun", job.id),
    workflow_name: run.workflowPath,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    name: job.name,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${htmlUrl(state, run.repository)}/actions/runs/${run.id}/job/${job.id}`,
    check_run_url: `${api}/check-runs/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    labels: job.labels,
    runner_id: job.run.id,
    runner_name: "runner",
    runner_group_id: 1,
    runner_group_name: "Default",
    steps: [],
  };
}

/** GitHub's `artifact`. */
export function artifactView(state: State, artifact: Artifact) {
  const { run } = artifact;
  const url = `${apiUrl(state, run.repository)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId("Artifact", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.bytes ?? 0,
    digest: artifact.digest ?? null,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: run.id,
      repository_id: run.repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}
