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
import { isRunOfChange } from "../../trust/trust-of-run.ts";
import { whyUnverified } from "../../trust/verify-run.ts";
import { evidenceFileName } from "../job-files.ts";
import { readArtifact } from "../read-artifact.ts";

export interface ProofRequest {
  model: string;
  /** Of the tagged tree. */
  inputHash: Digest;
  /** The default branch. */
  branch: string;
  github: GitHub;
  ledger: Pick<Ledger, "findEvidence">;
}

/** Evidence that its own run vouches for, and the merged pull request that showed it; undefined: it was made on the branch itself. */
export interface FoundProof {
  evidence: Evidence;
  pullRequest: PullRequest | undefined;
}

/**
 * The evidence of a tagged tree's inputs, by the one promotion rule: of the very inputs, and either made on the protected branch or
 * by a pull request that was merged into it. The ledger only says where to look: what counts is what the run itself uploaded, and
 * what GitHub says of the run.
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
  const { source } = recorded;
  const own = `${github.repository.owner}/${github.repository.name}`;
  if (source.repository.toLowerCase() !== own.toLowerCase())
    return { wrong: `The evidence of ${inputs} says that it was made in ${source.repository}.` };
  if (!source.run) return { wrong: `The evidence of ${inputs} was made by hand: only a workflow run can be vouched for.` };
  const run = await github.runs.get(source.run.id);
  if (!run) return { wrong: `Run ${source.run.id}, which the evidence of ${inputs} names, is not there any more.` };
  const pullRequest = source.pullRequest === undefined ? undefined : await findPullRequest(github, source.pullRequest);
  if (pullRequest === null) return { wrong: `#${source.pullRequest}, which the evidence of ${inputs} names, is not there.` };
  const why = pullRequest
    ? await whyNotOfMerged({ run, pullRequest, evidence: recorded }, request)
    : await whyNotOfBranch(run, recorded, request);
  if (why !== undefined) return { wrong: `Evidence of ${inputs} does not count: ${why}.` };
  const evidence = await unlessWrong(() => readOwn(request, run));
  return "wrong" in evidence ? evidence : { evidence, pullRequest };
}

/** What the run itself kept, which nobody can write into afterwards. */
async function readOwn({ model, inputHash, github }: ProofRequest, run: WorkflowRun): Promise<Evidence | { wrong: string }> {
  const name = evidenceFileName(model, inputHash);
  const artifacts = await github.artifacts.ofRun(run.id);
  const found = artifacts.find((artifact) => artifact.name === name);
  if (!found || found.expired)
    return {
      wrong: `Run ${run.id} does not have ${name} any more, and the ledger's copy alone proves nothing: anybody who can push can write there. Train and evaluate ${model} again in a pull request.`,
    };
  const evidence = parseEvidence((await readArtifact(github, artifacts)(name, maxEvidenceBytes)) ?? "", name);
  verifySeal(evidence);
  if (evidence.model === model && evidence.inputHash === inputHash) return evidence;
  return { wrong: `${name} of run ${run.id} is of ${evidence.model} and inputs ${shortDigest(evidence.inputHash)}.` };
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
  { branch, github }: ProofRequest,
): Promise<string | undefined> {
  const { number, head, base, createdAt } = pullRequest;
  const { headSha } = evidence.source;
  if (!pullRequest.merged) return `#${number}, which showed it, is not merged`;
  if (base.ref !== branch) return `#${number} was merged into ${base.ref}`;
  if (headSha === undefined) return "it names no head of the pull request";
  const dispatched = pullRequestOfRun(run) === number;
  const change = { headSha, pullRequest: { number, headRef: head.ref, headRepositoryId: head.repositoryId, createdAt } };
  if (!dispatched && !isRunOfChange(run, change)) return `run ${run.id} is none of #${number}`;
  const since = (await github.pullRequests.baseChanges(number)).at(-1) ?? createdAt;
  const { owner, name } = github.repository;
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
    dispatched ? { runId: run.id, headSha, workflow: run.path, ref: base.ref } : undefined,
  );
}

const branchEvents: readonly string[] = ["push", "workflow_dispatch", "schedule"];

/** @returns why the run is none of the protected branch, a clause */
async function whyNotOfBranch(
  run: WorkflowRun,
  { source }: Evidence,
  { branch, github }: ProofRequest,
): Promise<string | undefined> {
  if (run.repositoryId !== run.headRepositoryId) return "it is a run of another repository";
  if (!branchEvents.includes(run.event) || pullRequestOfRun(run) !== undefined) return `its run was started by ${run.event}`;
  if (run.headBranch !== branch) return `its run is of ${run.headBranch ?? "no branch"}, not of ${branch}`;
  if (run.headSha !== source.commit)
    return `its run is of ${shortDigest(run.headSha, 7)}, and it names ${shortDigest(source.commit, 7)}`;
  return (await github.contents.isAncestor(run.headSha, branch))
    ? undefined
    : `${shortDigest(run.headSha, 7)} is not on ${branch}`;
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
