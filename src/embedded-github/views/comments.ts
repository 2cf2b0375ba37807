import { type IssueComment, type PullRequest, type Reaction, reactionContents, type State, userOf } from "../state.ts";
import { authorAssociation } from "./pull-requests.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `issue-comment`. */
export function commentView(state: State, comment: IssueComment) {
  const { repository, id, number } = comment;
  return {
    id,
    node_id: nodeId("IssueComment", id),
    url: `${apiUrl(state, repository)}/issues/comments/${id}`,
    html_url: `${htmlUrl(state, repository)}/pull/${number}#issuecomment-${id}`,
    issue_url: `${apiUrl(state, repository)}/issues/${number}`,
    user: simpleUser(state, userOf(state, comment.author)),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(repository, comment.author),
    body: comment.body,
    reactions: reactionsView(`${apiUrl(state, repository)}/issues/comments/${id}`, comment.reactions),
    performed_via_github_app: null,
  };
}

/** GitHub's `issue`, of a pull request, as a comment's webhook has it. */
export function issueView(state: State, pull: PullRequest) {
  const { repository, number } = pull;
  const url = `${apiUrl(state, repository)}/issues/${number}`;
  const html = `${htmlUrl(state, repository)}/pull/${number}`;
  return {
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number,
    title: pull.title,
    body: pull.body,
    state: pull.closedAt === null ? "open" : "closed",
    locked: false,
    active_lock_reason: null,
    draft: pull.draft,
    user: simpleUser(state, userOf(state, pull.author)),
    author_association: authorAssociation(repository, pull.author),
    assignee: null,
    assignees: [],
    labels: [],
    milestone: null,
    comments: [...state.comments.values()].filter((comment) => comment.number === number).length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    url,
    repository_url: apiUrl(state, repository),
    html_url: html,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    labels_url: `${url}/labels{/name}`,
    timeline_url: `${url}/timeline`,
    pull_request: {
      url: `${apiUrl(state, repository)}/pulls/${number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.mergedAt,
    },
    reactions: reactionsView(url, []),
  };
}

/** GitHub's `reaction-rollup`. */
function reactionsView(url: string, reactions: readonly Reaction[]) {
  const counts = reactionContents.map((content) => [content, reactions.filter((one) => one.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}
