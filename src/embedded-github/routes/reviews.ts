import { type Answer, type Call, paginate, type Route } from "../route.ts";
import { type PullRequest, type Review, type State, timestamp, userOf } from "../state.ts";
import { authorAssociation } from "../views/pull-requests.ts";
import { apiUrl, htmlUrl } from "../views/repositories.ts";
import { nodeId, simpleUser } from "../views/users.ts";
import { pullRequestOf } from "./pull-requests.ts";

export const reviewRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/pulls/{number}/reviews",
    anyOf: ["pull-requests:read"],
    handle: listReviews,
  },
];

export interface ReviewRequest {
  author: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  body?: string | undefined;
  /** What was looked at; default the head. */
  commitSha?: string | undefined;
}

/** Stores a review as anybody's. Throws when the author of the pull request judges it. */
export function addReview(state: State, pull: PullRequest, request: ReviewRequest): Review {
  if (request.state !== "COMMENTED" && request.author === pull.author) {
    throw new Error(`${request.author} opened #${pull.number}: GitHub lets nobody approve or refuse their own pull request.`);
  }
  const { author, body = "", commitSha = pull.headSha } = request;
  const review: Review = { id: state.nextId(), pull, author, state: request.state, body, commitSha, submittedAt: timestamp() };
  userOf(state, author);
  state.reviews.set(review.id, review);
  return review;
}

/** Oldest first. */
async function listReviews(call: Call): Promise<Answer> {
  const pull = pullRequestOf(call);
  const { page, headers } = paginate(
    call,
    [...call.state.reviews.values()].filter((review) => review.pull === pull),
  );
  return { status: 200, headers, json: page.map((review) => reviewView(call.state, review)) };
}

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
