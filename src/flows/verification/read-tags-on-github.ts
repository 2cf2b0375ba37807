import { MissingDataError } from "../../errors/errors.ts";
import type { Git } from "../../git/git.ts";
import type { GitTag } from "../../git/tags.ts";
import type { GitHub } from "../../github/github.ts";
import { readAnnotated } from "../../github/remote-git.ts";
import { parseTagName, tagPrefix } from "../../registry/tag-name.ts";
import { isDated } from "../../registry/timestamp.ts";
import type { ModelTags } from "../promotion/read-tags.ts";

/** Each is a request. */
const maxLacking = 1_000;

/** The model's tags as GitHub has them now. The clone may lack them or have others: it is asked for the very objects alone. */
export async function readTagsOnGitHub(
  model: string,
  { git, github: { tags } }: { git: Git; github: Pick<GitHub, "tags"> },
): Promise<ModelTags> {
  const refs = (await tags.list(tagPrefix(model))).filter(({ name }) => parseTagName(name)?.model === model);
  const here = new Map((await git.listTags()).map((tag) => [`${tag.name} ${tag.id}`, tag]));
  const annotated: GitTag[] = [];
  let lacking = 0;
  for (const ref of refs) {
    if (ref.type !== "tag") continue;
    const known = here.get(`${ref.name} ${ref.sha}`);
    lacking += known ? 0 : 1;
    if (lacking > maxLacking)
      throw new MissingDataError(
        `This clone lacks more than ${maxLacking} tags of ${model}, each of which is a request. Run \`git fetch --tags\`.`,
      );
    const tag = known ?? (await readAnnotated(ref, tags));
    if (tag && isDated(tag)) annotated.push(tag);
  }
  return { annotated, names: refs.map(({ name }) => name) };
}
