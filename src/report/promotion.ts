import type { AssayError } from "../errors/errors.ts";
import { alert } from "../markdown/blocks.ts";
import { codeSpan, escapeInline, link } from "../markdown/escape.ts";
import type { Promotion } from "../registry/promotion.ts";
import { breakGlassCaution } from "../release/break-glass-caution.ts";

/** How a promotion ended, and of what. */
export interface ToldPromotion {
  model: string;
  version: string;
  rollback: boolean;
  promotion: Promotion;
}

/** The check of a version's commit. */
export const promotionCheckName = "assay / promotion";

/** One line of plain text. */
export function promotionTitle({ model, version, rollback, promotion }: ToldPromotion): string {
  const { stage } = promotion;
  const what = `${model} ${version}`;
  if (promotion.outcome === "refused")
    return rollback ? `${stage} does not go back to ${what}` : `${what} does not come into ${stage}`;
  const alarm = promotion.breakGlass ? "Break-glass: " : "";
  if (promotion.wasThere) return `${alarm}${what} is in ${stage}`;
  return rollback ? `${alarm}${stage} went back to ${what}` : `${alarm}${what} came into ${stage}`;
}

type Promoted = Extract<Promotion, { outcome: "promoted" }>;

/** For the job's summary and the check. */
export function renderPromotion(told: ToldPromotion): string {
  const { promotion } = told;
  const icon = promotion.outcome === "refused" ? "❌" : promotion.breakGlass ? "🚨" : "✅";
  return `${[`### ${icon} ${escapeInline(promotionTitle(told))}`, ...(promotion.outcome === "refused" ? refused(promotion.reasons) : promoted(promotion))].join("\n\n")}\n`;
}

/** For the log, once the promotion was told: what failed of what follows it. Lines of plain text. */
export function promotionFailures(told: ToldPromotion, failed: readonly AssayError[]): string {
  const lines = failed.map(({ message }) => `- ${message}`);
  // Promoting again would be refused again.
  if (told.promotion.outcome === "refused") return ["That it was refused could not be shown everywhere:", ...lines].join("\n");
  return [`${promotionTitle(told)}. What follows was not all done:`, ...lines, promoteAgain].join("\n");
}

export const promoteAgain = "Promote again: what is done stays, and what failed is tried again.";
const maxReason = 2_000;

function refused(reasons: readonly string[]): readonly string[] {
  return [
    "Nothing was shipped. What speaks against it:",
    reasons.map((reason) => `- ${escapeInline(reason, maxReason)}`).join("\n"),
    "When it is mended, promote again: run this workflow's form, or this run once more.",
  ];
}

function promoted({ stage, release, stageTag, approvedBy, breakGlass, afterwards }: Promoted): readonly string[] {
  const approved = approvedBy.length === 0 ? [] : [`Approved by ${approvedBy.map((login) => codeSpan(`@${login}`)).join(", ")}`];
  const failed = afterwards.map(({ message }) => `- ${escapeInline(message, maxReason)}`);
  return [
    ...(breakGlass ? [breakGlassCaution(breakGlass, stage)] : []),
    ...(failed.length === 0 ? [] : [alert("WARNING", ["What follows was not all done:", "", ...failed, "", promoteAgain])]),
    [`- ${link("Release", release)}`, `- Stage's tag ${codeSpan(stageTag)}`, ...approved.map((line) => `- ${line}`)].join("\n"),
  ];
}
