import { join } from "node:path";
import { publishRelease } from "../../publishing/publish-release.ts";
import { decidePromotion } from "../../registry/decide-promotion.ts";
import { moveStage, tagStillHolds } from "./move-stage.ts";
import { plannedRelease, type Shipment } from "./planned-release.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { type PromotionRequest, readPromotion } from "./read-facts.ts";

export type Promotion =
  /** Each a sentence. */
  | { outcome: "refused"; stage: string; reasons: readonly string[] }
  | {
      outcome: "promoted";
      stage: string;
      /** Nothing was to be done. */
      wasThere: boolean;
      release: string;
      stageTag: string;
      approvedBy: readonly string[];
    };

/**
 * Decides whether the version may come into the stage, and if so ships it: one release with the very files that were evaluated, the
 * stage's tag, a deployment, a record. Each step is looked for before it is made, so that what was interrupted is continued by
 * promoting again, and nothing is there twice.
 * @throws AssayError where GitHub or the clone does not let it be decided or carried out
 */
export async function promote(request: PromotionRequest, machine: PromotionMachine): Promise<Promotion> {
  const temporary = await machine.files.makeTemporaryFolder("assay-release-");
  // A signature has the folder's name.
  const folder = join(temporary, `${request.model.replaceAll(/[^\w.-]/g, "-")}-${request.version}`);
  try {
    const read = await readPromotion(request, folder, machine);
    const { stage } = read.facts;
    const decision = decidePromotion(read.facts);
    if (decision.outcome === "refuse") return { outcome: "refused", stage, reasons: decision.reasons };
    const { tagged, evidence } = read;
    if (!tagged || !evidence) throw new Error("What was decided to be promoted has no tag or no evidence.");
    const { approvals, isThere } = decision;
    return await carryOut({ ...read, tagged, evidence, approvals, isThere }, folder, machine);
  } finally {
    await machine.files.remove(temporary);
  }
}

interface Decided extends Shipment {
  isThere: boolean;
}

async function carryOut(decided: Decided, folder: string, machine: PromotionMachine): Promise<Promotion> {
  const { facts, tagged, evidence, tagNames, isThere } = decided;
  const { model, version, stage, rules } = facts;
  const approvedBy = decided.approvals.map(({ login }) => login);
  machine.progress(`Publishing release ${tagged.tag}`);
  const planned = await plannedRelease(decided, folder, machine);
  const released = await publishRelease(machine.github.releases, planned, tagStillHolds(tagged, machine));
  const { url } = released.release;
  if (released.effect === "foreign")
    return {
      outcome: "refused",
      stage,
      reasons: [
        `${url} was published by hand, and is left as it is. Delete the release, not the tag, and promote again: the proven model is then released under ${tagged.tag}.`,
      ],
    };
  const { stageTag, wasThere } = await moveStage(
    {
      ...{ model, version, stage, tagged, tagNames, isThere },
      isProduction: stage === rules?.stages.at(-1),
      release: url,
      grounds: { inputHash: evidence.inputHash, resultDigest: evidence.seal?.resultDigest, approvedBy },
    },
    machine,
  );
  return {
    outcome: "promoted",
    stage,
    wasThere: wasThere && released.effect === "unchanged",
    release: url,
    stageTag,
    approvedBy,
  };
}
