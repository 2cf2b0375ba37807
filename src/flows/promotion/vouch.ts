import { GitHubError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { Evidence, Source } from "../../evidence/evidence.ts";
import type { GitHub } from "../../github/github.ts";
import type { PullRequest } from "../../github/pull-requests.ts";
import type { WorkflowRun } from "../../github/runs.ts";
import { dispatchOf } from "../../plan/dispatch.ts";
import { type BranchTip, whyNotOfBranch, whyNotOfMerged } from "../../trust/whose-run.ts";
import type { RunCommit, WhyOtherInputs } from "./inputs-of-run.ts";

/** Where a result was shown to people. */
export interface Shown {
  pullRequest: PullRequest;
  headSha: string;
}

/** Undefined: the protected branch made it. */
type Vouched = { shown: Shown | undefined } | { wrong: string };
/** With the commit that its run was of. */
type VouchedRun = { shown: Shown | undefined; of: RunCommit } | { wrong: string };

export interface Vouching {
  /**
   * Whether evidence that a run uploaded counts: the run that evaluated, the one that trained, and the one that trained the point
   * which a grid chose are each one of a pull request that was merged, or of the protected branch, and of a commit with the very
   * inputs that the evidence names.
   */
  forEvidence(evidence: Evidence, uploadedBy: WorkflowRun): Promise<Vouched>;
}

/** Who vouches for evidence, by what GitHub says of the runs that it names; each is asked for once. */
export function createVouching(branch: BranchTip, whyOtherInputs: WhyOtherInputs, github: GitHub): Vouching {
  const asked = new Map<string, Promise<VouchedRun>>();
  const once = (key: string, ask: () => Promise<VouchedRun>) => {
    const known = asked.get(key) ?? ask();
    asked.set(key, known);
    return known;
  };

  async function ofSource({ pullRequest: number, headSha, commit, run: named }: Source): Promise<VouchedRun> {
    if (named === undefined) return { wrong: "it was made by hand: only a workflow run can be vouched for" };
    const run = await github.runs.get(named.id);
    if (!run) return { wrong: `run ${named.id}, which it names, is not there any more` };
    if (number === undefined) return ofBranch(run, commit);
    const pullRequest = await findPullRequest(github, number);
    if (!pullRequest) return { wrong: `#${number}, which it names, is not there` };
    return ofMerged(run, pullRequest, headSha);
  }

  async function ofBranch(run: WorkflowRun, commit: string): Promise<VouchedRun> {
    const why = await whyNotOfBranch({ run, commit }, branch, github);
    return why === undefined ? { shown: undefined, of: { runId: run.id, head: commit, mergedWith: [] } } : { wrong: why };
  }

  async function ofMerged(run: WorkflowRun, pullRequest: PullRequest, headSha: string | undefined): Promise<VouchedRun> {
    const why = await whyNotOfMerged({ run, pullRequest, headSha }, branch, github);
    if (why !== undefined) return { wrong: why };
    if (headSha === undefined) return { wrong: "it names no head of the pull request" };
    const mergedWith = run.event === "workflow_dispatch" ? [run.headSha] : await basesOf(pullRequest, github);
    return { shown: { pullRequest, headSha }, of: { runId: run.id, head: headSha, mergedWith } };
  }

  /** A run that evaluated what another one trained: what that one says of itself says nothing of this. */
  async function ofRun(run: WorkflowRun): Promise<VouchedRun> {
    const dispatchedFor = dispatchOf(run);
    if (dispatchedFor !== undefined) {
      const pullRequest = await findPullRequest(github, dispatchedFor.pullRequest);
      return pullRequest
        ? ofMerged(run, pullRequest, dispatchedFor.headSha)
        : { wrong: `#${dispatchedFor.pullRequest} is not there` };
    }
    if (run.event !== "pull_request") return ofBranch(run, run.headSha);
    const { owner } = github.repository;
    const from = run.headBranch === undefined ? [] : await github.pullRequests.listByHead(owner, run.headBranch, "all");
    let wrong = `run ${run.id}, which evaluated it, is of no pull request that was merged into ${branch.name}`;
    for (const pullRequest of from.filter(({ merged }) => merged)) {
      const vouched = await ofMerged(run, pullRequest, run.headSha);
      if ("shown" in vouched) return vouched;
      wrong = vouched.wrong;
    }
    return { wrong };
  }

  async function withInputs(hash: Digest, vouched: VouchedRun): Promise<Vouched> {
    if ("wrong" in vouched) return vouched;
    const why = await whyOtherInputs(hash, vouched.of);
    return why === undefined ? { shown: vouched.shown } : { wrong: why };
  }

  return {
    async forEvidence({ source, inputHash, experiments }, uploadedBy) {
      const trained = await withInputs(inputHash, await once(sourceKey(source), () => ofSource(source)));
      if ("wrong" in trained) return trained;
      const chosen = experiments?.chosen === undefined ? undefined : experiments.points[experiments.chosen];
      const from = chosen?.reusedFrom;
      const point = from && (await withInputs(chosen.inputHash, await once(sourceKey(from), () => ofSource(from))));
      if (point && "wrong" in point) return { wrong: `of the experiment that was chosen: ${point.wrong}` };
      if (source.run?.id === uploadedBy.id) return trained;
      return withInputs(inputHash, await once(`run ${uploadedBy.id}`, () => ofRun(uploadedBy)));
    },
  };
}

/** What its heads were merged with: the branch as it was when it was pushed to last, and as it was when that was merged. */
async function basesOf({ base, mergeCommitSha }: PullRequest, { contents }: GitHub): Promise<readonly string[]> {
  const [commit] = mergeCommitSha === undefined ? [] : await contents.history("", mergeCommitSha, 1);
  return [...new Set([base.sha, ...(commit?.parents.slice(0, 1) ?? [])])];
}

function sourceKey({ commit, headSha, pullRequest, run }: Source): string {
  return JSON.stringify([commit, headSha, pullRequest, run?.id]);
}

async function findPullRequest(github: GitHub, number: number): Promise<PullRequest | undefined> {
  try {
    return await github.pullRequests.get(number);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}
