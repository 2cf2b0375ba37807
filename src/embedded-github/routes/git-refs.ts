import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { createEvent } from "../events.ts";
import { resolveCommit } from "../git/commits.ts";
import { isAncestor } from "../git/history.ts";
import { isRefName, listRefs, moveRef, readRef } from "../git/refs.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { apiUrl } from "../views/repositories.ts";
import { nodeId } from "../views/users.ts";
import { refuseEmpty } from "./git-objects.ts";

export const gitRefRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/git/ref/{ref+}", anyOf: ["contents:read"], handle: getRef },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/git/matching-refs/{ref+}",
    anyOf: ["contents:read"],
    handle: listMatchingRefs,
  },
  { method: "POST", pattern: "/repos/{owner}/{repo}/git/refs", anyOf: ["contents:write"], handle: createRef },
  { method: "PATCH", pattern: "/repos/{owner}/{repo}/git/refs/{ref+}", anyOf: ["contents:write"], handle: updateRef },
];

async function getRef(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  return { status: 200, json: await refView(call, `refs/${call.param("ref")}`) };
}

/** All at once, by name: GitHub knows no pages of them. */
async function listMatchingRefs(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const refs = await listRefs(call.repository.git, `refs/${call.param("ref")}`);
  return { status: 200, json: await Promise.all(refs.map((ref) => refView(call, ref))) };
}

async function refView(call: Call, ref: string) {
  const { state, repository } = call;
  const sha = await readRef(call.repository.git, ref);
  if (sha === undefined) throw notFound();
  const type = (await repository.git.objects.read(sha))?.type;
  const api = `${apiUrl(state, repository)}/git`;
  return {
    ref,
    node_id: nodeId("Ref", `${repository.id}:${ref}`),
    url: `${api}/${ref}`,
    object: { sha, type, url: `${api}/${type}s/${sha}` },
  };
}

const createShape = z.object({ ref: z.string(), sha: z.string() });

async function createRef(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { git } = call.repository;
  const { ref, sha } = readBody(call, createShape);
  if (!/^refs\/[^/]+\/./.test(ref) || !isRefName(ref))
    throw new ApiError(422, `Reference name must start with 'refs/' and have at least two slashes.`);
  await refuseUnknownObject(call, ref, sha);
  if ((await readRef(call.repository.git, ref)) !== undefined) throw new ApiError(422, "Reference already exists");
  if (call.repository.burnedTags.has(ref.replace(/^refs\/tags\//, "")))
    throw ruleViolation("Cannot create ref due to creations being restricted.");
  try {
    await moveRef(git, ref, sha, undefined);
  } catch (error) {
    if (error instanceof ApiError) throw new ApiError(422, "Reference already exists");
    throw error;
  }
  createEvent(call.state, call.repository, ref, call.caller.login);
  const view = await refView(call, ref);
  return { status: 201, json: view, headers: { location: view.url } };
}

const updateShape = z.object({ sha: z.string(), force: z._default(z.boolean(), false) });

async function updateRef(call: Call): Promise<Answer> {
  await refuseEmpty(call);
  const { git, protectedBranches, burnedTags } = call.repository;
  const ref = `refs/${call.param("ref")}`;
  const { sha, force } = readBody(call, updateShape);
  const now = await readRef(call.repository.git, ref);
  if (now === undefined) throw new ApiError(422, "Reference does not exist");
  await refuseUnknownObject(call, ref, sha);
  if (protectedBranches.has(ref.replace(/^refs\/heads\//, "")))
    throw ruleViolation("Changes must be made through a pull request.");
  if (burnedTags.has(ref.replace(/^refs\/tags\//, ""))) throw ruleViolation("Cannot update this protected ref.");
  const [before, after] = [await resolveCommit(git, now), await resolveCommit(git, sha)];
  if (!force && !(before && after && (await isAncestor(git, before, after))))
    throw new ApiError(422, "Update is not a fast forward");
  await moveRef(git, ref, sha, now);
  return { status: 200, json: await refView(call, ref) };
}

function ruleViolation(rule: string): ApiError {
  return new ApiError(422, `Repository rule violations found\n\n${rule}\n\n`);
}

async function refuseUnknownObject(call: Call, ref: string, sha: string): Promise<void> {
  const type = (await call.repository.git.objects.read(sha))?.type;
  if (type === undefined || (ref.startsWith("refs/heads/") && type !== "commit"))
    throw new ApiError(422, "Object does not exist");
}
