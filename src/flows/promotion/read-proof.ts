import { AssayError, GitHubError } from "../../errors/errors.ts";
import { type Digest, shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { maxEvidenceBytes, parseEvidence } from "../../evidence/parse-evidence.ts";
import { verifySeal } from "../../evidence/seal.ts";
import type { GitHub } from "../../github/github.ts";
import type { PullRequest } from "../../github/pull-requests.ts";
import type { WorkflowRun } from "../../github/runs.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { ledgerBranch } from "../../ledger/ledger.ts";
import { pullRequestOfRun } from "../../plan/dispatch.ts";
import { whyUnverified } from "../../trust/verify-run.ts";
import { evidenceFileName } from "../job-files.ts";
import { readArtifact } from "../read-artifact.ts";

export interface ProofRequest {
  model: string;
  /** Of the tagged tree. */
  inputHash: Digest;
  /** The default branch, and its commit: a tag can be called like a branch. */
  branch: string;
  tip: string;
  github: GitHub;
  ledger: Pick<Ledger, "findEvidence">;
}

/** Evidence that its own run vouches for, and the merged pull request that showed it; undefined: it was made on the branch itself. */
export interface FoundProof {
  evidence: Evidence;
  pullRequest: PullRequest | undefined;
  /** When the run uploaded it, ISO 8601: who approved before cannot have seen it. */
  shownAt: string;
}

/**
 * The evidence of a tagged tree's inputs, by the one promotion rule: of the very inputs, and either made on the protected branch or
 * by a pull request that was merged into it. The ledger, in which anybody who can push can write, only says which run to ask: what
 * counts is what that run uploaded, and what GitHub says of the run.
 */
export async function readProof(request: ProofRequest): Promise<FoundProof | { wrong: string }> {
  const { model, inputHash, branch, github, ledger } = request;
  const inputs = `inputs ${shortDigest(inputHash)}`;
  const recorded = await unlessWrong(() => ledger.findEvidence(model, inputHash));
  if (recorded !== undefined && "wrong" in recorded) return recorded;
  if (!recorded)
    return {
      wrong: `No evidence of ${model} with the tagged tree's ${inputs} is on branch ${ledgerBranch}. The workflow records it when ${branch} moves; run it there.`,
    };
  const id = recorded.source.run?.id;
  if (id === undefined) return { wrong: `The evidence of ${inputs} was made by hand: only a workflow run can be vouched for.` };
  const run = await github.runs.get(id);
  if (!run) return { wrong: `Run ${id}, which the evidence of ${inputs} names, is not there any more.` };
  const own = await unlessWrong(() => readOwn(request, run));
  if ("wrong" in own) return own;
  const { source } = own.evidence;
  const pullRequest = source.pullRequest === undefined ? undefined : await findPullRequest(github, source.pullRequest);
  if (pullRequest === null) return { wrong: `#${source.pullRequest}, which the evidence of ${inputs} names, is not there.` };
  const why =
    whyNotOfRun(own.evidence, run, github) ??
    (pullRequest
      ? await whyNotOfMerged({ run, pullRequest, evidence: own.evidence }, request)
      : await whyNotOfBranch(run, own.evidence, request));
  return why === undefined ? { ...own, pullRequest } : { wrong: `Evidence of ${inputs} does not count: ${why}.` };
}

/** What the run itself kept, which nobody can write into afterwards. */
async function readOwn(
  { model, inputHash, github }: ProofRequest,
  run: WorkflowRun,
): Promise<Pick<FoundProof, "evidence" | "shownAt"> | { wrong: string }> {
  const name = evidenceFileName(model, inputHash);
  const artifacts = await github.artifacts.ofRun(run.id);
  const found = artifacts.find((artifact) => artifact.name === name);
  if (!found || found.expired)
    return {
      wrong: `Run ${run.id} does not have ${name} any more, and the ledger's copy alone proves nothing: anybody who can push can write there. Train and evaluate ${model} again in a pull request.`,
    };
  const evidence = parseEvidence((await readArtifact(github, artifacts)(name, maxEvidenceBytes)) ?? "", name);
  verifySeal(evidence);
  if (evidence.model === model && evidence.inputHash === inputHash) return { evidence, shownAt: found.createdAt };
  return { wrong: `${name} of run ${run.id} is of ${evidence.model} and inputs ${shortDigest(evidence.inputHash)}.` };
}

/** Evidence names its run itself. @returns why it is not that run's, a clause */
function whyNotOfRun({ source }: Evidence, run: WorkflowRun, { repository }: GitHub): string | undefined {
  if (source.repository.toLowerCase() !== `${repository.owner}/${repository.name}`.toLowerCase())
    return `it says that it was made in ${source.repository}`;
  return source.run?.id === run.id ? undefined : `run ${run.id} has it, and it says that run ${source.run?.id ?? "none"} made it`;
}

async function findPullRequest(github: GitHub, number: number): Promise<PullRequest | null> {
  try {
    return await github.pullRequests.get(number);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return null;
    throw error;
  }
}

/** @returns why the run does not speak for the pull request's merge, a clause */
async function whyNotOfMerged(
  { run, pullRequest, evidence }: { run: WorkflowRun; pullRequest: PullRequest; evidence: Evidence },
  { branch, tip, github }: ProofRequest,
): Promise<string | undefined> {
  const { number, head, base, createdAt } = pullRequest;
  const { headSha } = evidence.source;
  if (!pullRequest.merged) return `#${number}, which showed it, is not merged`;
  if (base.ref !== branch) return `#${number} was merged into ${base.ref}`;
  if (headSha === undefined) return "it names no head of the pull request";
  if (head.repositoryId !== base.repositoryId && pullRequestOfRun(run) !== number) return `#${number} came from a fork`;
  // The app dispatches on the base branch, whose workflow then runs; a tag can be called like it.
  if (pullRequestOfRun(run) === number)
    return run.event === "workflow_dispatch" && run.headBranch === branch && (await github.contents.isAncestor(run.headSha, tip))
      ? undefined
      : `run ${run.id} was not started on ${branch}`;
  if (run.headBranch !== head.ref || Date.parse(run.createdAt) < Date.parse(createdAt))
    return `run ${run.id} is none of #${number}`;
  const { owner, name } = github.repository;
  // GitHub does not say which of a branch's pull requests a run was of, nor to which branch that went then.
  const others = (await github.pullRequests.listByHead(owner, head.ref, "all")).filter((pull) => pull.number !== number);
  const other = others.find((pull) => Date.parse(pull.createdAt) <= Date.parse(run.createdAt) && pull.head.sha === head.sha);
  if (other) return `run ${run.id} may be of #${other.number}, whose head is the same commit`;
  const since = (await github.pullRequests.baseChanges(number)).at(-1) ?? createdAt;
  return whyUnverified(
    run,
    {
      repository: { id: base.repositoryId, fullName: `${owner}/${name}` },
      headSha,
      pullRequest: number,
      since,
      baseRef: base.ref,
      headRepositoryId: head.repositoryId,
      comparison: await github.contents.compare(base.sha, headSha),
    },
    undefined,
  );
}

const branchEvents: readonly string[] = ["push", "workflow_dispatch", "schedule"];

/** @returns why the run is none of the protected branch, a clause */
async function whyNotOfBranch(
  run: WorkflowRun,
  { source }: Evidence,
  { branch, tip, github }: ProofRequest,
): Promise<string | undefined> {
  if (run.repositoryId !== run.headRepositoryId) return "it is a run of another repository";
  if (!branchEvents.includes(run.event) || pullRequestOfRun(run) !== undefined) return `its run was started by ${run.event}`;
  if (run.headBranch !== branch) return `its run is of ${run.headBranch ?? "no branch"}, not of ${branch}`;
  if (run.headSha !== source.commit)
    return `its run is of ${shortDigest(run.headSha, 7)}, and it names ${shortDigest(source.commit, 7)}`;
  return (await github.contents.isAncestor(run.headSha, tip)) ? undefined : `${shortDigest(run.headSha, 7)} is not on ${branch}`;
}

/** What is wrong with what was read is a reason; that GitHub did not answer is none. */
async function unlessWrong<T>(read: () => Promise<T>): Promise<T | { wrong: string }> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return { wrong: error.message };
  }
}
