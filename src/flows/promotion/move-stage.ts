import { GitHubError } from "../../errors/errors.ts";
import { canonicalJson, digestOf, shortDigest } from "../../evidence/digest.ts";
import type { PromotionRecord } from "../../ledger/promotion-record.ts";
import { recordPromotion } from "../../ledger/promotion-record.ts";
import { assignStage, promotionOfTag } from "../../publishing/assign-stage.ts";
import { publishDeployment } from "../../publishing/publish-deployment.ts";
import { latestStageTag, tagPrefix } from "../../registry/tag-name.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

/** A version whose release is published, and the stage that it comes into. */
export interface StageMove {
  model: string;
  version: string;
  stage: string;
  /** The model's last stage: people work with what is there. */
  isProduction: boolean;
  tagged: TaggedVersion;
  /** The release's address. */
  release: string;
  /** All names of the model's tags when it was decided. */
  tagNames: readonly string[];
  /** The stage has the version already. */
  isThere: boolean;
  /** What the ledger keeps of the grounds. */
  grounds: Pick<PromotionRecord, "inputHash" | "resultDigest" | "approvedBy" | "rollback">;
}

/** A version's annotated tag, the id of its object, and the commit. */
export interface TaggedVersion {
  tag: string;
  tagObject: string;
  commit: string;
}

/** Throws when the tag is not the one any more that was decided on: asked before each write. */
export function tagStillHolds({ tag, tagObject }: TaggedVersion, { github }: Pick<PromotionMachine, "github">) {
  return async (): Promise<void> => {
    const now = await github.tags.read(tag);
    if (now?.sha === tagObject) return;
    throw new GitHubError(
      `Tag ${tag} is ${now ? now.sha.slice(0, 7) : "gone"}, and ${tagObject.slice(0, 7)} was decided on: somebody moved it. Nothing more is done.`,
    );
  };
}

/**
 * The stage's tag, a deployment, and the ledger's record: each is looked for by the promotion's key before it is made.
 * @returns the stage's tag, and whether it was there
 */
export async function moveStage(move: StageMove, machine: PromotionMachine): Promise<{ stageTag: string; wasThere: boolean }> {
  const { model, version, stage, isProduction, tagged, release, tagNames, isThere, grounds } = move;
  const { github, progress } = machine;
  const stillHolds = tagStillHolds(tagged, machine);
  const after = latestStageTag(tagNames, model, stage);
  const earlier = isThere && after !== undefined ? await promotionOfTag(github.tags, after) : undefined;
  const { commit, tag, tagObject } = tagged;
  // A stage's tag that a person made is nobody's proof: the promotion makes its own.
  const key = earlier ?? shortDigest(digestOf(canonicalJson({ model, version, tagObject, stage, after: after ?? null })), 16);
  const wasThere = earlier !== undefined && after !== undefined;
  progress(`Assigning ${stage}`);
  // The one step of which GitHub itself lets only one of several promotions succeed: what it does not guard comes after it.
  const stageTag = wasThere ? after : await assignStage(github.tags, { key, model, version, stage, commit, after }, stillHolds);
  const isNewest = async () => {
    const names = (await github.tags.list(tagPrefix(model))).map(({ name }) => name);
    return latestStageTag(names, model, stage) === stageTag;
  };
  const deployment = { key, model, version, stage, stageTag, commit, isProduction, environmentUrl: release };
  await publishDeployment(github.deployments, deployment, isNewest);
  await recordPromotion(github.contents, {
    schema: "assay.promotion/v1",
    ...{ model, version, tag, tagObject, commit, stage, stageTag, key },
    ...grounds,
    at: machine.now().toISOString(),
  });
  return { stageTag, wasThere };
}
