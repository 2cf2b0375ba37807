import type { Evidence } from "../../evidence/evidence.ts";
import type { GitHub } from "../../github/github.ts";
import type { PullRequest, Review } from "../../github/pull-requests.ts";
import type { Decision } from "../../ledger/decision.ts";
import type { PromotionApproval } from "../../registry/decide-promotion.ts";
import type { Spec } from "../../spec/spec.ts";
import { resolveActor } from "../../trust/owners.ts";
import { recordedApprovals } from "../decided.ts";

export interface ApprovalsRequest {
  evidence: Evidence;
  /** That showed the result; without one nobody approved it by a review. */
  pullRequest: PullRequest | undefined;
  /** When the run uploaded the evidence: a review from before is of another result. */
  shownAt: string;
  /** The default branch's rules: who owns what. */
  rules: Spec;
  github: GitHub;
  /** What the app recorded, as far as it counts. */
  decisions: readonly Decision[];
}

/** Who approved the very result: reviews of the head that was evaluated, read from GitHub again, and the app's records. */
export async function readApprovals(request: ApprovalsRequest): Promise<readonly PromotionApproval[]> {
  const { evidence, pullRequest, shownAt, rules, github, decisions } = request;
  const reviews = pullRequest ? lastOfEach(await github.pullRequests.reviews(pullRequest.number)) : [];
  const reviewed = reviews.flatMap(({ state, commitSha, author, submittedAt }) =>
    state === "APPROVED" &&
    commitSha !== undefined &&
    commitSha === evidence.source.headSha &&
    Date.parse(submittedAt) >= Date.parse(shownAt)
      ? [{ ...author, headSha: commitSha, at: submittedAt, via: "review" as const }]
      : [],
  );
  const recorded = recordedApprovals(decisions, evidence).map(({ by, headSha, at, via }) => ({ ...by, headSha, at, via }));
  const people = new Map([...reviewed, ...recorded].map((approval) => [approval.id, approval]));
  return Promise.all(
    [...people.values()].map(async ({ id, login, ...approval }) => {
      const actor = await resolveActor({ id, login }, rules, github.collaborators);
      const isAuthor = login.toLowerCase() === pullRequest?.author.toLowerCase();
      return { login, ...approval, isAuthor, isOwner: actor.owns(evidence.model) };
    }),
  );
}

/** Of each person the last review that decides: a comment leaves an approval as it is. */
function lastOfEach(reviews: readonly Review[]): readonly Review[] {
  const deciding = reviews
    .filter(({ state }) => state !== "COMMENTED" && state !== "PENDING")
    .toSorted((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt));
  return [...new Map(deciding.map((review) => [review.author.id, review])).values()];
}
