import { join } from "node:path";
import { GitHubError } from "../../errors/errors.ts";
import { canonicalJson, digestOf, shortDigest } from "../../evidence/digest.ts";
import { recordPromotion } from "../../ledger/promotion-record.ts";
import { assignStage, promotionOfTag } from "../../publishing/assign-stage.ts";
import { beginDeployment, finishDeployment } from "../../publishing/publish-deployment.ts";
import { publishRelease } from "../../publishing/publish-release.ts";
import { decidePromotion } from "../../registry/decide-promotion.ts";
import { latestStageTag } from "../../registry/tag-name.ts";
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
 * Decides whether the version may come into the stage, and if so ships it: one release with the very files that were evaluated, a
 * deployment, the stage's tag, a record. Each step is looked for before it is made, so that what was interrupted is continued by
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
  const { facts, tagged, evidence, tagNames } = decided;
  const approvedBy = decided.approvals.map(({ login }) => login);
  const { model, version, stage, rules } = facts;
  const { github, progress } = machine;
  const { commit, tag, tagObject } = tagged;
  const stillHolds = async () => {
    const now = await github.tags.read(tag);
    if (now?.sha === tagObject) return;
    throw new GitHubError(
      `Tag ${tag} is ${now ? now.sha.slice(0, 7) : "gone"}, and ${tagObject.slice(0, 7)} was decided on: somebody moved it. Nothing more is done.`,
    );
  };
  const after = latestStageTag(tagNames, model, stage);
  const earlier = decided.isThere && after !== undefined ? await promotionOfTag(github.tags, after) : undefined;
  // A stage's tag that a person made is nobody's proof: the promotion makes its own.
  const key = earlier ?? shortDigest(digestOf(canonicalJson({ model, version, tagObject, stage, after: after ?? null })), 16);

  progress(`Publishing release ${tag}`);
  const released = await publishRelease(github.releases, await plannedRelease(decided, folder, machine), stillHolds);
  if (released.effect === "foreign")
    return {
      outcome: "refused",
      stage,
      reasons: [
        `${released.release.url} was published by hand, and is left as it is. Delete the release, not the tag, and promote again: the proven model is then released under ${tag}.`,
      ],
    };
  const { url } = released.release;
  const planned = { key, model, version, stage, commit, isProduction: stage === rules?.stages.at(-1) };
  await stillHolds();
  const deployment = await beginDeployment(github.deployments, planned);
  progress(`Assigning ${stage}`);
  const stageTag =
    earlier !== undefined && after !== undefined ? after : await assignStage(github.tags, { ...planned, after }, stillHolds);
  await finishDeployment(github.deployments, deployment, { ...planned, environmentUrl: url });
  await recordPromotion(github.contents, {
    schema: "assay.promotion/v1",
    ...{ model, version, tag, tagObject, commit, stage, stageTag, key },
    inputHash: evidence.inputHash,
    resultDigest: evidence.seal?.resultDigest,
    approvedBy,
    at: machine.now().toISOString(),
  });
  const wasThere = earlier !== undefined && released.effect === "unchanged";
  return { outcome: "promoted", stage, wasThere, release: url, stageTag, approvedBy };
}
