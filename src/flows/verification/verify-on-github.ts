import { type Digest, shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import { countingApprovals, whyTagDoesNotCount } from "../../registry/decide-promotion.ts";
import { findVersion } from "../../registry/find-version.ts";
import { readRegistry } from "../../registry/registry-state.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import { checkApprovals } from "../../release/verification/check-approvals.ts";
import { checkLedger } from "../../release/verification/check-ledger.ts";
import { checkStages } from "../../release/verification/check-stages.ts";
import { checkVerdict } from "../../release/verification/check-verdict.ts";
import type { Law } from "../../spec/spec.ts";
import type { BranchTip } from "../../trust/whose-run.ts";
import { readApprovals } from "../promotion/read-approvals.ts";
import type { VouchedEvidence } from "../promotion/read-proof.ts";
import { recordedDecisions } from "../promotion/recorded-decisions.ts";
import { lawFromGitHub } from "../read-law.ts";
import { judgeAgain } from "./judge-again.ts";
import { readLedger } from "./read-ledger.ts";
import { type Registered, readStageTags } from "./read-stage-tags.ts";
import { readTagsOnGitHub } from "./read-tags-on-github.ts";
import { stopAt, Wrong } from "./release-folder.ts";
import { verifyBreakGlass } from "./verify-break-glass.ts";
import { verifyRun } from "./verify-run.ts";

export interface OnGitHub {
  holds: readonly string[];
  /** Empty: all that was looked at holds. */
  wrong: readonly string[];
  /** What is there and proves nothing, a sentence each. */
  notProof: readonly string[];
  /** What GitHub has nothing of to look at, and what comes after the first thing that is wrong, a sentence each. */
  notLookedAt: readonly string[];
  /** A run that is still there made the result. */
  isVouched: boolean;
}

/** In this order. */
const parts = ["tag", "version", "run", "approvals and verdict", "stages", "ledger"] as const;

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

/** Holds what a release says of itself against what GitHub has now: tag, branch, run, approvals and rights, verdict, stages, ledger. */
export async function verifyOnGitHub(request: VerifyOnGitHubRequest): Promise<OnGitHub> {
  const { release, github } = request;
  const { tag } = release;
  const holds: string[] = [];
  const notProof: string[] = [];
  const unknown: string[] = [];
  let isVouched = false;
  const left = new Set<(typeof parts)[number]>(parts);
  try {
    const branch = await verifyTag(release, github);
    left.delete("tag");
    holds.push(`Tag: ${tag.name} is still this object on GitHub, and its commit is on ${branch.name}, which is protected.`);
    const law = await lawFromGitHub(github, branch.tip, undefined);
    const registered = await readRegistered(request);
    left.delete("version");
    const vouched = await verifyRun(request, branch);
    left.delete("run");
    if ("notProof" in vouched) notProof.push(...vouched.notProof);
    else {
      isVouched = true;
      const [first] = vouched.uploads;
      holds.push(
        `Run: ${first?.runId} made this very result${release.pullRequest === undefined ? "" : `, of #${release.pullRequest}, which was merged`}.`,
      );
      notProof.push(...vouched.notProofs);
    }
    const { breakGlass } = release;
    if (breakGlass) {
      const lost = await verifyBreakGlass({ ...release, breakGlass }, law?.spec, github);
      notProof.push(...lost);
      // Who judged in the place of the rules is as much of the proof as the run.
      if (lost.length > 0) isVouched = false;
      else holds.push(`Break-glass: both who asked for it in #${breakGlass.issue} did, and own ${release.model} now.`);
    }
    if ("notProof" in vouched)
      unknown.push("Approvals and verdict: GitHub does not have the evidence any more that they were about.");
    else {
      const decided = await verifyDecision({ ...request, branch, law, uploads: vouched.uploads });
      holds.push(...decided.holds);
      notProof.push(...decided.notProof);
    }
    left.delete("approvals and verdict");
    const stages = await verifyStages(request, registered, law);
    left.delete("stages");
    holds.push(...stages.holds);
    notProof.push(...stages.notProof);
    const ledger = checkLedger(await readLedger(request, registered.found.state, law?.spec.app));
    if ("wrong" in ledger) throw new Wrong(ledger.wrong);
    notProof.push(...ledger.notProof);
    holds.push("Ledger: has the promotion of these very files.");
    return { holds, wrong: [], notProof, notLookedAt: unknown, isVouched };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const [, ...after] = left;
    const notLookedAt = after.length === 0 ? [] : [`What comes after the first thing that is wrong: ${after.join(", ")}.`];
    return { holds, wrong: [error.message], notProof, notLookedAt: [...notLookedAt, ...unknown], isVouched };
  }
}

async function verifyTag({ tag }: ReleaseRecord, { tags, contents, settings }: GitHub): Promise<BranchTip> {
  const now = await tags.read(tag.name);
  if (!now) throw new Wrong(`Tag ${tag.name} is gone from GitHub.`);
  if (now.sha !== tag.object)
    throw new Wrong(
      `Tag ${tag.name} is ${shortDigest(now.sha)} on GitHub, and ${shortDigest(tag.object)} was released: somebody moved it.`,
    );
  const name = await contents.defaultBranch();
  const tip = (await contents.branchTip(name)) ?? "";
  const hasCommit = tip !== "" && (await contents.isAncestor(tag.commit, tip));
  const takesPushes = (await settings.branchRules(name))?.byPullRequest === false;
  const isProtected = await contents.isProtected(name);
  const [first] = whyTagDoesNotCount({ tag, branch: { name, isProtected, takesPushes, hasCommit } });
  stopAt(first);
  return { name, tip };
}

async function readRegistered({ release: { model, version }, ...machine }: VerifyOnGitHubRequest): Promise<Registered> {
  const tags = await readTagsOnGitHub(model, machine);
  const registry = readRegistry(tags.annotated).models.get(model);
  const found = findVersion({ model, version }, registry, tags.names);
  if ("wrong" in found || !registry) throw new Wrong("wrong" in found ? found.wrong : `GitHub has no tags of ${model}.`);
  return { tags, registry, found };
}

interface DecisionRequest extends VerifyOnGitHubRequest {
  branch: BranchTip;
  law: Law | null;
  uploads: readonly VouchedEvidence[];
}

/** Whether those approved who are said to have, and the verdict is what the evidence is judged. */
async function verifyDecision(request: DecisionRequest): Promise<{ holds: readonly string[]; notProof: readonly string[] }> {
  const { release, evidence, branch, law, uploads, git, github } = request;
  const { model, resultDigest } = release;
  const shown = uploads.findLast((upload) => upload.shown !== undefined)?.shown;
  const result = { evidence, resultDigest, shown, uploads };
  const rules = law?.spec;
  const { decisions } = rules ? await recordedDecisions({ model, results: [result], rules }, github) : { decisions: [] };
  const now = rules ? await readApprovals({ result, rules, github, decisions }) : [];
  const promote = rules?.models.get(model)?.promote;
  const approved = checkApprovals(release, now, { rules: promote, branch: branch.name });
  if ("wrong" in approved) throw new Wrong(approved.wrong);
  const holds: string[] = [];
  if (approved.notProof.length < release.approvals.length)
    holds.push(
      `Approvals: they are on GitHub, by owners who have the right now${release.breakGlass ? "" : ", and as many as are needed"}.`,
    );
  else if (release.approvals.length === 0)
    holds.push(`Approvals: none${release.breakGlass ? ", as the release says" : " is asked for"}.`);
  const isAccepted = countingApprovals(promote, now).length > 0;
  const judged = await judgeAgain({ release, evidence, shown, branch, law, decisions, isAccepted, git, github });
  const verdict = checkVerdict(release, judged);
  if ("wrong" in verdict) throw new Wrong(verdict.wrong);
  return {
    holds: [...holds, ...("holds" in verdict ? [verdict.holds] : [])],
    notProof: [...approved.notProof, ...("notProof" in verdict ? [verdict.notProof] : [])],
  };
}

async function verifyStages(
  { release, github }: VerifyOnGitHubRequest,
  registered: Registered,
  law: Law | null,
): Promise<{ holds: readonly string[]; notProof: readonly string[] }> {
  const { model, version } = release;
  const tags = await readStageTags({ model, version }, registered, github);
  const checked = checkStages(tags, { version, declared: law?.spec.models.get(model)?.promote?.stages ?? [] });
  if ("wrong" in checked) throw new Wrong(checked.wrong);
  return { holds: checked.holds === undefined ? [] : [checked.holds], notProof: checked.notProof };
}
