/** What an event and the commit that is checked out say of each other. */
export interface EventCommits {
  /** The commit that the event is about: of a pull request its merge commit. */
  commit: string;
  checkedOut: string;
  /** Parents of the checked-out commit. */
  parents: readonly string[];
  /** Of a push: where the branch was before, null when it is new. */
  before: string | null;
  pullRequest: { headSha: string; baseSha: string } | undefined;
  /** Of a merge queue: what the group stands on, which can be another group. */
  mergeGroup?: { baseSha: string } | undefined;
  kind: "pull_request" | "push" | "manual";
}

/**
 * The commit that a change is compared with, whose rules are in force. GitHub's merge commit of a pull request names the base that
 * it was made with, where the event's can be older; any other merge commit is the contributor's own and says nothing.
 */
export function baseOfEvent({ commit, checkedOut, parents, before, pullRequest, mergeGroup, kind }: EventCommits): string | null {
  if (kind === "push") return before;
  if (mergeGroup) return mergeGroup.baseSha;
  if (!pullRequest) return parents[0] ?? null;
  const [base, head] = parents;
  const isGitHubsMerge = checkedOut === commit && parents.length === 2 && head === pullRequest.headSha;
  return isGitHubsMerge && base !== undefined ? base : pullRequest.baseSha;
}
