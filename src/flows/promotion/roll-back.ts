import { decideRollback } from "../../registry/decide-rollback.ts";
import type { Promotion } from "../../registry/promotion.ts";
import { openMirror, releasedModel } from "./mirror-promotion.ts";
import { moveStage } from "./move-stage.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { readRollback } from "./read-rollback.ts";
import { readVersion } from "./read-version.ts";

/**
 * Points a stage at a version that it had before, without judging or building anything: a promotion put it there, and its release is
 * still the one that was shipped then.
 */
export async function rollBack(
  { model, version, stage }: { model: string; version: string; stage: string },
  machine: PromotionMachine,
): Promise<Promotion> {
  const read = await readVersion({ model, version }, machine);
  const { found, tags } = read;
  const { facts, shipped, promotions } = await readRollback({ model, version, stage }, read, machine);
  const decision = decideRollback(facts);
  if (decision.outcome === "refuse") return { outcome: "refused", stage, reasons: decision.reasons };
  if ("wrong" in found || "wrong" in shipped) throw new Error("A rollback was decided without a tag or a release.");
  const breakGlass = promotions.findLast((promotion) => promotion.breakGlass)?.breakGlass;
  const tagged = { tag: found.tag, tagObject: found.tagObject, commit: found.commit };
  const moved = await moveStage(
    {
      ...{ model, version, stage, tagged },
      isProduction: stage === (facts.rules?.stages.at(-1) ?? "production"),
      release: shipped,
      tags,
      grounds: { approvedBy: [], rollback: true, breakGlass },
      mirror: openMirror(facts.rules, (folder) => releasedModel(tagged, folder, machine), machine),
    },
    machine,
  );
  return { outcome: "promoted", stage, ...moved, release: shipped.url, sums: shipped.sums, approvedBy: [], breakGlass };
}
