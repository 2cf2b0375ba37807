import { buttonEvent, commentEvent, createEvent, pullRequestEvent, reviewEvent } from "./events.ts";
import { readCommit } from "./git/commits.ts";
import { isAncestor } from "./git/history.ts";
import { readRef } from "./git/refs.ts";
import {
  knownRepository,
  merge,
  openPullRequest,
  type PullRequestRequest,
  type PullRequestShas,
  queueMerge,
  synchronise,
} from "./pull-request-lifecycle.ts";
import { addComment } from "./routes/comments.ts";
import { waitAtGate } from "./routes/gates.ts";
import { addReview, type ReviewRequest } from "./routes/reviews.ts";
import { type PullRequest, type State, timestamp, userOf } from "./state.ts";
import { simpleCommit } from "./views/commits.ts";
import { emit } from "./webhooks.ts";

/** What people do, and the merge queue; apps hear of it. */
export interface Activity {
  /** After a push of a new tag. */
  announceTag(request: { repository: string; tag: string; by: string }): Promise<void>;
  /** A run's job comes to an environment that the app protects, and waits for its answer. */
  waitAtGate(request: { runId: number; environment: string; appId: number }): Promise<{ deploymentId: number }>;
  /** Opens a pull request with real `refs/pull/N/head` and `refs/pull/N/merge`; throws when it would conflict. */
  createPullRequest(request: PullRequestRequest): Promise<PullRequestShas>;
  /** After a push: the new head, base and test merge. */
  refreshPullRequest(number: number): Promise<PullRequestShas>;
  /** @returns the commit that the base branch got */
  mergePullRequest(number: number, method: "merge" | "squash", mergedBy?: string): Promise<string>;
  /** Makes it go to another branch, from the same head. */
  retargetPullRequest(number: number, baseRef: string, by?: string): Promise<PullRequestShas>;
  closePullRequest(number: number, by?: string): Promise<void>;
  reopenPullRequest(number: number, by?: string): Promise<void>;
  /** No draft any more. */
  markReady(number: number): Promise<void>;
  /** Comments as anybody. */
  addComment(request: { number: number; author: string; body: string }): Promise<{ id: number }>;
  /** Reviews as anybody: the head, unless another commit is said. */
  review(request: ReviewRequest & { number: number }): Promise<{ id: number }>;
  /** Clicks a button of a check run. */
  clickButton(request: { checkRunId: number; identifier: string; by: string }): Promise<void>;
  /** Puts the pull request into the merge queue: a branch with the commit that would be merged. */
  createMergeGroup(number: number): Promise<MergeGroup>;
}

export interface MergeGroup {
  headSha: string;
  /** `refs/heads/gh-readonly-queue/main/pr-1-…` */
  headRef: string;
  baseSha: string;
  baseRef: string;
}

export function createActivity(state: State): Activity {
  const pullOf = (number: number) => pullRequestOf(state, number);
  const ownerOf = (pull: PullRequest) => pull.repository.owner;
  return {
    announceTag: async ({ repository, tag, by }) => {
      const known = knownRepository(state, repository);
      const ref = `refs/tags/${tag}`;
      if ((await readRef(known.git, ref)) === undefined) throw new Error(`There is no tag ${tag} in ${repository}.`);
      createEvent(state, known, ref, userOf(state, by).login);
    },
    waitAtGate: async ({ runId, environment, appId }) => {
      const [run, app] = [state.runs.get(runId), state.apps.get(appId)];
      if (!run || !app) throw new Error(`There is no workflow run ${runId} or no app ${appId} on the embedded GitHub.`);
      return { deploymentId: waitAtGate(state, run, app, environment).deployment.id };
    },
    createPullRequest: async (request) => {
      const shas = await openPullRequest(state, request);
      await pullRequestEvent(state, pullOf(shas.number), "opened", request.author);
      return shas;
    },
    refreshPullRequest: async (number) => {
      const pull = pullOf(number);
      const before = pull.headSha;
      const shas = await synchronise(pull);
      if (shas.headSha !== before) {
        const { updatedAt: at, author: by } = pull;
        if (!(await isAncestor(pull.repository.git, before, shas.headSha)))
          pull.events.push({ id: state.nextId(), event: "head_ref_force_pushed", by, at, commit: shas.headSha });
        await pullRequestEvent(state, pull, "synchronize", pull.author, { before, after: shas.headSha });
      }
      return shas;
    },
    mergePullRequest: async (number, method, mergedBy) => {
      const pull = pullOf(number);
      const { login } = userOf(state, mergedBy ?? ownerOf(pull));
      const commit = await merge(state, pull, method, login);
      await pullRequestEvent(state, pull, "closed", login);
      return commit;
    },
    retargetPullRequest: async (number, baseRef, by) => {
      const pull = pullOf(number);
      const changes = { base: { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } } };
      pull.baseRef = baseRef;
      const shas = await synchronise(pull);
      const sender = by ?? pull.author;
      pull.events.push({ id: state.nextId(), event: "base_ref_changed", by: sender, at: pull.updatedAt, commit: null });
      await pullRequestEvent(state, pull, "edited", sender, { changes });
      return shas;
    },
    closePullRequest: async (number, by) => {
      const pull = pullOf(number);
      pull.closedAt = timestamp();
      pull.updatedAt = pull.closedAt;
      await pullRequestEvent(state, pull, "closed", by ?? ownerOf(pull));
    },
    reopenPullRequest: async (number, by) => {
      const pull = pullOf(number);
      if (pull.mergedAt !== null) throw new Error(`Pull request ${number} is merged.`);
      pull.closedAt = null;
      pull.updatedAt = timestamp();
      await pullRequestEvent(state, pull, "reopened", by ?? ownerOf(pull));
    },
    markReady: async (number) => {
      const pull = pullOf(number);
      pull.draft = false;
      pull.updatedAt = timestamp();
      await pullRequestEvent(state, pull, "ready_for_review", pull.author);
    },
    addComment: async ({ number, author, body }) => {
      const comment = addComment(state, { repository: pullOf(number).repository, number, author, body });
      commentEvent(state, comment);
      return { id: comment.id };
    },
    review: async ({ number, ...request }) => {
      const review = addReview(state, pullOf(number), request);
      reviewEvent(state, review);
      return { id: review.id };
    },
    clickButton: async ({ checkRunId, identifier, by }) => {
      const run = state.checkRuns.get(checkRunId);
      if (!run?.actions.some((action) => action.identifier === identifier)) {
        const there = run?.actions.map((action) => action.identifier).join(", ") || "none";
        throw new Error(`Check run ${checkRunId} has no button ${identifier}; it has ${there}.`);
      }
      buttonEvent(state, run, identifier, by);
    },
    createMergeGroup: async (number) => {
      const pull = pullOf(number);
      const { repository } = pull;
      const group = await queueMerge(pull);
      const head = simpleCommit(await readCommit(repository.git, group.headSha));
      const merge_group = {
        head_sha: group.headSha,
        head_ref: group.headRef,
        base_sha: group.baseSha,
        base_ref: group.baseRef,
        head_commit: head,
      };
      const sender = "github-merge-queue[bot]";
      emit(state, { event: "merge_group", action: "checks_requested", repository, sender, payload: { merge_group } });
      return group;
    },
  };
}

function pullRequestOf(state: State, number: number): PullRequest {
  const pull = state.pullRequests.get(number);
  if (!pull) throw new Error(`There is no pull request ${number} on the embedded GitHub.`);
  return pull;
}
