import type { GitHub } from "../../github/github.ts";
import { assignedStages } from "../../registry/current.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import { keyInMessage, keyOfStageTag } from "../../registry/promotion-key.ts";
import type { ModelState, VersionState } from "../../registry/registry-state.ts";
import type { StageTag } from "../../release/verification/check-stages.ts";
import { promotionsInto } from "../promotion/find-promotions.ts";
import type { ModelTags } from "../promotion/read-tags.ts";

/** A version that stands, by all tags of its model. */
export interface Registered {
  tags: ModelTags;
  registry: ModelState;
  found: TaggedVersion & { state: VersionState };
}

/** The tag by which the version came into each stage last, and what says that a promotion made it. */
export async function readStageTags(
  version: { model: string; version: string },
  { tags, registry, found }: Registered,
  github: Pick<GitHub, "deployments">,
): Promise<readonly StageTag[]> {
  const now = assignedStages(registry);
  const read: StageTag[] = [];
  for (const [stage, events] of found.state.stages) {
    const last = events.findLast(({ action }) => action === "assign")?.tag;
    if (!last) continue;
    const promotions = await promotionsInto(stage, version, { tags, found }, github);
    const isOwn = keyOfStageTag(last, { ...version, ...found, stage }, tags.names) !== undefined;
    const hasKey = keyInMessage(last.message) !== undefined;
    read.push({
      ...{ name: last.name, stage, key: isOwn ? "own" : hasKey ? "other" : "none" },
      isDeployed: promotions.some(({ stageTag }) => stageTag === last.name),
      isNow: now.get(stage)?.version === found.state,
    });
  }
  return read;
}
