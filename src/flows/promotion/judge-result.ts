import type { Evidence } from "../../evidence/evidence.ts";
import { judgeModel } from "../../gates/judge-model.ts";
import { decidingGates } from "../../gates/new-model.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import type { GitHub } from "../../github/github.ts";
import type { PullRequest } from "../../github/pull-requests.ts";
import type { Decision } from "../../ledger/decision.ts";
import type { Model } from "../../spec/spec.ts";
import { waiversIn } from "../decided.ts";
import { judgingOf } from "../judging-of.ts";
import { lawFromGitHub } from "../read-law.ts";

export interface Judging {
  decisions: readonly Decision[];
  /** The pull request brought the model: there was nothing to compare it with. */
  isNew: boolean;
  /** An owner approved the result. */
  isAccepted: boolean;
  today: string;
}

/** Whether the pull request brought the model: the branch that it went to did not have it. */
export async function isNewModel(model: string, { base }: PullRequest, github: GitHub): Promise<boolean> {
  return (await lawFromGitHub(github, base.sha, undefined))?.spec.models.get(model) === undefined;
}

/** What the gates of the default branch as it is now decide on the evidence; where they cannot, an owner's approval does, as in the pull request. */
export function judgeResult(rules: Model, evidence: Evidence, { decisions, isNew, isAccepted, today }: Judging): ModelVerdict {
  const isCompared = evidence.evaluations.some(({ baseline }) => baseline !== undefined);
  const undecided = [
    ...(isNew ? ["the pull request brought the model, so an owner decides"] : []),
    ...(evidence.baseTestSetMissing === undefined ? [] : [`the test set changed, and ${evidence.baseTestSetMissing}`]),
  ];
  const reasons = isAccepted ? [] : undecided;
  const judged = judgeModel({
    ...judgingOf(rules, evidence, { reused: false }),
    model: rules.name,
    gates: decidingGates(rules.gates, { isNew, isAccepted, isCompared }),
    waivers: { all: [...rules.waivers, ...waiversIn(decisions, rules.name)], today },
    reasons,
  });
  return reasons.length > 0 && judged.outcome === "pass" ? { ...judged, outcome: "inconclusive" } : judged;
}
