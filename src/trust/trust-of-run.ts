import { type TrustLevel, trustLevels } from "./trust.ts";

export interface RunFacts {
  /** Id of the repository that Assay works for. */
  repositoryId: number;
  /** Id of the repository that the run's head commit came from, as GitHub says; undefined when that repository is gone. */
  headRepositoryId: number | undefined;
  /** Whether the commit that was trained lies on a protected branch, whatever ref the run was started on. */
  trainedCommitIsOnProtectedBranch: boolean;
}

/**
 * How far a run's evidence may be believed. A fork writes its own workflow file, so whatever ran for a fork is a claim, also
 * when the commit that it names is a protected one; a head repository that is gone counts as a fork. Within the repository the
 * trained commit decides.
 */
export function trustOfRun(facts: RunFacts): TrustLevel {
  if (facts.headRepositoryId !== facts.repositoryId) return "fork";
  return facts.trainedCommitIsOnProtectedBranch ? "protected" : "pull-request";
}

/**
 * Whether evidence of trust `have` may serve where `need` is asked for. Reuse never crosses upwards:
 *
 * | have \ need    | fork | pull-request | protected                  |
 * |----------------|------|--------------|----------------------------|
 * | `fork`         | yes  | no           | no                         |
 * | `pull-request` | yes  | yes          | if its PR was merged there |
 * | `protected`    | yes  | yes          | yes                        |
 *
 * @param options.mergedPullRequest whether the evidence's own pull request was merged into that protected branch
 */
export function mayReuse(have: TrustLevel, need: TrustLevel, options: { mergedPullRequest: boolean }): boolean {
  if (have === "pull-request" && need === "protected") return options.mergedPullRequest;
  return trustLevels.indexOf(have) >= trustLevels.indexOf(need);
}

/**
 * Whether evidence may become part of another run, as the point of a grid or what a training goes on from. That run is trusted as
 * the change that made it, also once it is merged: what is not protected serves its own change only.
 */
export function mayBecomePart(
  have: TrustLevel,
  need: TrustLevel,
  options: { mergedPullRequest: boolean; sameChange: boolean },
): boolean {
  return mayReuse(have, need, options) && (have === "protected" || options.mergedPullRequest || options.sameChange);
}

/** The pull request, or the commit, that a workflow run is about. */
export interface Change {
  headSha: string;
  pullRequest:
    | { number?: number | undefined; headRef: string; headRepositoryId: number | undefined; createdAt: string | undefined }
    | undefined;
}

/** Whether a run, as GitHub tells of it, is the change's own. Of a branch's runs those are that the pull request has seen. */
export function isRunOfChange(
  run: { headSha: string; headBranch: string | undefined; headRepositoryId: number | undefined; createdAt: string },
  { headSha, pullRequest }: Change,
): boolean {
  if (run.headSha === headSha) return true;
  if (pullRequest?.createdAt === undefined || pullRequest.headRepositoryId === undefined) return false;
  const { headRef, headRepositoryId, createdAt } = pullRequest;
  const isOfBranch = run.headBranch === headRef && run.headRepositoryId === headRepositoryId;
  return isOfBranch && Date.parse(run.createdAt) >= Date.parse(createdAt);
}
