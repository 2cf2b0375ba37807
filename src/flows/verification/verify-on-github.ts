import { type Digest, shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import type { Decision } from "../../ledger/decision.ts";
import { isAboutPullRequest, parseDecision } from "../../ledger/decision-record.ts";
import { ledgerBranch } from "../../ledger/ledger.ts";
import { parsePromotion } from "../../ledger/promotion-record.ts";
import { type PromotionApproval, whyTagDoesNotCount } from "../../registry/decide-promotion.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import { checkApprovals } from "../../release/verification/check-approvals.ts";
import {
  checkLedger,
  type LedgerDecision,
  type LedgerFile,
  type LedgerPromotion,
} from "../../release/verification/check-ledger.ts";
import type { Spec } from "../../spec/spec.ts";
import type { BranchTip } from "../../trust/whose-run.ts";
import { evidenceFileName } from "../job-files.ts";
import type { Result } from "../promotion/gather-results.ts";
import { readApprovals } from "../promotion/read-approvals.ts";
import { readProof, type VouchedEvidence } from "../promotion/read-proof.ts";
import { recordedDecisions } from "../promotion/recorded-decisions.ts";
import { lawFromGitHub } from "../read-law.ts";
import { stopAt, Wrong } from "./release-folder.ts";
import { verifyBreakGlass } from "./verify-break-glass.ts";

export interface OnGitHub {
  holds: readonly string[];
  /** Empty: all that was looked at holds. */
  wrong: readonly string[];
  /** What is there and proves nothing, a sentence each. */
  notProof: readonly string[];
  /** A run that is still there made the result. */
  isVouched: boolean;
}

export interface VerifyOnGitHubRequest {
  release: ReleaseRecord;
  evidence: Evidence;
  /** Of the release's `SHA256SUMS`. */
  sums: Digest;
  /** A clone of the repository. */
  git: Git;
  files: Files;
  github: GitHub;
}

/** Holds what a release says of itself against what GitHub has now: tag, branch, run, approvals and rights, and the ledger. */
export async function verifyOnGitHub(request: VerifyOnGitHubRequest): Promise<OnGitHub> {
  const { release, evidence, github } = request;
  const { tag, model } = release;
  const holds: string[] = [];
  const notProof: string[] = [];
  let isVouched = false;
  try {
    const branch = await verifyTag(release, github);
    holds.push(`Tag: ${tag.name} is still this object on GitHub, and its commit is on ${branch.name}, which is protected.`);
    const vouched = await verifyRun(request, branch);
    if ("notProof" in vouched) notProof.push(vouched.notProof);
    else {
      isVouched = true;
      const [first] = vouched.uploads;
      holds.push(
        `Run: ${first?.runId} made this very result${release.pullRequest === undefined ? "" : `, of #${release.pullRequest}, which was merged`}.`,
      );
      const law = await lawFromGitHub(github, branch.tip, undefined);
      const result = { evidence, resultDigest: release.resultDigest, shown: first?.shown, uploads: vouched.uploads };
      const { breakGlass } = release;
      if (breakGlass) {
        const lost = await verifyBreakGlass({ ...release, breakGlass }, law?.spec, github);
        notProof.push(...lost);
        // Who judged in the place of the rules is as much of the proof as the run.
        if (lost.length > 0) isVouched = false;
        else holds.push(`Break-glass: both who asked for it in #${breakGlass.issue} did, and own ${model} now.`);
      }
      const now = law ? await approvalsOf(model, result, law.spec, github) : [];
      const approved = checkApprovals(release, now, { rules: law?.spec.models.get(model)?.promote, branch: branch.name });
      if ("wrong" in approved) throw new Wrong(approved.wrong);
      notProof.push(...approved.notProof);
      if (approved.notProof.length < release.approvals.length)
        holds.push(
          `Approvals: they are on GitHub, by owners who have the right now${breakGlass ? "" : ", and as many as are needed"}.`,
        );
      else if (release.approvals.length === 0)
        holds.push(`Approvals: none${breakGlass ? ", as the release says" : " is asked for"}.`);
    }
    const ledger = checkLedger(await readLedger(request));
    if ("wrong" in ledger) throw new Wrong(ledger.wrong);
    notProof.push(...ledger.notProof);
    holds.push(`Ledger: has the promotion of these very files.`);
    return { holds, wrong: [], notProof, isVouched };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { holds, wrong: [error.message], notProof, isVouched };
  }
}

async function approvalsOf(model: string, result: Result, rules: Spec, github: GitHub): Promise<readonly PromotionApproval[]> {
  const { decisions } = await recordedDecisions({ model, results: [result], rules }, github);
  return readApprovals({ result, rules, github, decisions });
}

async function verifyTag({ tag }: ReleaseRecord, { tags, contents }: GitHub): Promise<BranchTip> {
  const now = await tags.read(tag.name);
  if (!now) throw new Wrong(`Tag ${tag.name} is gone from GitHub.`);
  if (now.sha !== tag.object)
    throw new Wrong(
      `Tag ${tag.name} is ${shortDigest(now.sha)} on GitHub, and ${shortDigest(tag.object)} was released: somebody moved it.`,
    );
  const name = await contents.defaultBranch();
  const tip = (await contents.branchTip(name)) ?? "";
  const hasCommit = tip !== "" && (await contents.isAncestor(tag.commit, tip));
  const [first] = whyTagDoesNotCount({ tag, branch: { name, isProtected: await contents.isProtected(name), hasCommit } });
  stopAt(first);
  return { name, tip };
}

/** Whether a run that counts made the result. */
async function verifyRun(
  { release, evidence, ...machine }: VerifyOnGitHubRequest,
  branch: BranchTip,
): Promise<{ uploads: readonly VouchedEvidence[] } | { notProof: string }> {
  const { github } = machine;
  const { model, inputHash, resultDigest } = release;
  const { commit } = release.tag;
  const { vouched, passedOver } = await readProof({ model, inputHash, commit, branch }, machine);
  const uploads = vouched.filter(({ evidence: made }) => made.seal?.resultDigest === resultDigest);
  if (uploads.length > 0) return { uploads };
  const id = evidence.source.run?.id;
  if (id === undefined) throw new Wrong("evidence.json was made by hand: only a workflow run can be vouched for.");
  const kept =
    (await github.runs.get(id)) &&
    (await github.artifacts.ofRun(id)).find(({ name }) => name === evidenceFileName(model, inputHash));
  if (!kept || kept.expired)
    return {
      notProof: `Run ${id}, which evidence.json names, does not have its evidence any more, so GitHub cannot say that it made it, nor what was approved.`,
    };
  const others = vouched.map(
    ({ runId, evidence: made }) => `run ${runId} has result ${shortDigest(made.seal?.resultDigest ?? "")}`,
  );
  throw new Wrong(`No run that counts made result ${shortDigest(resultDigest)}: ${[...others, ...passedOver].join(" ")}`);
}

async function readLedger({ release, sums, git, github }: VerifyOnGitHubRequest) {
  const { contents } = github;
  const current = await contents.branchTip(ledgerBranch);
  const known = await git.resolve(`refs/remotes/origin/${ledgerBranch}`);
  const isLost = known !== undefined && (current === undefined || !(await contents.isAncestor(known, current)));
  const facts = { branch: ledgerBranch, sums, tag: release.tag.name, lost: isLost ? known : undefined };
  const decisions: LedgerDecision[] = [];
  const promotions: LedgerPromotion[] = [];
  if (current === undefined || isLost) return { ...facts, decisions, promotions };
  const { model, version, pullRequest, tag } = release;
  const paths = await contents.list("", current);
  const read = async (path: string) => (await contents.peek(path, current))?.bytes;
  const put = async (path: string): Promise<LedgerFile> => ({ path, commits: await contents.history(path, current, 2) });
  const about = pullRequest === undefined ? [] : paths.filter((path) => isAboutPullRequest(path, pullRequest));
  for (const path of about.slice(0, maxFiles)) {
    const decision = decisionIn(await read(path), path);
    const did = decision && whatWasDone(decision, release);
    if (decision && did) decisions.push({ ...(await put(path)), by: decision.by.login, did });
  }
  const folder = `promotions/${model.replaceAll(":", "/")}/`;
  for (const path of paths.filter((at) => at.startsWith(folder)).slice(-maxFiles)) {
    const promotion = parsePromotion(await read(path));
    if (promotion?.model === model && promotion.version === version && promotion.tagObject === tag.object)
      promotions.push({ ...(await put(path)), stage: promotion.stage, sums: promotion.sums });
  }
  return { ...facts, decisions, promotions };
}

/** Each is a request or two. */
const maxFiles = 200;

function whatWasDone(decision: Decision, release: ReleaseRecord): LedgerDecision["did"] | undefined {
  if (!("model" in decision) || decision.model !== release.model) return undefined;
  if (decision.schema === "assay.waiver/v1") return "waived a gate";
  return decision.inputHash === release.inputHash && decision.resultDigest === release.resultDigest ? "approved" : undefined;
}

function decisionIn(bytes: Uint8Array | undefined, path: string): Decision | undefined {
  try {
    return bytes && parseDecision(bytes, path);
  } catch {
    // Nobody takes it for one.
    return undefined;
  }
}
