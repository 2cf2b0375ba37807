import { join } from "node:path";
import type { MirroredFile } from "../../mlflow/mirror-version.ts";
import { publishRelease } from "../../publishing/publish-release.ts";
import { warnOnRelease } from "../../publishing/warn-on-release.ts";
import { decidePromotion } from "../../registry/decide-promotion.ts";
import type { Promotion } from "../../registry/promotion.ts";
import { breakGlassCaution } from "../../release/break-glass-caution.ts";
import { earlierTry } from "./earlier-try.ts";
import type { ShippedFile } from "./fetch-shipped-files.ts";
import { findShippedSums } from "./find-promotions.ts";
import { openMirror } from "./mirror-promotion.ts";
import { moveStage, tagStillHolds } from "./move-stage.ts";
import { plannedRelease, type Shipment } from "./planned-release.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { type PromotionRequest, readPromotion } from "./read-facts.ts";
import { readVersion } from "./read-version.ts";

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
    const read = await readPromotion(request, folder, await readVersion(request, machine), machine);
    const { stage } = read.facts;
    const decision = decidePromotion(read.facts);
    if (decision.outcome === "refuse") return { outcome: "refused", stage, reasons: decision.reasons };
    const { tagged, evidence } = read;
    if (!tagged || !evidence) throw new Error("What was decided to be promoted has no tag or no evidence.");
    const { approvals, breakGlass } = decision;
    if (request.breakGlass !== undefined && !breakGlass)
      machine.progress("Nothing speaks against it, so it is promoted as any other: without break-glass");
    return await carryOut({ ...read, tagged, evidence, approvals, breakGlass }, folder, machine);
  } finally {
    await machine.files.remove(temporary);
  }
}

async function carryOut(decided: Shipment, folder: string, machine: PromotionMachine): Promise<Promotion> {
  const { facts, tagged, evidence, tags, breakGlass } = decided;
  const { model, version, stage, rules } = facts;
  const approvedBy = decided.approvals.map(({ login }) => login);
  const mirror = openMirror(rules, async () => ({ evidence, files: decided.files.map(asMirrored) }), machine);
  machine.progress(`Publishing release ${tagged.tag}`);
  const planned = await plannedRelease(decided, folder, machine);
  const { github, files } = machine;
  const released = await publishRelease(planned, {
    ...{ releases: github.releases, files, stillHolds: tagStillHolds(tagged, machine) },
    recorded: () => findShippedSums({ model, version, ...tagged }, tags, github),
    earlierTry: (record) => earlierTry(record, decided, folder, machine),
  });
  if (released.effect === "refused") return { outcome: "refused", stage, reasons: released.reasons };
  const { url } = released.release;
  if (machine.sign !== undefined && !released.isSigned)
    machine.progress(`${url} was published without a signature and stays as it is, so nothing is signed.`);
  if (breakGlass) await warnOnRelease(released.release, breakGlassCaution(breakGlass, stage), github.releases);
  const { wasThere, ...moved } = await moveStage(
    {
      ...{ model, version, stage, tagged, tags },
      isProduction: stage === rules?.stages.at(-1),
      release: { url, sums: released.sums },
      grounds: { inputHash: evidence.inputHash, resultDigest: evidence.seal?.resultDigest, approvedBy, breakGlass },
      mirror,
    },
    machine,
  );
  return {
    outcome: "promoted",
    stage,
    ...moved,
    wasThere: wasThere && released.effect === "unchanged",
    release: url,
    sums: released.sums,
    approvedBy,
    breakGlass,
  };
}

function asMirrored({ inModel, digest, bytes, path }: ShippedFile): MirroredFile {
  return { path: inModel, digest, bytes, bring: async () => path };
}
