import type { Git } from "../../git/git.ts";
import type { GitTag } from "../../git/tags.ts";
import type { GitHub } from "../../github/github.ts";
import { parseTagName, tagPrefix } from "../../registry/tag-name.ts";
import type { ModelTags } from "../promotion/read-tags.ts";

/** The model's tags as GitHub has them now. The clone may lack them or have others: it is asked for the very objects alone. */
export async function readTagsOnGitHub(
  model: string,
  { git, github: { tags } }: { git: Git; github: Pick<GitHub, "tags"> },
): Promise<ModelTags> {
  const refs = (await tags.list(tagPrefix(model))).filter(({ name }) => parseTagName(name)?.model === model);
  const here = new Map((await git.listTags()).map((tag) => [`${tag.name} ${tag.id}`, tag]));
  const annotated: GitTag[] = [];
  for (const { name, sha, type } of refs) {
    if (type !== "tag") continue;
    const tag = here.get(`${name} ${sha}`) ?? (await readTag(name, tags));
    if (tag) annotated.push(tag);
  }
  return { annotated, names: refs.map(({ name }) => name) };
}

/** @returns undefined of one that does nothing: of a tag of a tag, and where nobody is named as who made it */
async function readTag(name: string, tags: GitHub["tags"]): Promise<GitTag | undefined> {
  const { commit, sha, annotation } = (await tags.read(name)) ?? {};
  if (sha === undefined || commit === undefined || annotation?.tagger === undefined) return undefined;
  const { tagger, message } = annotation;
  const taggedAt = Math.floor(Date.parse(tagger.date) / 1_000);
  return { name, id: sha, commit, committedAt: 0, tagger, taggedAt, offsetMinutes: 0, message: message.trim() };
}
