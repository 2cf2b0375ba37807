import type { GitHub } from "../../github/github.ts";
import { recordRefusal } from "../../ledger/refusal-record.ts";
import { publishCheck } from "../../publishing/publish-check.ts";
import type { Promotion } from "../../registry/promotion.ts";
import { formatTagName } from "../../registry/tag-name.ts";
import { promotionCheckName, promotionTitle, renderPromotion, type ToldPromotion } from "../../report/promotion.ts";

/**
 * Shows on the commit of the version's tag how its promotion ended, one check a stage, and keeps on the ledger that an annotated tag was
 * refused. Where there is no tag nothing is shown.
 * @param run address of what promoted
 */
export async function announcePromotion(told: ToldPromotion, run: string, github: GitHub, now: Date): Promise<void> {
  const { model, version, rollback, promotion } = told;
  const name = formatTagName({ model, action: "register", version });
  const { stage } = promotion;
  const tag = await github.tags.read(name);
  if (tag?.commit === undefined) return;
  await publishCheck(github, {
    name: promotionCheckName,
    headSha: tag.commit,
    externalId: `assay:promotion:${name}:${stage}`,
    detailsUrl: run,
    conclusion: conclusionOf(promotion),
    title: promotionTitle(told),
    summary: renderPromotion(told).slice(0, maxSummary),
    annotations: [],
  });
  if (promotion.outcome === "refused" && tag.annotation)
    await recordRefusal(github.contents, {
      schema: "assay.refusal/v1",
      ...{ model, version, tag: name, tagObject: tag.sha, stage, reasons: [...promotion.reasons], run },
      ...(rollback && { rollback }),
      at: now.toISOString(),
    });
}

/** What nobody may take for an ordinary success keeps nothing from being merged either: the commit is on the branch already. */
function conclusionOf(promotion: Promotion): "failure" | "neutral" | "success" {
  if (promotion.outcome === "refused") return "failure";
  return promotion.breakGlass ? "neutral" : "success";
}

/** GitHub stops at 65,535. */
const maxSummary = 60_000;
