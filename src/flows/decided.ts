import type { Evidence } from "../evidence/evidence.ts";
import type { GivenWaiver } from "../gates/verdict.ts";
import type { Decision } from "../ledger/decision.ts";
import type { Approval, ModelReport, ShownApproval } from "../report/report.ts";

type ApprovalRecord = Extract<Decision, { schema: "assay.approval/v1" }>;

/** What owners waived for the model on this pull request, as the waivers of `assay.yml` are. */
export function waiversIn(decisions: readonly Decision[], model: string): GivenWaiver[] {
  return decisions.flatMap((decision) => {
    if (decision.schema !== "assay.waiver/v1" || decision.model !== model) return [];
    const { gate, reason, until, by, headSha } = decision;
    return [{ gate, reason, until, by: `@${by.login}`, headSha }];
  });
}

/** Approvals of just this result of just these inputs, one a person. */
export function approvalsOf(decisions: readonly Decision[], evidence: Evidence): Approval[] {
  return recordedApprovals(decisions, evidence).map(({ by, headSha }) => ({ by: by.login, headSha }));
}

/** The same as they were recorded. */
export function recordedApprovals(decisions: readonly Decision[], evidence: Evidence): readonly ApprovalRecord[] {
  return onePerPerson(approvalsIn(decisions, evidence.model).filter((approval) => isOf(approval, evidence)));
}

/** Those that count, and of everybody else the last that does not any more. */
export function shownApprovals(decisions: readonly Decision[], models: readonly ModelReport[]): ShownApproval[] {
  return models.flatMap(({ name, state }): ShownApproval[] => {
    if (state.kind !== "judged" && state.kind !== "recorded") return [];
    const { evidence } = state;
    const all = approvalsIn(decisions, name);
    const counting = onePerPerson(all.filter((approval) => isOf(approval, evidence)));
    const others = all.filter(({ by }) => !counting.some((other) => other.by.id === by.id));
    const show = ({ by, headSha }: ApprovalRecord, voided?: string) => ({ model: name, by: by.login, headSha, voided });
    return [
      ...counting.map((approval) => show(approval)),
      ...onePerPerson(others).map((approval) =>
        show(approval, approval.inputHash === evidence.inputHash ? "the result is another" : "the inputs changed"),
      ),
    ];
  });
}

function approvalsIn(decisions: readonly Decision[], model: string): ApprovalRecord[] {
  return decisions.filter((decision) => decision.schema === "assay.approval/v1").filter((approval) => approval.model === model);
}

function isOf({ inputHash, resultDigest }: ApprovalRecord, evidence: Evidence): boolean {
  return inputHash === evidence.inputHash && resultDigest === evidence.seal?.resultDigest;
}

/** The last of each. */
function onePerPerson(approvals: readonly ApprovalRecord[]): ApprovalRecord[] {
  return [...new Map(approvals.map((approval) => [approval.by.id, approval])).values()];
}
