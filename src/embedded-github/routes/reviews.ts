import { type Answer, type Call, paginate, type Route } from "../route.ts";
import { type PullRequest, type Review, type State, timestamp, userOf } from "../state.ts";
import { reviewView } from "../views/reviews.ts";
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
