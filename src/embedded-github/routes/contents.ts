import { posix } from "node:path";
import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { commitFor } from "../authorship.ts";
import { readCommit, resolveCommit } from "../git/commits.ts";
import { readBlob } from "../git/objects.ts";
import { isEmpty, moveRef } from "../git/refs.ts";
import { findEntry, listTree, type TreeEntry, writeTree } from "../git/trees.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { gitCommit } from "../views/commits.ts";
import { apiUrl, htmlUrl } from "../views/repositories.ts";

/** Files up to this size come inside the JSON; larger ones only raw. */
const inlineBytes = 1024 * 1024;

const link = "120000";

export const contentsRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/contents", anyOf: ["contents:read"], handle: (call) => getContent(call, "") },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/contents/{path+}",
    anyOf: ["contents:read"],
    handle: (call) => getContent(call, call.param("path").replace(/^\/+|\/+$/g, "")),
  },
  { method: "PUT", pattern: "/repos/{owner}/{repo}/contents/{path+}", anyOf: ["contents:write"], handle: putContent },
];

async function getContent(call: Call, path: string): Promise<Answer> {
  const { git, defaultBranch } = call.repository;
  const ref = call.url.searchParams.get("ref") ?? defaultBranch;
  const commit = await resolveCommit(git, ref);
  if (commit === undefined) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const asked = await findEntry(git, commit, path);
  if (!asked) throw notFound();
  const target = asked.mode === link ? (await readBlob(git, asked.sha)).toString() : undefined;
  const aimed = target === undefined ? undefined : await findEntry(git, commit, posix.join(posix.dirname(path), target));
  // GitHub follows a link to a file, and describes any other.
  const entry = aimed?.type === "blob" && aimed.mode !== link ? aimed : asked;
  if (entry.mode === link) return { status: 200, json: { ...describe(call, entry, path, ref), target } };
  const raw = /application\/vnd\.github\.(v3\.)?raw/.exec(call.headers.accept ?? "")?.[0];
  if (entry.type === "tree") {
    const entries = await listTree(git, entry.sha, false);
    return {
      status: 200,
      json: entries.map((child) => describe(call, child, path === "" ? child.path : `${path}/${child.path}`, ref)),
    };
  }
  if (entry.type === "commit") return { status: 200, json: { ...describe(call, entry, path, ref), submodule_git_url: null } };
  const bytes = await readBlob(git, entry.sha);
  // Says UTF-8 whatever the bytes are, as GitHub does.
  if (raw !== undefined) return { status: 200, bytes, headers: { "content-type": `${raw}; charset=utf-8` } };
  const inline = bytes.length <= inlineBytes;
  const content = inline ? bytes.toString("base64").replaceAll(/.{60}/g, "$&\n") : "";
  return { status: 200, json: { ...describe(call, entry, path, ref), content, encoding: inline ? "base64" : "none" } };
}

function describe(call: Call, entry: TreeEntry, path: string, ref: string) {
  const { state, repository } = call;
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const type = { blob: entry.mode === link ? "symlink" : "file", tree: "dir", commit: "submodule" }[entry.type];
  const url = `${apiUrl(state, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${apiUrl(state, repository)}/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.sha}`;
  const html = `${htmlUrl(state, repository)}/${entry.type === "tree" ? "tree" : "blob"}/${ref}/${encoded}`;
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha: entry.sha,
    size: entry.size ?? 0,
    type,
    url,
    html_url: html,
    git_url: git,
    download_url: entry.type === "blob" ? `${htmlUrl(state, repository)}/raw/${ref}/${encoded}` : null,
    _links: { self: url, git, html },
  };
}

const signature = z.object({ name: z.string(), email: z.string(), date: z.optional(z.string()) });
const putShape = z.object({
  message: z.string(),
  content: z.base64(),
  sha: z.optional(z.string()),
  branch: z.optional(z.string()),
  committer: z.optional(signature),
  author: z.optional(signature),
});

async function putContent(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const { git } = repository;
  const body = readBody(call, putShape);
  const path = call.param("path");
  if (path === "" || path.split("/").some((part) => part === "" || part === "." || part === ".." || part === ".git")) {
    throw new ApiError(422, "path contains a malformed path component");
  }
  if (call.caller.kind !== "user" && call.caller.permissions.workflows !== "write" && path.startsWith(".github/workflows/")) {
    throw new ApiError(403, "Resource not accessible by integration");
  }
  const branch = body.branch ?? repository.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const tip = await resolveCommit(git, ref);
  if (tip === undefined && !(await isEmpty(git))) throw new ApiError(404, `Branch ${branch} not found`);
  if (repository.protectedBranches.has(branch)) {
    throw new ApiError(409, "Repository rule violations found\n\nChanges must be made through a pull request.\n\n");
  }
  const existing = tip === undefined ? undefined : await findEntry(git, tip, path);
  if (existing && body.sha === undefined) throw new ApiError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (body.sha !== undefined && existing?.sha !== body.sha) throw new ApiError(409, `${path} does not match ${body.sha}`);
  const blob = await git.objects.write("blob", Buffer.from(body.content, "base64"));
  const mode = existing?.mode === "100755" ? existing.mode : "100644";
  const tree = await writeTree(git, tip, [{ path, mode, sha: blob }]);
  const { message, author, committer } = body;
  const parents = tip === undefined ? [] : [tip];
  const commit = await commitFor(state, repository, call.caller, { tree, parents, message, author, committer });
  await moveRef(git, ref, commit, tip);
  const entry = await findEntry(git, commit, path);
  if (!entry) throw notFound();
  return {
    status: existing ? 200 : 201,
    json: { content: describe(call, entry, path, branch), commit: gitCommit(state, repository, await readCommit(git, commit)) },
  };
}
