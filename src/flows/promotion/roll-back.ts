import type { Digest } from "../../evidence/digest.ts";
import { markedAs } from "../../publishing/release-marker.ts";
import { readShippedAssets } from "../../publishing/shipped-assets.ts";
import { decideRollback } from "../../registry/decide-rollback.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import type { Promotion } from "../../registry/promotion.ts";
import { whyNotAssignable } from "../../registry/stage-order.ts";
import { paperNames } from "../../release/asset-names.ts";
import { findPromotions, findShippedSums } from "./find-promotions.ts";
import { openMirror, releasedModel } from "./mirror-promotion.ts";
import { moveStage } from "./move-stage.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { readVersion } from "./read-version.ts";

/**
 * Points a stage at a version that it had before, without judging or building anything: a promotion put it there, and its release is
 * still the one that was shipped then.
 */
export async function rollBack(
  { model, version, stage }: { model: string; version: string; stage: string },
  machine: PromotionMachine,
): Promise<Promotion> {
  const { github } = machine;
  const { law, mistake, tags, found, facts } = await readVersion({ model, version }, machine);
  const rules = law?.spec.models.get(model)?.promote;
  const promotions =
    "wrong" in found
      ? []
      : await findPromotions(
          (found.state.stages.get(stage) ?? []).map(({ tag }) => tag),
          { model, version, stage, ...found },
          tags.names,
          github,
        );
  const shipped =
    "wrong" in found
      ? found
      : await findShipped(found, await findShippedSums({ model, version, ...found }, tags, github), machine);
  const decision = decideRollback({
    ...{ model, version, stage, mistake, rules },
    ...facts,
    wasThere: promotions.length > 0,
    release: shipped,
    unassignable: whyNotAssignable(tags.annotated, { model, stage }, machine.now()),
  });
  if (decision.outcome === "refuse") return { outcome: "refused", stage, reasons: decision.reasons };
  if ("wrong" in found || "wrong" in shipped) throw new Error("A rollback was decided without a tag or a release.");
  const breakGlass = promotions.findLast((promotion) => promotion.breakGlass)?.breakGlass;
  const tagged = { tag: found.tag, tagObject: found.tagObject, commit: found.commit };
  const moved = await moveStage(
    {
      ...{ model, version, stage, tagged },
      isProduction: stage === (rules?.stages.at(-1) ?? "production"),
      release: shipped,
      tags,
      grounds: { approvedBy: [], rollback: true, breakGlass },
      mirror: openMirror(rules, (folder) => releasedModel(tagged, folder, machine), machine),
    },
    machine,
  );
  return { outcome: "promoted", stage, ...moved, release: shipped.url, approvedBy: [], breakGlass };
}

/** The release that a promotion shipped, as long as it is still that; or why there is none, a sentence. */
async function findShipped(
  { tag, tagObject }: TaggedVersion,
  sums: ReadonlySet<Digest>,
  { github: { releases }, files }: PromotionMachine,
): Promise<{ url: string; sums: Digest } | { wrong: string }> {
  const release = await releases.findByTag(tag);
  if (!release)
    return { wrong: `The release of ${tag} that was shipped is not there any more. Tag a new version, and promote it.` };
  const { url, body } = release;
  if (markedAs(body)?.tagObject !== tagObject)
    return { wrong: `${url} is not the release that a promotion of ${tag} published. Tag a new version, and promote it.` };
  const { digests, wrong } = await readShippedAssets(release, { releases, files });
  const now = digests.get(paperNames.sums);
  const isRecorded = now !== undefined && sums.has(now);
  if (isRecorded && wrong.length === 0) return { url, sums: now };
  const why = isRecorded ? wrong : [`Its ${paperNames.sums} is not the one that was shipped.`, ...wrong];
  return { wrong: `${url} was changed after it was shipped: ${why.join(" ")} Tag a new version, and promote it.` };
}
