import { type Review, type State, userOf } from "../state.ts";
import { authorAssociation } from "./pull-requests.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `pull-request-review`. */
export function reviewView(state: State, review: Review) {
  const { id, pull, author, body, commitSha, submittedAt } = review;
  const html = `${htmlUrl(state, pull.repository)}/pull/${pull.number}#pullrequestreview-${id}`;
  const pullUrl = `${apiUrl(state, pull.repository)}/pulls/${pull.number}`;
  return {
    id,
    node_id: nodeId("PullRequestReview", id),
    user: simpleUser(state, userOf(state, author)),
    body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: authorAssociation(pull.repository, author),
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    submitted_at: submittedAt,
    commit_id: commitSha,
  };
}
