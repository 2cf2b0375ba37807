import { type Issue, type PullRequest, type Reaction, reactionContents, type State, userOf } from "../state.ts";
import { labelView } from "./labels.ts";
import { authorAssociation } from "./pull-requests.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `issue`. */
export function issueView(state: State, issue: Issue) {
  const { repository, number } = issue;
  return {
    ...commonView(state, issue),
    node_id: nodeId("Issue", issue.id),
    state: issue.state,
    state_reason: issue.stateReason,
    labels: issue.labels.map((label) => labelView(state, label)),
    closed_by: issue.closedBy === null ? null : simpleUser(state, userOf(state, issue.closedBy)),
    html_url: `${htmlUrl(state, repository)}/issues/${number}`,
    performed_via_github_app: null,
  };
}

/** GitHub's `issue`, of a pull request, as lists and a comment's webhook have it. */
export function issueOfPullRequest(state: State, pull: PullRequest) {
  const { repository, number } = pull;
  const html = `${htmlUrl(state, repository)}/pull/${number}`;
  return {
    ...commonView(state, pull),
    node_id: nodeId("PullRequest", pull.id),
    state: pull.closedAt === null ? "open" : "closed",
    draft: pull.draft,
    labels: pull.labels.map((label) => labelView(state, label)),
    html_url: html,
    pull_request: {
      url: `${apiUrl(state, repository)}/pulls/${number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.mergedAt,
    },
  };
}

function commonView(state: State, numbered: Issue | PullRequest) {
  const { repository, number } = numbered;
  const url = `${apiUrl(state, repository)}/issues/${number}`;
  return {
    id: numbered.id,
    number,
    title: numbered.title,
    body: numbered.body,
    locked: false,
    active_lock_reason: null,
    user: simpleUser(state, userOf(state, numbered.author)),
    author_association: authorAssociation(repository, numbered.author),
    assignee: null,
    assignees: [],
    milestone: null,
    comments: [...state.comments.values()].filter((comment) => comment.number === number).length,
    created_at: numbered.createdAt,
    updated_at: numbered.updatedAt,
    closed_at: numbered.closedAt,
    url,
    repository_url: apiUrl(state, repository),
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    labels_url: `${url}/labels{/name}`,
    timeline_url: `${url}/timeline`,
    reactions: reactionsView(url, []),
  };
}

/** GitHub's `reaction-rollup`. */
export function reactionsView(url: string, reactions: readonly Reaction[]) {
  const counts = reactionContents.map((content) => [content, reactions.filter((one) => one.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}
