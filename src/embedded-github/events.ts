import { readCommit } from "./git/commits.ts";
import { countsOf } from "./pull-request-counts.ts";
import type {
  CheckRun,
  Deployment,
  DeploymentStatus,
  Gate,
  IssueComment,
  PullRequest,
  Release,
  Repository,
  Review,
  State,
  WorkflowRun,
} from "./state.ts";
import { checkRunView } from "./views/checks.ts";
import { commentView } from "./views/comments.ts";
import { deploymentStatusView, deploymentView } from "./views/deployments.ts";
import { issueOfPullRequest } from "./views/issues.ts";
import { pullRequestView, simplePullRequest } from "./views/pull-requests.ts";
import { releaseView } from "./views/releases.ts";
import { apiUrl, htmlUrl } from "./views/repositories.ts";
import { reviewView } from "./views/reviews.ts";
import { runView } from "./views/runs.ts";
import { nodeId } from "./views/users.ts";
import { emit } from "./webhooks.ts";

type PullRequestAction = "opened" | "synchronize" | "closed" | "reopened" | "ready_for_review" | "edited";

export async function pullRequestEvent(
  state: State,
  pull: PullRequest,
  action: PullRequestAction,
  sender: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { repository, number } = pull;
  const payload = { number, pull_request: pullRequestView(state, pull, await countsOf(state, pull)), ...more };
  emit(state, { event: "pull_request", action, repository, sender, payload });
}

export function commentEvent(state: State, comment: IssueComment): void {
  const { repository, number, author: sender } = comment;
  const pull = state.pullRequests.get(number);
  if (!pull) return;
  const payload = { issue: issueOfPullRequest(state, pull), comment: commentView(state, comment) };
  emit(state, { event: "issue_comment", action: "created", repository, sender, payload });
}

/** Its states are in small letters here. */
export function reviewEvent(state: State, review: Review): void {
  const { pull, author: sender } = review;
  const payload = {
    review: { ...reviewView(state, review), state: review.state.toLowerCase() },
    pull_request: simplePullRequest(state, pull),
  };
  emit(state, { event: "pull_request_review", action: "submitted", repository: pull.repository, sender, payload });
}

export async function runEvent(state: State, run: WorkflowRun, action: "requested" | "completed"): Promise<void> {
  const { repository, actor: sender } = run;
  const url = `${apiUrl(state, repository)}/actions/workflows/${run.workflowId}`;
  const html = htmlUrl(state, repository);
  const workflow = {
    id: run.workflowId,
    node_id: nodeId("Workflow", run.workflowId),
    name: run.workflowPath,
    path: run.workflowPath,
    state: "active",
    url,
    html_url: `${html}/blob/${repository.defaultBranch}/${run.workflowPath}`,
    badge_url: `${html}/workflows/${encodeURIComponent(run.workflowPath)}/badge.svg`,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
  const payload = { workflow, workflow_run: runView(state, run, await readCommit(repository.git, run.headSha)) };
  emit(state, { event: "workflow_run", action, repository, sender, payload });
}

/** A branch or a tag is new. It has no action. */
export function createEvent(state: State, repository: Repository, ref: string, sender: string): void {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === undefined || name === undefined) return;
  const payload = {
    ref: name,
    ref_type: kind === "tags" ? "tag" : "branch",
    master_branch: repository.defaultBranch,
    description: null,
    pusher_type: "user",
  };
  emit(state, { event: "create", repository, sender, payload });
}

/** GitHub tells of it twice, of a draft that was published as of a release that is new. */
export function releasePublishedEvent(state: State, release: Release, sender: string): void {
  const { repository } = release;
  const payload = { release: releaseView(state, release) };
  for (const action of ["published", release.prerelease ? "prereleased" : "released"])
    emit(state, { event: "release", action, repository, sender, payload });
}

export function deploymentEvent(state: State, deployment: Deployment): void {
  const { repository, creator: sender } = deployment;
  // No workflow deploys here.
  const payload = { deployment: deploymentView(state, deployment), workflow: null, workflow_run: null };
  emit(state, { event: "deployment", action: "created", repository, sender, payload });
}

/** Only the app hears of it that is asked. */
export function gateEvent(state: State, { run, app, deployment }: Gate): void {
  const { repository, actor: sender } = run;
  const payload = {
    environment: deployment.environment,
    event: run.event,
    sha: run.headSha,
    ref: deployment.ref,
    deployment_callback_url: `${apiUrl(state, repository)}/actions/runs/${run.id}/deployment_protection_rule`,
    deployment: deploymentView(state, deployment),
    pull_requests: [],
  };
  emit(state, { event: "deployment_protection_rule", action: "requested", repository, sender, payload, onlyFor: app });
}

export function deploymentStatusEvent(state: State, status: DeploymentStatus): void {
  const { deployment, creator: sender } = status;
  const payload = {
    deployment_status: deploymentStatusView(state, status),
    deployment: deploymentView(state, deployment),
    check_run: null,
  };
  emit(state, { event: "deployment_status", action: "created", repository: deployment.repository, sender, payload });
}

/** Only the app hears of it that made the check run. */
export function buttonEvent(state: State, run: CheckRun, identifier: string, sender: string): void {
  const onlyFor = [...state.apps.values()].find(({ slug }) => slug === run.appSlug);
  if (!onlyFor) return;
  const payload = { check_run: checkRunView(state, run), requested_action: { identifier } };
  emit(state, { event: "check_run", action: "requested_action", repository: run.repository, sender, payload, onlyFor });
}
