import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { commitFor } from "../authorship.ts";
import { readCommit, resolveCommit } from "../git/commits.ts";
import { objectId } from "../git/objects.ts";
import { isEmpty } from "../git/refs.ts";
import { listTree, resolveTree, writeTree } from "../git/trees.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { gitCommit } from "../views/commits.ts";
import { apiUrl } from "../views/repositories.ts";

export const gitObjectRoutes: readonly Route[] = [
  { method: "POST", pattern: "/repos/{owner}/{repo}/git/blobs", anyOf: ["contents:write"], handle: createBlob },
  { method: "GET", pattern: "/repos/{owner}/{repo}/git/trees/{tree}", anyOf: ["contents:read"], handle: getTree },
  { method: "POST", pattern: "/repos/{owner}/{repo}/git/trees", anyOf: ["contents:write"], handle: createTree },
  { method: "GET", pattern: "/repos/{owner}/{repo}/git/commits/{commit}", anyOf: ["contents:read"], handle: getCommit },
  { method: "POST", pattern: "/repos/{owner}/{repo}/git/commits", anyOf: ["contents:write"], handle: createCommit },
];

/** The git database of a repository without a commit answers 409 to everything. */
export async function refuseEmpty(call: Call): Promise<void> {
  if (await isEmpty(call.repository.git)) throw new ApiError(409, "Git Repository is empty.");
}

const blobShape = z.object({ content: z.string(), encoding: z._default(z.enum(["utf-8", "base64"]), "utf-8") });

async function createBlob(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { content, encoding } = readBody(call, blobShape);
  const sha = await call.repository.git.objects.write("blob", Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
  const url = `${apiUrl(call.state, call.repository)}/git/blobs/${sha}`;
  return { status: 201, json: { sha, url }, headers: { location: url } };
}

async function getTree(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { git } = call.repository;
  const name = call.param("tree");
  const commit = await resolveCommit(git, name);
  const tree = await resolveTree(git, commit ?? name);
  if (tree === undefined) throw notFound();
  return { status: 200, json: await treeView(call, tree, call.url.searchParams.has("recursive")) };
}

/** GitHub's limit. */
const maxEntries = 100_000;

async function treeView(call: Call, sha: string, recursive: boolean) {
  const { git } = call.repository;
  const url = `${apiUrl(call.state, call.repository)}/git`;
  const entries = (await listTree(git, sha, recursive)).map((entry) => ({
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.sha,
    ...(entry.size !== undefined && { size: entry.size }),
    ...(entry.type !== "commit" && { url: `${url}/${entry.type}s/${entry.sha}` }),
  }));
  return { sha, url: `${url}/trees/${sha}`, tree: entries.slice(0, maxEntries), truncated: entries.length > maxEntries };
}

const treeShape = z.object({
  base_tree: z.optional(z.string().check(z.regex(objectId))),
  tree: z
    .array(
      z.object({
        path: z.string().check(z.minLength(1)),
        mode: z.enum(["100644", "100755", "120000", "160000"]),
        type: z.optional(z.enum(["blob", "commit"])),
        sha: z.optional(z.nullable(z.string().check(z.regex(objectId)))),
        content: z.optional(z.string()),
      }),
    )
    .check(z.minLength(1)),
});

async function createTree(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { git } = call.repository;
  const body = readBody(call, treeShape);
  const changes = [];
  for (const { path, mode, sha, content } of body.tree) {
    if (content === undefined && sha === undefined) throw new ApiError(422, `Must supply either tree.sha or tree.content`);
    if (typeof sha === "string" && mode !== "160000" && (await git.objects.read(sha)) === undefined) {
      throw new ApiError(422, `tree.sha ${sha} is not a valid blob`);
    }
    changes.push({
      path,
      mode,
      sha: content === undefined ? (sha ?? undefined) : await git.objects.write("blob", Buffer.from(content)),
    });
  }
  if (body.base_tree !== undefined && (await resolveTree(git, body.base_tree)) === undefined) throw notFound();
  const tree = await writeTree(git, body.base_tree, changes);
  return { status: 201, json: await treeView(call, tree, false) };
}

async function getCommit(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { git } = call.repository;
  const commit = objectId.test(call.param("commit")) ? await resolveCommit(git, call.param("commit")) : undefined;
  if (commit === undefined) throw notFound();
  return { status: 200, json: gitCommit(call.state, call.repository, await readCommit(git, commit)) };
}

const signature = z.object({ name: z.string(), email: z.string(), date: z.optional(z.string()) });
const commitShape = z.object({
  message: z.string(),
  tree: z.string().check(z.regex(objectId)),
  parents: z._default(z.array(z.string().check(z.regex(objectId))), []),
  author: z.optional(signature),
  committer: z.optional(signature),
});

async function createCommit(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { git } = call.repository;
  const body = readBody(call, commitShape);
  if ((await git.objects.read(body.tree))?.type !== "tree") throw new ApiError(422, "Tree SHA does not exist");
  for (const parent of body.parents) {
    if ((await git.objects.read(parent))?.type !== "commit")
      throw new ApiError(422, "Parent SHA does not exist or is not a commit object");
  }
  const sha = await commitFor(call.state, call.repository, call.caller, body);
  return { status: 201, json: gitCommit(call.state, call.repository, await readCommit(git, sha)) };
}
