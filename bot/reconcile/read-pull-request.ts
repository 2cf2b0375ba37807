import type { GitHub } from "../../src/github/github.ts";
import type { PullRequest } from "../../src/github/pull-requests.ts";
import type { WorkflowRun } from "../../src/github/runs.ts";
import type { Memory } from "./memory.ts";
import type { PullRequestSubject } from "./pull-request.ts";

/** A pull request, and what was read along with it. */
export interface ReadPullRequest {
  /** Where GitHub was not asked for it just now its test merge is left out. */
  pull: PullRequest;
  /** Runs on its head, where they were read, or where nothing that ran can have ended; undefined: not read yet. */
  runs: readonly WorkflowRun[] | undefined;
  /** It waits for a run as it did before, since all that happened is a push: GitHub was not asked. */
  isPush: boolean;
}

/**
 * What GitHub says of a pull request. A push to what waits for its run anyway is believed to the webhook, by which nothing is decided;
 * and where a run is waited for, the list of runs that has to be read names the pull request as it is now.
 * @param isAsked somebody waits for an answer, which is given by what GitHub says of the pull request itself
 */
export async function readPullRequest(
  github: GitHub,
  { pushed, number }: PullRequestSubject,
  memory: Memory,
  isAsked: boolean,
): Promise<ReadPullRequest> {
  const { pull: known } = memory;
  const isNew = pushed !== undefined && memory.seen.every(({ headSha }) => headSha !== pushed.head.sha);
  if (isNew && !isAsked && known && memory.trains && goesOn(known, pushed))
    return { pull: { ...pushed, mergeCommitSha: undefined }, runs: [], isPush: true };
  if (!isNew && !isAsked && known && memory.settled !== known.head.sha && isOfRepository(known)) {
    const runs = await github.runs.ofCommit(known.head.sha);
    if (runs.some((run) => names(run, known))) return { pull: { ...known, mergeCommitSha: undefined }, runs, isPush: false };
  }
  const pull = await github.pullRequests.get(number);
  // A run that ended before would have been heard of.
  return { pull, runs: isNew && pull.head.sha === pushed.head.sha ? [] : undefined, isPush: false };
}

/** The same pull request to the same branch, later. */
function goesOn(known: PullRequest, pushed: PullRequest): boolean {
  const { base, number } = known;
  const isSame = pushed.number === number && pushed.base.ref === base.ref && pushed.base.repositoryId === base.repositoryId;
  return isSame && pushed.state === "open" && Date.parse(pushed.updatedAt) >= Date.parse(known.updatedAt);
}

/** Of a fork's runs GitHub names no pull request. */
function isOfRepository({ head, base }: PullRequest): boolean {
  return head.repositoryId === base.repositoryId;
}

function names(run: WorkflowRun, { number, head, base }: PullRequest): boolean {
  return run.pullRequests.some((named) => named.number === number && named.headSha === head.sha && named.baseRef === base.ref);
}
