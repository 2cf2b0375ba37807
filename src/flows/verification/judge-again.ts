import { MissingDataError } from "../../errors/errors.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import type { Decision } from "../../ledger/decision.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import { dayOf } from "../../release/verification/check-record.ts";
import type { JudgedAgain } from "../../release/verification/check-verdict.ts";
import type { Law } from "../../spec/spec.ts";
import type { BranchTip } from "../../trust/whose-run.ts";
import { isNewModel, judgeResult } from "../promotion/judge-result.ts";
import type { Shown } from "../promotion/vouch.ts";
import { lawFromGitHub, specPaths } from "../read-law.ts";

export interface JudgeAgainRequest {
  release: ReleaseRecord;
  evidence: Evidence;
  shown: Shown | undefined;
  /** The default branch, and its rules. */
  branch: BranchTip;
  law: Law | null;
  decisions: readonly Decision[];
  /** An owner approved the result. */
  isAccepted: boolean;
  /** A clone of the repository. */
  git: Git;
  github: GitHub;
}

/**
 * What the evidence is judged now, by the default branch's rules, and what by the tagged commit's own on the day of its tag; where
 * neither is what was recorded, also whether rules that the branch had in between gave it.
 * @throws MissingDataError where that cannot be told
 */
export async function judgeAgain(request: JudgeAgainRequest): Promise<JudgedAgain> {
  const { release, evidence, shown, law, branch, decisions, isAccepted, github } = request;
  const { model, tag } = release;
  const isNew = shown !== undefined && (await isNewModel(model, shown.pullRequest, github));
  const today = new Date().toISOString().slice(0, 10);
  const by = (rules: Law | null, day: string): ModelVerdict | undefined => {
    const own = rules?.spec.models.get(model);
    return own && judgeResult(own, evidence, { decisions, isNew, isAccepted, today: day });
  };
  const tagged = dayOf(tag) ?? today;
  const judged = {
    now: by(law, today),
    atTag: by(await lawFromGitHub(github, tag.commit, undefined), tagged),
    branch: branch.name,
  };
  const isAsRecorded = (verdict: ModelVerdict | undefined) => verdict?.outcome === release.verdict;
  if (release.breakGlass || isAsRecorded(judged.now) || isAsRecorded(judged.atTag)) return judged;
  for (const commit of await ruledBetween(request))
    if (isAsRecorded(by(await lawFromGitHub(github, commit, undefined), tagged))) return { ...judged, between: commit };
  return judged;
}

/** Commits of the default branch after the tagged one that changed its rules, the newest first: a promotion was judged by one's. */
async function ruledBetween({ release: { tag }, branch, git }: JudgeAgainRequest): Promise<readonly string[]> {
  const isHere = (await git.resolve(tag.commit)) !== undefined && (await git.resolve(branch.tip)) !== undefined;
  if (!isHere || (await git.isShallow()))
    throw new MissingDataError(
      `By which rules ${tag.name} was judged stands in the history of ${branch.name}, and this clone does not have all of it. Fetch it: git fetch ${isHere ? "--unshallow " : ""}origin.`,
    );
  const changes = await git.listChanges({ from: tag.commit, to: branch.tip, most: maxHistory });
  const ruled = changes.filter(({ paths }) => specPaths.some((path) => paths.includes(path)));
  if (changes.length === maxHistory || ruled.length > maxRules)
    throw new MissingDataError(
      `By which rules ${tag.name} was judged cannot be told: ${branch.name} had ${maxHistory} commits or more than ${maxRules} changes of its rules since.`,
    );
  return ruled.map(({ commit }) => commit);
}

const maxHistory = 10_000;
const maxRules = 100;
