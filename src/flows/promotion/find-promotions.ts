import { type Digest, digestPattern } from "../../evidence/digest.ts";
import type { GitTag } from "../../git/tags.ts";
import type { GitHub } from "../../github/github.ts";
import { type BreakGlass, breakGlassIn } from "../../registry/break-glass.ts";
import { versionsBelow } from "../../registry/current.ts";
import { type Assignment, keyOfStageTag } from "../../registry/promotion-key.ts";
import { parseTagName } from "../../registry/tag-name.ts";
import type { ModelTags } from "./read-tags.ts";
import type { ReadVersion } from "./read-version.ts";

/** A promotion that was carried out. */
export interface FoundPromotion {
  key: string;
  stageTag: string;
  /** Of the release's `SHA256SUMS` as it was shipped; undefined where that was not kept. */
  sums: Digest | undefined;
  /** Why it was carried out although judgement spoke against it. */
  breakGlass: BreakGlass | undefined;
}

/**
 * Those of a version's stage tags that promotions made: the key in a tag's message is the one that this version's promotion has, and
 * GitHub has the deployment that it made of the version's commit. Not among them is a tag that a person pushed, whatever its message
 * says, and what a promotion that was interrupted left: promoting again finishes it.
 * @param stageTags of the stage
 * @param names of all the model's tags
 */
export async function findPromotions(
  stageTags: readonly Pick<GitTag, "name" | "commit" | "message">[],
  version: Assignment,
  names: readonly string[],
  { deployments }: Pick<GitHub, "deployments">,
): Promise<readonly FoundPromotion[]> {
  const keyed = stageTags.flatMap((tag) => {
    const key = keyOfStageTag(tag, version, names);
    return key === undefined ? [] : [{ key, stageTag: tag.name }];
  });
  if (keyed.length === 0) return [];
  const made = (await deployments.list({ environment: version.stage, sha: version.commit })).filter(
    ({ payload }) => payload["model"] === version.model && payload["version"] === version.version,
  );
  return keyed.flatMap(({ key, stageTag }) => {
    const own = made.find(({ payload }) => payload["promotion"] === key && payload["stageTag"] === stageTag);
    return own
      ? [{ key, stageTag, sums: digestIn(own.payload["sums"]), breakGlass: breakGlassIn(own.payload["breakGlass"]) }]
      : [];
  });
}

/** Those that put a version into a stage. */
export async function promotionsInto(
  stage: string,
  { model, version }: { model: string; version: string },
  { found, tags }: Pick<ReadVersion, "found" | "tags">,
  github: Pick<GitHub, "deployments">,
): Promise<readonly FoundPromotion[]> {
  if ("wrong" in found) return [];
  const stageTags = (found.state.stages.get(stage) ?? []).map(({ tag }) => tag);
  return findPromotions(stageTags, { model, version, stage, ...found }, tags.names, github);
}

function digestIn(value: unknown): Digest | undefined {
  return typeof value === "string" && digestPattern.test(value) ? (value as Digest) : undefined;
}

/** The highest version below one that a promotion shipped: one that was tagged and refused is nothing to follow. */
export async function shippedBefore(
  { model, version }: { model: string; version: string },
  { registry, tags }: Pick<ReadVersion, "registry" | "tags">,
  github: Pick<GitHub, "deployments">,
): Promise<string | undefined> {
  for (const below of registry ? versionsBelow(registry, version) : []) {
    const tagObject = below.events.findLast(({ action }) => action === "register")?.tag.id;
    if (tagObject === undefined) continue;
    const { version: earlier, commit } = below;
    const sums = await findShippedSums({ model, version: earlier, tagObject, commit }, tags, github);
    if (sums.size > 0) return earlier;
  }
  return undefined;
}

/** What promotions of the version shipped, whatever the stage: digests of `SHA256SUMS`. */
export async function findShippedSums(
  version: Omit<Assignment, "stage">,
  { annotated, names }: ModelTags,
  github: Pick<GitHub, "deployments">,
): Promise<ReadonlySet<Digest>> {
  const stageTags = annotated.flatMap((tag) => {
    const parsed = parseTagName(tag.name);
    return parsed?.action === "assign" ? [{ stage: parsed.stage, tag }] : [];
  });
  const stages = Map.groupBy(stageTags, ({ stage }) => stage);
  const found = await Promise.all(
    [...stages].map(([stage, assigned]) =>
      findPromotions(
        assigned.map(({ tag }) => tag),
        { ...version, stage },
        names,
        github,
      ),
    ),
  );
  return new Set(found.flat().flatMap(({ sums }) => sums ?? []));
}
