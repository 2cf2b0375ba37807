import type { RollbackFacts } from "../../registry/decide-rollback.ts";
import { whyNotAssignable } from "../../registry/stage-order.ts";
import { type FoundPromotion, findShippedSums, promotionsInto } from "./find-promotions.ts";
import { findShipped, type ShippedRelease } from "./find-shipped.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import type { ReadVersion } from "./read-version.ts";

export interface ReadRollback {
  facts: RollbackFacts;
  /** Those of the version into the stage. */
  promotions: readonly FoundPromotion[];
  shipped: ShippedRelease | { wrong: string };
}

/**
 * Whether what a stage had, or has, is what promotions put there and shipped: a rollback asks it, and so does whoever lets a run
 * deploy what a stage has.
 */
export async function readRollback(
  { model, version, stage }: { model: string; version: string; stage: string },
  read: ReadVersion,
  machine: Pick<PromotionMachine, "github" | "files" | "now">,
): Promise<ReadRollback> {
  const { law, mistake, tags, found } = read;
  const promotions = await promotionsInto(stage, { model, version }, read, machine.github);
  const shipped =
    "wrong" in found
      ? found
      : await findShipped(found, await findShippedSums({ model, version, ...found }, tags, machine.github), machine);
  return {
    facts: {
      ...{ model, version, stage, mistake },
      ...read.facts,
      rules: law?.spec.models.get(model)?.promote,
      wasThere: promotions.length > 0,
      release: shipped,
      unassignable: whyNotAssignable(tags.annotated, { model, stage }, machine.now()),
    },
    promotions,
    shipped,
  };
}
