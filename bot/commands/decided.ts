import type { CommandFacts } from "./facts.ts";

/** What every decision in the ledger says of who made it, on what and when. */
export function decided({ pullRequest, actor, now }: CommandFacts) {
  return {
    repositoryId: pullRequest.base.repositoryId,
    pullRequest: pullRequest.number,
    headSha: pullRequest.head.sha,
    by: { id: actor.id, login: actor.login },
    at: now.toISOString(),
  };
}
