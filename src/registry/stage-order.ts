import type { GitTag } from "../git/tags.ts";
import { isActiveModel } from "./current.ts";
import { type Assignment, keyOfStageTag } from "./promotion-key.ts";
import type { ModelState } from "./registry-state.ts";
import { parseTagName } from "./tag-name.ts";

/** GitHub's clock and this machine's may differ by so much. */
const toleratedSeconds = 5;

/** When the last of a stage's tags was made, in seconds since 1970: the tagger's time decides what the stage is, so the next is later. */
export function lastAssignedAt(tags: readonly GitTag[], { model, stage }: { model: string; stage: string }): number {
  return Math.max(0, ...stageTags(tags, model, stage).map(({ taggedAt }) => taggedAt));
}

/**
 * The stage's newest tag, besides the one that this very promotion made where that is the newest: as long as the promotion is not done
 * the stage is what it was.
 * @param names of all the model's tags
 */
export function newestBefore(assignment: Assignment, tags: readonly GitTag[], names: readonly string[]): GitTag | undefined {
  const ofStage = stageTags(tags, assignment.model, assignment.stage);
  const [newest, before] = ofStage.toSorted((a, b) => b.taggedAt - a.taggedAt);
  return newest && keyOfStageTag(newest, assignment, names) !== undefined ? before : newest;
}

/** Tags of a stage that are dated in the future: whatever is assigned after them would not count. @returns a sentence each */
export function whyNotAssignable(
  tags: readonly GitTag[],
  { model, stage }: { model: string; stage: string },
  now: Date,
): readonly string[] {
  return stageTags(tags, model, stage)
    .filter(({ taggedAt }) => taggedAt > now.getTime() / 1_000 + toleratedSeconds)
    .map(
      ({ name, taggedAt }) =>
        `${name} is dated ${new Date(taggedAt * 1_000).toISOString()}, and the last one decides what is in ${stage}. Delete it: git push --delete origin "refs/tags/${name}".`,
    );
}

/** GTO shows no model that is deprecated, until something happens to it again: a promotion would be that. @returns a sentence */
export function whyDeprecated(registry: ModelState | undefined): readonly string[] {
  if (registry === undefined || isActiveModel(registry)) return [];
  const name = registry.deprecations.at(-1)?.tag.name;
  return [
    `${registry.model} is deprecated by ${name}: it is no longer in use. Delete that tag if it is: git push --delete origin "refs/tags/${name}".`,
  ];
}

function stageTags(tags: readonly GitTag[], model: string, stage: string): readonly GitTag[] {
  return tags.filter(({ name }) => {
    const parsed = parseTagName(name);
    return parsed?.model === model && "stage" in parsed && parsed.stage === stage;
  });
}
