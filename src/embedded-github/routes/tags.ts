import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { signatureOf } from "../authorship.ts";
import { objectId } from "../git/objects.ts";
import { isRefName } from "../git/refs.ts";
import { readTag, type TagRecord, writeTag } from "../git/tags.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { apiUrl } from "../views/repositories.ts";
import { nodeId } from "../views/users.ts";
import { refuseEmpty } from "./git-objects.ts";

export const tagRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/git/tags/{tag}", anyOf: ["contents:read"], handle: getTag },
  { method: "POST", pattern: "/repos/{owner}/{repo}/git/tags", anyOf: ["contents:write"], handle: createTag },
];

async function getTag(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const record = await readTag(call.repository.git, call.param("tag"));
  if (record === undefined) throw notFound();
  return { status: 200, json: tagView(call, record) };
}

const createShape = z.object({
  tag: z.string(),
  message: z.string(),
  object: z.string().check(z.regex(objectId)),
  type: z.enum(["commit", "tree", "blob"]),
  tagger: z.optional(z.object({ name: z.string(), email: z.string(), date: z.optional(z.string()) })),
});

/** Makes the object alone: the tag itself is a ref. */
async function createTag(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { state, repository, caller } = call;
  const body = readBody(call, createShape);
  if (!isRefName(body.tag)) throw new ApiError(422, "tag name is not valid");
  if ((await repository.git.objects.read(body.object))?.type !== body.type)
    throw new ApiError(422, "Object does not exist or is of another type");
  const tagger = body.tagger ?? signatureOf(state, caller.login);
  const sha = await writeTag(repository.git, { ...body, tagger });
  const record = await readTag(repository.git, sha);
  if (record === undefined) throw new Error(`Tag object ${sha} was written and is not there.`);
  const json = tagView(call, record);
  return { status: 201, json, headers: { location: json.url } };
}

/** GitHub's `git-tag`. Whether a signature is good is not looked at here. */
function tagView({ state, repository }: Call, { sha, tag, message, tagger, object }: TagRecord) {
  const api = `${apiUrl(state, repository)}/git`;
  return {
    node_id: nodeId("Tag", sha),
    tag,
    sha,
    url: `${api}/tags/${sha}`,
    message,
    tagger,
    object: { ...object, url: `${api}/${object.type}s/${object.sha}` },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}
