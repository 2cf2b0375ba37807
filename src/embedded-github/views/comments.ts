import { type IssueComment, type PullRequest, type Repository, type State, userOf } from "../state.ts";
import { reactionsView } from "./issues.ts";
import { authorAssociation } from "./pull-requests.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `issue-event-for-issue`. */
export function eventView(state: State, repository: Repository, { id, event, by, at, commit }: PullRequest["events"][number]) {
  return {
    id,
    node_id: nodeId(event === "base_ref_changed" ? "BaseRefChangedEvent" : "HeadRefForcePushedEvent", id),
    url: `${apiUrl(state, repository)}/issues/events/${id}`,
    actor: simpleUser(state, userOf(state, by)),
    event,
    commit_id: commit,
    commit_url: commit && `${apiUrl(state, repository)}/commits/${commit}`,
    created_at: at,
    performed_via_github_app: null,
  };
}

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
