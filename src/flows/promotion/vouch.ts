import { GitHubError } from "../../errors/errors.ts";
import type { Evidence, Source } from "../../evidence/evidence.ts";
import type { GitHub } from "../../github/github.ts";
import type { PullRequest } from "../../github/pull-requests.ts";
import type { WorkflowRun } from "../../github/runs.ts";
import { pullRequestOfRun } from "../../plan/dispatch.ts";
import { type BranchTip, whyNotOfBranch, whyNotOfMerged } from "../../trust/whose-run.ts";

/** Where a result was shown to people. */
export interface Shown {
  pullRequest: PullRequest;
  /** Undefined where nobody says which head was evaluated: of a run that the app dispatched, and that trained nothing. */
  headSha: string | undefined;
}

/** Undefined: the protected branch made it. */
type Vouched = { shown: Shown | undefined } | { wrong: string };

export interface Vouching {
  /**
   * Whether evidence that a run uploaded counts: the run that evaluated, the one that trained, and the one that trained the point
   * which a grid chose are each one of a pull request that was merged, or of the protected branch.
   */
  forEvidence(evidence: Evidence, uploadedBy: WorkflowRun): Promise<Vouched>;
}

/** Who vouches for evidence, by what GitHub says of the runs that it names; each is asked for once. */
export function createVouching(branch: BranchTip, github: GitHub): Vouching {
  const asked = new Map<string, Promise<Vouched>>();
  const once = (key: string, ask: () => Promise<Vouched>) => {
    const known = asked.get(key) ?? ask();
    asked.set(key, known);
    return known;
  };

  async function ofSource({ pullRequest: number, headSha, commit, run: named }: Source): Promise<Vouched> {
    if (named === undefined) return { wrong: "it was made by hand: only a workflow run can be vouched for" };
    const run = await github.runs.get(named.id);
    if (!run) return { wrong: `run ${named.id}, which it names, is not there any more` };
    if (number === undefined) {
      const why = await whyNotOfBranch({ run, commit }, branch, github);
      return why === undefined ? { shown: undefined } : { wrong: why };
    }
    const pullRequest = await findPullRequest(github, number);
    if (!pullRequest) return { wrong: `#${number}, which it names, is not there` };
    return ofMerged(run, pullRequest, headSha);
  }

  async function ofMerged(run: WorkflowRun, pullRequest: PullRequest, headSha: string | undefined): Promise<Vouched> {
    const why = await whyNotOfMerged({ run, pullRequest, headSha }, branch, github);
    return why === undefined ? { shown: { pullRequest, headSha } } : { wrong: why };
  }

  /** A run that evaluated what another one trained: what that one says of itself says nothing of this. */
  async function ofRun(run: WorkflowRun): Promise<Vouched> {
    const dispatchedFor = pullRequestOfRun(run);
    if (dispatchedFor !== undefined) {
      const pullRequest = await findPullRequest(github, dispatchedFor);
      return pullRequest ? ofMerged(run, pullRequest, undefined) : { wrong: `#${dispatchedFor} is not there` };
    }
    if (run.event !== "pull_request") {
      const why = await whyNotOfBranch({ run, commit: run.headSha }, branch, github);
      return why === undefined ? { shown: undefined } : { wrong: why };
    }
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

  return {
    async forEvidence({ source, experiments }, uploadedBy) {
      const trained = await once(sourceKey(source), () => ofSource(source));
      if ("wrong" in trained) return trained;
      const chosen = experiments?.chosen === undefined ? undefined : experiments.points[experiments.chosen]?.reusedFrom;
      const point = chosen && (await once(sourceKey(chosen), () => ofSource(chosen)));
      if (point && "wrong" in point) return { wrong: `of the experiment that was chosen: ${point.wrong}` };
      return source.run?.id === uploadedBy.id ? trained : once(`run ${uploadedBy.id}`, () => ofRun(uploadedBy));
    },
  };
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
