import type { Evidence } from "../../evidence/evidence.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import type { GitHub } from "../../github/github.ts";
import type { Decision } from "../../ledger/decision.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import { dayOf } from "../../release/verification/check-record.ts";
import type { JudgedAgain } from "../../release/verification/check-verdict.ts";
import type { Law } from "../../spec/spec.ts";
import { isNewModel, judgeResult } from "../promotion/judge-result.ts";
import type { Shown } from "../promotion/vouch.ts";
import { lawFromGitHub } from "../read-law.ts";

export interface JudgeAgainRequest {
  release: ReleaseRecord;
  evidence: Evidence;
  shown: Shown | undefined;
  /** The default branch's rules. */
  law: Law | null;
  decisions: readonly Decision[];
  /** An owner approved the result. */
  isAccepted: boolean;
  github: GitHub;
}

/** What the evidence is judged now, by the default branch's rules, and what by the tagged commit's own on the day of its tag. */
export async function judgeAgain(request: JudgeAgainRequest): Promise<Pick<JudgedAgain, "now" | "atTag">> {
  const { release, evidence, shown, law, decisions, isAccepted, github } = request;
  const { model, tag } = release;
  const isNew = shown !== undefined && (await isNewModel(model, shown.pullRequest, github));
  const today = new Date().toISOString().slice(0, 10);
  const by = (rules: Law | null, day: string): ModelVerdict | undefined => {
    const own = rules?.spec.models.get(model);
    return own && judgeResult(own, evidence, { decisions, isNew, isAccepted, today: day });
  };
  return { now: by(law, today), atTag: by(await lawFromGitHub(github, tag.commit, undefined), dayOf(tag) ?? today) };
}
