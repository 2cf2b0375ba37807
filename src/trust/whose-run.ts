import { shortDigest } from "../evidence/digest.ts";
import type { GitHub } from "../github/github.ts";
import type { PullRequest } from "../github/pull-requests.ts";
import type { WorkflowRun } from "../github/runs.ts";
import { dispatchOf, pullRequestOfRun } from "../plan/dispatch.ts";
import { whyUnverified } from "./verify-run.ts";

/** A branch, and its commit: a tag can be called like a branch. */
export interface BranchTip {
  name: string;
  tip: string;
}

type Asked = Pick<GitHub, "repository" | "contents" | "pullRequests">;

/**
 * Whether a run at a head that the pull request had speaks for its merge: it ran the workflow as the base branch has it.
 * @param headSha that it evaluated; of a run that an event started it is the run's own
 * @returns why not, a clause
 */
export async function whyNotOfMerged(
  { run, pullRequest, headSha }: { run: WorkflowRun; pullRequest: PullRequest; headSha: string | undefined },
  branch: BranchTip,
  { repository: { owner, name }, contents, pullRequests }: Asked,
): Promise<string | undefined> {
  const { number, head, base, createdAt, closedAt } = pullRequest;
  if (!pullRequest.merged) return `#${number}, which showed it, is not merged`;
  if (base.ref !== branch.name) return `#${number} was merged into ${base.ref}`;
  // The app dispatches on the base branch, whose workflow then runs; a tag can be called like it.
  const dispatched = dispatchOf(run);
  if (dispatched?.pullRequest === number) {
    if (run.headBranch !== branch.name || !(await contents.isAncestor(run.headSha, branch.tip)))
      return `run ${run.id} was not started on ${branch.name}`;
    return dispatched.headSha !== undefined && dispatched.headSha === headSha
      ? undefined
      : `run ${run.id} was started for ${dispatched.headSha?.slice(0, 7) ?? "no head that its name tells"}`;
  }
  if (headSha === undefined) return "it names no head of the pull request";
  if (head.repositoryId !== base.repositoryId) return `#${number} came from a fork`;
  const isOfItsTime = isWithin(run.createdAt, createdAt, closedAt);
  if (run.headBranch !== head.ref || !isOfItsTime) return `run ${run.id} is none of #${number}`;
  const other = await otherPurpose(pullRequest, run, { branch, owner, pullRequests });
  if (other) return `run ${run.id} may be of #${other.number}, which came from the same branch and was to go elsewhere`;
  const since = (await pullRequests.baseChanges(number)).at(-1) ?? createdAt;
  return whyUnverified(
    run,
    {
      repository: { id: base.repositoryId, fullName: `${owner}/${name}` },
      ...{ headSha, pullRequest: number, since, baseRef: base.ref },
      headRepositoryId: head.repositoryId,
      comparison: await contents.compare(base.sha, headSha),
    },
    undefined,
  );
}

/** GitHub does not say which of a branch's pull requests a run was of, nor to which branch that one went then. */
async function otherPurpose(
  pullRequest: PullRequest,
  run: WorkflowRun,
  { branch, owner, pullRequests }: { branch: BranchTip; owner: string } & Pick<GitHub, "pullRequests">,
): Promise<PullRequest | undefined> {
  const from = await pullRequests.listByHead(owner, pullRequest.head.ref, "all");
  const beside = from.filter(
    ({ number, createdAt, closedAt }) =>
      number !== pullRequest.number &&
      Date.parse(createdAt) <= Date.parse(run.createdAt) &&
      (closedAt === undefined || Date.parse(closedAt) >= Date.parse(pullRequest.createdAt)),
  );
  for (const other of beside)
    if (other.base.ref !== branch.name || (await pullRequests.baseChanges(other.number)).length > 0) return other;
  return undefined;
}

function isWithin(at: string, from: string, to: string | undefined): boolean {
  return Date.parse(at) >= Date.parse(from) && (to === undefined || Date.parse(at) <= Date.parse(to));
}

const branchEvents: readonly string[] = ["push", "workflow_dispatch", "schedule"];

/**
 * Whether a run is the protected branch's own: of a commit that is on it, by the workflow that this has.
 * @param commit that it says it evaluated
 * @returns why not, a clause
 */
export async function whyNotOfBranch(
  { run, commit }: { run: WorkflowRun; commit: string },
  branch: BranchTip,
  { contents }: Asked,
): Promise<string | undefined> {
  if (run.repositoryId !== run.headRepositoryId) return "it is a run of another repository";
  // A queue's commit becomes the branch's.
  const isQueued = run.event === "merge_group" && run.headBranch?.startsWith(`gh-readonly-queue/${branch.name}/`);
  if (!isQueued) {
    if (!branchEvents.includes(run.event) || pullRequestOfRun(run) !== undefined) return `its run was started by ${run.event}`;
    if (run.headBranch !== branch.name) return `its run is of ${run.headBranch ?? "no branch"}, not of ${branch.name}`;
  }
  if (run.headSha !== commit) return `its run is of ${shortDigest(run.headSha, 7)}, and it names ${shortDigest(commit, 7)}`;
  return (await contents.isAncestor(run.headSha, branch.tip))
    ? undefined
    : `${shortDigest(run.headSha, 7)} is not on ${branch.name}`;
}
