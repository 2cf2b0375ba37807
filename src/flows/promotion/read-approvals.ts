import type { GitHub } from "../../github/github.ts";
import type { PullRequest, Review } from "../../github/pull-requests.ts";
import type { Decision } from "../../ledger/decision.ts";
import type { PromotionApproval } from "../../registry/decide-promotion.ts";
import type { Spec } from "../../spec/spec.ts";
import { resolveActor } from "../../trust/owners.ts";
import { recordedApprovals } from "../decided.ts";
import type { Result } from "./gather-results.ts";

export interface ApprovalsRequest {
  result: Result;
  /** The default branch's rules: who owns what. */
  rules: Spec;
  github: GitHub;
  /** What the app recorded, as far as it counts. */
  decisions: readonly Decision[];
}

/**
 * Who approved the very result: reviews of a head whose own run had this result of these inputs by then, read from GitHub again, and
 * the app's records.
 */
export async function readApprovals({
  result,
  rules,
  github,
  decisions,
}: ApprovalsRequest): Promise<readonly PromotionApproval[]> {
  const { evidence, uploads } = result;
  const shown = uploads.flatMap(({ shown: at, shownAt }) => (at?.headSha === undefined ? [] : [{ ...at, shownAt }]));
  const pullRequests = new Map(shown.map(({ pullRequest }) => [pullRequest.number, pullRequest]));
  const lasts: Review[] = [];
  const reviewed: (Omit<PromotionApproval, "isAuthor" | "isOwner"> & { id: number })[] = [];
  for (const number of pullRequests.keys())
    for (const review of lastOfEach(await github.pullRequests.reviews(number))) {
      const { state, commitSha, author, submittedAt } = review;
      lasts.push(review);
      const saw = shown.some(
        ({ pullRequest, headSha, shownAt }) =>
          pullRequest.number === number && headSha === commitSha && Date.parse(submittedAt) >= Date.parse(shownAt),
      );
      if (state === "APPROVED" && commitSha !== undefined && saw)
        reviewed.push({ ...author, headSha: commitSha, at: submittedAt, via: "review" });
    }
  const recorded = recordedApprovals(decisions, evidence)
    .filter((approval) => !isWithdrawn(approval, lasts))
    .map(({ by, headSha, at, via }) => ({ ...by, headSha, at, via }));
  const authors = new Set((await Promise.all([...pullRequests.values()].map((pull) => authorsOf(pull, github)))).flat());
  const people = new Map([...reviewed, ...recorded].map((approval) => [approval.id, approval]));
  return Promise.all(
    [...people.values()].map(async ({ id, login, ...approval }) => {
      const actor = await resolveActor({ id, login }, rules, github.collaborators);
      return { login, ...approval, isAuthor: authors.has(login.toLowerCase()), isOwner: actor.owns(evidence.model) };
    }),
  );
}

/** Who opened it and who made its commits, by the addresses that these name; bringing the base branch in makes nobody an author. */
async function authorsOf({ author, base, head }: PullRequest, { contents }: GitHub): Promise<readonly string[]> {
  const commits = await contents.newCommits(base.sha, head.sha);
  const own = commits.filter(({ parents, verified }) => !(verified && parents.length > 1));
  return [author, ...own.flatMap((commit) => commit.author ?? [])].map((login) => login.toLowerCase());
}

/** Of each person the last review that decides: a comment leaves an approval as it is. */
function lastOfEach(reviews: readonly Review[]): readonly Review[] {
  const deciding = reviews
    .filter(({ state }) => state !== "COMMENTED" && state !== "PENDING")
    .toSorted((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt));
  return [...new Map(deciding.map((review) => [review.author.id, review])).values()];
}

/** Whoever asked for changes since, or whose review was dismissed, does not approve any more. */
function isWithdrawn({ by, at, via }: ReturnType<typeof recordedApprovals>[number], lasts: readonly Review[]): boolean {
  const own = lasts.filter(({ author }) => author.id === by.id);
  if (via === "review" && !own.some(({ state }) => state === "APPROVED")) return true;
  return own.some(({ state, submittedAt }) => state === "CHANGES_REQUESTED" && Date.parse(submittedAt) >= Date.parse(at));
}
