import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { Tags } from "../github/tags.ts";
import type { BreakGlass } from "../registry/break-glass.ts";
import { assignmentMessage, keyInMessage } from "../registry/promotion-key.ts";
import { formatTagName, latestStageTag, nextCounter, tagPrefix } from "../registry/tag-name.ts";

/** A stage's new version, as decided: found again by its key, which its tag's message has. */
export interface PlannedAssignment {
  key: string;
  model: string;
  version: string;
  stage: string;
  commit: string;
  /** The stage's latest tag when it was decided; undefined: there was none. */
  after: string | undefined;
  /** Seconds since 1970, when the stage's last tag was made: tags of one second have no order. */
  laterThan: number;
  /** Why it came there although judgement spoke against it, which the tag says too. */
  breakGlass?: BreakGlass | undefined;
}

const maxAttempts = 10;

/**
 * Makes the stage's annotated tag, with the next number of all the model's tags.
 * @param stillHolds called before each write; throws when what was decided on does not hold any more
 * @returns the tag's name
 * @throws GitHubError when somebody else moved the stage meanwhile
 */
export async function assignStage(
  tags: Tags,
  { key, model, version, stage, commit, after, laterThan, breakGlass }: PlannedAssignment,
  stillHolds: () => Promise<void>,
): Promise<string> {
  const message = assignmentMessage({ model, version, stage }, key, breakGlass);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const names = (await tags.list(tagPrefix(model))).map(({ name }) => name);
    const latest = latestStageTag(names, model, stage);
    if (latest !== undefined && latest !== after) {
      const there = await tags.read(latest);
      if (there?.commit === commit && keyInMessage(there.annotation?.message) === key) return latest;
      throw new GitHubError(`${latest} was made meanwhile, so ${stage} is not what this was decided on. Promote again.`);
    }
    const name = formatTagName({ model, action: "assign", stage, counter: nextCounter(names, model) });
    while (Math.floor(Date.now() / 1_000) <= laterThan) await sleep(50);
    await stillHolds();
    try {
      if ((await tags.create({ name, commit, message })) !== "exists") return name;
    } catch (error) {
      if (!isLostAnswer(error)) throw error;
    }
    // Somebody else took the number, or only the answer was lost: the next look tells.
  }
  throw new GitHubError(`${model} got new tags ${maxAttempts} times meanwhile. Promote again.`);
}
