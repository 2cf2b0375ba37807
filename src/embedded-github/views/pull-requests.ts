import { type PullRequest, type Repository, type State, userOf } from "../state.ts";
import { labelView } from "./labels.ts";
import { apiUrl, htmlUrl, repositoryView } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `pull-request-simple`, as lists show it. */
export function simplePullRequest(state: State, pull: PullRequest) {
  const { repository, number } = pull;
  const api = apiUrl(state, repository);
  const html = `${htmlUrl(state, repository)}/pull/${number}`;
  const links = {
    self: `${api}/pulls/${number}`,
    html,
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${api}/pulls/${number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${api}/pulls/${number}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  return {
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number,
    state: pull.closedAt === null ? "open" : "closed",
    locked: false,
    active_lock_reason: null,
    draft: pull.draft,
    title: pull.title,
    body: pull.body,
    user: simpleUser(state, userOf(state, pull.author)),
    url: links.self,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: links.issue,
    comments_url: links.comments,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    statuses_url: links.statuses,
    labels: pull.labels.map((label) => labelView(state, label)),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    author_association: authorAssociation(repository, pull.author),
    auto_merge: null,
    merge_commit_sha: pull.mergeCommitSha,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    head: side(state, pull.headRepository, pull.headRef, pull.headSha),
    base: side(state, repository, pull.baseRef, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

export interface PullRequestCounts {
  additions: number;
  deletions: number;
  changedFiles: number;
  commits: number;
  comments: number;
}

/** GitHub's `pull-request`. */
export function pullRequestView(state: State, pull: PullRequest, counts: PullRequestCounts) {
  const open = pull.closedAt === null;
  return {
    ...simplePullRequest(state, pull),
    merged: pull.mergedAt !== null,
    mergeable: open ? true : null,
    mergeable_state: open ? "clean" : "unknown",
    rebaseable: open ? true : null,
    merged_by: pull.mergedBy === null ? null : simpleUser(state, userOf(state, pull.mergedBy)),
    maintainer_can_modify: false,
    comments: counts.comments,
    review_comments: 0,
    commits: counts.commits,
    additions: counts.additions,
    deletions: counts.deletions,
    changed_files: counts.changedFiles,
  };
}

/** GitHub's `pull-request-minimal`, as checks and runs name their pull requests. */
export function minimalPullRequest(state: State, pull: PullRequest) {
  const end = (repository: Repository, ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: repository.id, name: repository.name, url: apiUrl(state, repository) },
  });
  return {
    id: pull.id,
    number: pull.number,
    url: `${apiUrl(state, pull.repository)}/pulls/${pull.number}`,
    head: end(pull.headRepository, pull.headRef, pull.headSha),
    base: end(pull.repository, pull.baseRef, pull.baseSha),
  };
}

function side(state: State, repository: Repository, ref: string, sha: string) {
  return {
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: simpleUser(state, userOf(state, repository.owner)),
    repo: repositoryView(state, repository),
  };
}

export function authorAssociation(repository: Repository, login: string): string {
  if (login === repository.owner) return "OWNER";
  return repository.collaborators.has(login) ? "COLLABORATOR" : "NONE";
}
