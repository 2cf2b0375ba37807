import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
import type { Tag, TagAnnotation, TagRef, Tags } from "../tags.ts";
import type { Api } from "./api.ts";

const prefixOfTags = "refs/tags/";
/** Tags of tags: nobody has more. */
const maxDepth = 10;

const objectSchema = z.object({ sha: z.string(), type: z.enum(["tag", "commit", "tree", "blob"]) });
const refSchema = z.pipe(
  z.object({ ref: z.string(), object: objectSchema }),
  z.transform(({ ref, object: { sha, type } }): TagRef => ({ name: ref.replace(prefixOfTags, ""), sha, type })),
);
const tagSchema = z.object({
  sha: z.string(),
  tag: z.string(),
  message: z.string(),
  tagger: z.nullish(z.object({ name: z.string(), email: z.string(), date: z.string() })),
  object: objectSchema,
  verification: z.optional(z.object({ verified: z.boolean() })),
});
type ObjectAnswer = z.infer<typeof tagSchema>;

export function createTags(api: Api): Tags {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const read = "contents: read";

  function readObject(sha: string): Promise<ObjectAnswer> {
    const asked = { what: `read tag object ${sha} of ${place}`, permission: read };
    return api.send(tagSchema, "GET /repos/{owner}/{repo}/git/tags/{tag_sha}", { tag_sha: sha }, asked);
  }

  async function commitOf({ sha, type }: Pick<TagRef, "sha" | "type">, depth = 0): Promise<string | undefined> {
    if (type === "commit") return sha;
    if (type !== "tag" || depth >= maxDepth) return undefined;
    return commitOf((await readObject(sha)).object, depth + 1);
  }

  return {
    async read(name) {
      const asked = { what: `read tag ${name} of ${place}`, permission: read };
      const ref = await api.find(refSchema, "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `tags/${name}` }, asked);
      if (ref?.name !== name) return undefined;
      const object = ref.type === "tag" ? await readObject(ref.sha) : undefined;
      return { ...ref, commit: await commitOf(object?.object ?? ref), annotation: object && annotationOf(object) };
    },
    async readObject(sha) {
      const read = await readObject(sha);
      return { commit: read.object.type === "commit" ? read.object.sha : undefined, annotation: annotationOf(read) };
    },
    async list(prefix) {
      const asked = { what: `list the tags ${prefix}* of ${place}`, permission: read };
      const route = "GET /repos/{owner}/{repo}/git/matching-refs/{ref}";
      const refs = await api.list(refSchema, route, { ref: `tags/${prefix}` }, asked, { isPaged: false });
      return refs.filter(({ name }) => name.startsWith(prefix));
    },
    async create({ name, commit, message, tagger }): Promise<Tag | "exists"> {
      // A workflow's token can never have the permission that a commit with changed workflow files takes.
      const what = `create tag ${name} in ${place} (its commit must not change .github/workflows/)`;
      const asked = { what, permission: "contents: write" };
      const body = { tag: name, message, object: commit, type: "commit", tagger };
      const object = await api.once(tagSchema, "POST /repos/{owner}/{repo}/git/tags", body, asked);
      try {
        const ref = { ref: prefixOfTags + name, sha: object.sha };
        const made = await api.once(refSchema, "POST /repos/{owner}/{repo}/git/refs", ref, asked);
        return { ...made, commit, annotation: annotationOf(object) };
      } catch (error) {
        if (error instanceof GitHubError && error.status === 422 && /already exists/i.test(error.message)) return "exists";
        throw error;
      }
    },
  };
}

function annotationOf({ tag, message, tagger, verification }: ObjectAnswer): TagAnnotation {
  return { name: tag, message: message.trimEnd(), tagger: tagger ?? undefined, verified: verification?.verified ?? false };
}
