import { GitHubError } from "../errors/errors.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { Tags } from "../github/tags.ts";
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
  { key, model, version, stage, commit, after }: PlannedAssignment,
  stillHolds: () => Promise<void>,
): Promise<string> {
  const message = `Promote ${model} ${version} to ${stage}\n\n${trailer}${key}\n`;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const names = (await tags.list(tagPrefix(model))).map(({ name }) => name);
    const latest = latestStageTag(names, model, stage);
    if (latest !== undefined && latest !== after) {
      if ((await promotionOfTag(tags, latest)) === key) return latest;
      throw new GitHubError(`${latest} was made meanwhile, so ${stage} is not what this was decided on. Promote again.`);
    }
    const name = formatTagName({ model, action: "assign", stage, counter: nextCounter(names, model) });
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

const trailer = "Assay-Promotion: ";

/** The key of the promotion that made a stage's tag; undefined of one that a person made. */
export async function promotionOfTag(tags: Tags, name: string): Promise<string | undefined> {
  const message = (await tags.read(name))?.annotation?.message;
  const line = message?.split("\n").find((text) => text.startsWith(trailer));
  return line?.slice(trailer.length).trim();
}
