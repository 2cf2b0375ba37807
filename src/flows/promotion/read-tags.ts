import { MissingDataError } from "../../errors/errors.ts";
import type { Git } from "../../git/git.ts";
import type { GitTag } from "../../git/tags.ts";
import type { GitHub } from "../../github/github.ts";
import { noWorkTree, readAnnotated } from "../../github/remote-git.ts";
import type { TagRef } from "../../github/tags.ts";
import { parseTagName, tagPrefix } from "../../registry/tag-name.ts";
import { isDated } from "../../registry/timestamp.ts";

export interface ModelTags {
  /** Annotated ones that have a date, by name. */
  annotated: readonly GitTag[];
  /** All names: a lightweight tag does nothing, but its name is taken. */
  names: readonly string[];
}

/** Each is a request. */
const maxLacking = 50;

/**
 * The model's tags as GitHub has them now. What is in them comes from the clone, since GitHub tells it one tag a request; stages' tags
 * that the clone lacks, such as those of the promotion before, from GitHub.
 * @throws MissingDataError where the clone does not have what GitHub has
 */
export async function readModelTags(model: string, { git, github }: { git: Git; github: GitHub }): Promise<ModelTags> {
  const refs = (await github.tags.list(tagPrefix(model))).filter(({ name }) => parseTagName(name)?.model === model);
  const here = new Map((await git.listTags()).map((tag) => [tag.name, tag]));
  const annotated: GitTag[] = [];
  let lacking = 0;
  for (const ref of refs) {
    const { name, sha } = ref;
    if (ref.type !== "tag") continue;
    const tag = here.get(name) ?? (await lackingHere(ref));
    if (tag === undefined) continue;
    if (tag.id !== sha)
      throw new MissingDataError(
        `Tag ${name} is ${tag.id.slice(0, 7)} in this clone and ${sha.slice(0, 7)} on GitHub: somebody moved it. Run \`git fetch --tags --force\`, and look why.`,
      );
    if (isDated(tag)) annotated.push(tag);
  }
  return { annotated, names: refs.map(({ name }) => name) };

  /** What a clone does not list as an annotated tag on a commit; undefined where GitHub has no such tag either. */
  async function lackingHere(ref: TagRef): Promise<GitTag | undefined> {
    const { name, sha } = ref;
    // Without a clone those that matter were asked for.
    if (git.root === noWorkTree) return undefined;
    if ((await git.resolve(`refs/tags/${name}`)) !== undefined) {
      // A tag of a tag, or one that is called otherwise, does nothing.
      if ((await git.resolve(sha)) !== undefined && (await readAnnotated(ref, github.tags)) === undefined) return undefined;
      throw new MissingDataError(
        `Tag ${name} is another one in this clone than on GitHub: somebody moved it, or \`actions/checkout\`, run by the pushed tag, put its commit in its place. Run \`git fetch --tags --force\`, or give the checkout the default branch as \`ref\`.`,
      );
    }
    lacking += 1;
    const parsed = parseTagName(name);
    const found = parsed && "stage" in parsed && lacking <= maxLacking ? await readAnnotated(ref, github.tags) : undefined;
    if (found && (await git.resolve(found.commit)) !== undefined) return found;
    throw new MissingDataError(
      `This clone lacks tag ${name}, which GitHub has. Run \`git fetch --tags\`, or give the checkout \`fetch-depth: 0\` and \`fetch-tags: true\`.`,
    );
  }
}
