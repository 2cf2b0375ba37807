import { GitHubError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { PromotionRecord } from "../../ledger/promotion-record.ts";
import { recordPromotion } from "../../ledger/promotion-record.ts";
import { assignStage } from "../../publishing/assign-stage.ts";
import { publishDeployment } from "../../publishing/publish-deployment.ts";
import { assignedStages } from "../../registry/current.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import type { Promotion } from "../../registry/promotion.ts";
import { keyOfStageTag, promotionKey } from "../../registry/promotion-key.ts";
import { readRegistry } from "../../registry/registry-state.ts";
import { lastAssignedAt } from "../../registry/stage-order.ts";
import { latestStageTag, tagPrefix } from "../../registry/tag-name.ts";
import { doAll } from "./do-all.ts";
import { notePullRequests } from "./note-pull-requests.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import type { ModelTags } from "./read-tags.ts";

/** A version whose release is published, and the stage that it comes into. */
export interface StageMove {
  model: string;
  version: string;
  stage: string;
  /** The model's last stage: people work with what is there. */
  isProduction: boolean;
  tagged: TaggedVersion;
  /** Its address, and the digest of its `SHA256SUMS`. */
  release: { url: string; sums: Digest };
  /** The model's when it was decided. */
  tags: ModelTags;
  /** What the ledger keeps of the grounds. */
  grounds: Pick<PromotionRecord, "inputHash" | "resultDigest" | "approvedBy" | "rollback" | "breakGlass">;
  /** Shows it elsewhere, last of all; undefined: nowhere. */
  mirror: Mirror | undefined;
}

/** @param isCurrent whether the stage has not been given to another version since */
export type Mirror = (move: StageMove, isCurrent: () => Promise<boolean>) => Promise<void>;

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

/** By which the stage has what it has. */
function decidingTag({ model, stage, tags }: Pick<StageMove, "model" | "stage" | "tags">): string | undefined {
  const registry = readRegistry(tags.annotated).models.get(model);
  return registry && assignedStages(registry).get(stage)?.event.tag.name;
}

/** What became of a stage: whether it had the version already, and what failed once it had it. */
export type MovedStage = Pick<Extract<Promotion, { outcome: "promoted" }>, "stageTag" | "wasThere" | "afterwards">;

/**
 * The stage's tag and a deployment, by which the stage has the version, then the ledger's record, the mirror and notes on merged
 * pull requests, which decide nothing. Each is looked for by the promotion's key before it is made.
 */
export async function moveStage(move: StageMove, machine: PromotionMachine): Promise<MovedStage> {
  const { model, version, stage, isProduction, tagged, release, tags, grounds } = move;
  const { github, progress } = machine;
  const stillHolds = tagStillHolds(tagged, machine);
  const { commit, tag, tagObject } = tagged;
  const after = latestStageTag(tags.names, model, stage);
  const latest = tags.annotated.find(({ name }) => name === after);
  const assignment = { model, version, tagObject, commit, stage };
  // A stage's tag that a person made is nobody's proof: the promotion makes its own. So it does where one with a lower number, or
  // none, came later, and by its time decides what the stage has.
  const earlier = latest && decidingTag(move) === after ? keyOfStageTag(latest, assignment, tags.names) : undefined;
  const key = earlier ?? promotionKey(assignment, after);
  const wasThere = earlier !== undefined && after !== undefined;
  progress(`Assigning ${stage}`);
  // The one step of which GitHub itself lets only one of several promotions succeed: what it does not guard comes after it.
  const { breakGlass } = grounds;
  const laterThan = lastAssignedAt(tags.annotated, { model, stage });
  const planned = { key, model, version, stage, commit, after, laterThan, breakGlass };
  const stageTag = wasThere ? after : await assignStage(github.tags, planned, stillHolds);
  const isNewest = async () => {
    const names = (await github.tags.list(tagPrefix(model))).map(({ name }) => name);
    return latestStageTag(names, model, stage) === stageTag;
  };
  const deployment = {
    key,
    model,
    version,
    stage,
    stageTag,
    commit,
    isProduction,
    environmentUrl: release.url,
    sums: release.sums,
    breakGlass,
  };
  await publishDeployment(github.deployments, deployment, isNewest);
  const record: PromotionRecord = {
    schema: "assay.promotion/v1",
    ...{ model, version, tag, tagObject, commit, stage, stageTag, key },
    sums: release.sums,
    ...grounds,
    at: machine.now().toISOString(),
  };
  const afterwards = await doAll([
    () => recordPromotion(github.contents, record),
    async () => move.mirror?.(move, isNewest),
    () => notePullRequests(move, stageTag, machine),
  ]);
  return { stageTag, wasThere, afterwards };
}
