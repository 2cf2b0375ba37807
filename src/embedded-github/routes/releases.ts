import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { ApiError, notFound, validationFailed } from "../api-error.ts";
import { createEvent, releasePublishedEvent } from "../events.ts";
import { readCommit, resolveCommit } from "../git/commits.ts";
import { isRefName, moveRef } from "../git/refs.ts";
import type { GitRepository } from "../git/repository.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import { type Release, type ReleaseAsset, timestamp } from "../state.ts";
import { signedUrl } from "../storage.ts";
import { allows } from "../tokens.ts";
import { assetsOf, assetView, releaseView } from "../views/releases.ts";

export const releaseRoutes: readonly Route[] = [
  { method: "POST", pattern: "/repos/{owner}/{repo}/releases", anyOf: ["contents:write"], handle: createRelease },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases", anyOf: ["contents:read"], handle: listReleases },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/latest", anyOf: ["contents:read"], handle: getLatest },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/tags/{tag+}", anyOf: ["contents:read"], handle: getReleaseByTag },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/assets/{id}", anyOf: ["contents:read"], handle: getAsset },
  { method: "DELETE", pattern: "/repos/{owner}/{repo}/releases/assets/{id}", anyOf: ["contents:write"], handle: deleteAsset },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/{id}", anyOf: ["contents:read"], handle: getRelease },
  { method: "PATCH", pattern: "/repos/{owner}/{repo}/releases/{id}", anyOf: ["contents:write"], handle: updateRelease },
  { method: "DELETE", pattern: "/repos/{owner}/{repo}/releases/{id}", anyOf: ["contents:write"], handle: deleteRelease },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/{id}/assets", anyOf: ["contents:read"], handle: listAssets },
  {
    method: "POST",
    pattern: "/_uploads/repos/{owner}/{repo}/releases/{id}/assets",
    anyOf: ["contents:write"],
    handle: uploadAsset,
  },
];

const makeLatestShape = z.enum(["true", "false", "legacy"]);
type MakeLatest = z.infer<typeof makeLatestShape>;

const createShape = z.object({
  tag_name: z.string(),
  target_commitish: z.optional(z.string()),
  name: z.nullish(z.string()),
  body: z.nullish(z.string().check(z.maxLength(125_000))),
  draft: z._default(z.boolean(), false),
  prerelease: z._default(z.boolean(), false),
  make_latest: z._default(makeLatestShape, "true"),
});

async function createRelease(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const body = readBody(call, createShape);
  if (!isRefName(body.tag_name)) throw refused("tag_name", "invalid");
  const now = timestamp();
  const release: Release = {
    id: state.nextId(),
    repository,
    tag: body.tag_name,
    target: body.target_commitish ?? repository.defaultBranch,
    name: body.name ?? null,
    body: body.body ?? null,
    draft: true,
    prerelease: body.prerelease,
    immutable: false,
    author: call.caller.login,
    createdAt: now,
    publishedAt: null,
    updatedAt: now,
  };
  if (body.draft) state.releases.set(release.id, release);
  else await publish(call, release, {}, body.make_latest);
  const json = releaseView(state, release);
  return { status: 201, json, headers: { location: json.url } };
}

const refused = (field: string, code: "already_exists" | "invalid") => validationFailed({ resource: "Release", field, code });

/** Publishing makes the tag at the target when there is no such tag, and fixes everything where releases are immutable. */
async function publish(call: Call, release: Release, change: Partial<Release>, makeLatest: MakeLatest): Promise<void> {
  const { state, repository } = call;
  const { git } = repository;
  const { tag, target } = { ...release, ...change };
  const tagged = await resolveCommit(git, `refs/tags/${tag}`);
  const commit = tagged ?? (await resolveCommit(git, target));
  if (commit === undefined) throw refused("target_commitish", "invalid");
  const { committer } = await readCommit(git, commit);
  // Nothing is awaited between this and the release being stored: of two requests at once, one finds the other's.
  if (releasesOf(call).some((other) => other !== release && other.tag === tag && !other.draft))
    throw refused("tag_name", "already_exists");
  if (repository.burnedTags.has(tag)) {
    const message = "tag_name was used by an immutable release";
    throw validationFailed({ resource: "Release", field: "tag_name", code: "custom", message });
  }
  const latest = latestOf(call);
  const immutable = repository.settings.immutableReleases;
  const now = timestamp();
  const wasDraft = release.draft;
  Object.assign(release, change, { draft: false, immutable, createdAt: committer.date, publishedAt: now, updatedAt: now });
  state.releases.set(release.id, release);
  if (immutable) repository.burnedTags.add(tag);
  chooseLatest(release, makeLatest, latest);
  // A tag that was pushed meanwhile stays as it is.
  if (tagged === undefined && (await isMade(git, `refs/tags/${tag}`, commit)))
    createEvent(state, repository, `refs/tags/${tag}`, call.caller.login);
  if (wasDraft) releasePublishedEvent(state, release, call.caller.login);
}

async function isMade(git: GitRepository, ref: string, commit: string): Promise<boolean> {
  try {
    await moveRef(git, ref, commit, undefined);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

const updateShape = z.object({
  tag_name: z.optional(z.string()),
  target_commitish: z.optional(z.string()),
  name: z.nullish(z.string()),
  body: z.nullish(z.string().check(z.maxLength(125_000))),
  draft: z.optional(z.boolean()),
  prerelease: z.optional(z.boolean()),
  make_latest: z.optional(makeLatestShape),
});

async function updateRelease(call: Call): Promise<Answer> {
  const release = releaseOf(call, idParam(call, "id"));
  const body = readBody(call, updateShape);
  const change: Partial<Release> = {
    ...(body.tag_name !== undefined && { tag: body.tag_name }),
    ...(body.target_commitish !== undefined && { target: body.target_commitish }),
    ...(body.name !== undefined && { name: body.name }),
    ...(body.body !== undefined && { body: body.body }),
    ...(body.prerelease !== undefined && { prerelease: body.prerelease }),
  };
  if (change.tag !== undefined && !isRefName(change.tag)) throw refused("tag_name", "invalid");
  const { tag, target } = { ...release, ...change };
  if (release.immutable && (body.draft || tag !== release.tag || target !== release.target))
    throw new ApiError(422, "Cannot change the tag of an immutable release, or make it a draft");
  const isPublished = body.draft === undefined ? !release.draft : !body.draft;
  if (isPublished && (release.draft || tag !== release.tag)) await publish(call, release, change, body.make_latest ?? "true");
  else {
    const latest = latestOf(call);
    Object.assign(release, change, !isPublished && { draft: true, publishedAt: null }, { updatedAt: timestamp() });
    if (body.make_latest !== undefined) chooseLatest(release, body.make_latest, latest);
  }
  return { status: 200, json: releaseView(call.state, release) };
}

/** Drafts and prereleases are not chosen. */
function chooseLatest(release: Release, makeLatest: MakeLatest, latest: Release | undefined): void {
  if (release.draft || release.prerelease) return;
  const chosen = { true: release, false: latest === release ? undefined : latest, legacy: undefined }[makeLatest];
  release.repository.latestRelease = chosen?.id;
}

/** The chosen one, or that of the newest commit; of one commit, the highest version. */
function latestOf(call: Call): Release | undefined {
  const full = releasesOf(call).filter(({ draft, prerelease }) => !draft && !prerelease);
  const newest = full.toSorted(
    (a, b) => b.createdAt.localeCompare(a.createdAt) || b.tag.localeCompare(a.tag, "en", { numeric: true }) || b.id - a.id,
  );
  return full.find(({ id }) => id === call.repository.latestRelease) ?? newest[0];
}

async function getLatest(call: Call): Promise<Answer> {
  const release = latestOf(call);
  if (!release) throw notFound();
  return { status: 200, json: releaseView(call.state, release) };
}

/** The tag stays. */
async function deleteRelease(call: Call): Promise<Answer> {
  const { state } = call;
  const release = releaseOf(call, idParam(call, "id"));
  for (const asset of assetsOf(state, release)) await removeAsset(call, asset);
  state.releases.delete(release.id);
  return { status: 204 };
}

function releasesOf(call: Call): readonly Release[] {
  return [...call.state.releases.values()].filter((release) => release.repository === call.repository);
}

/** Newest first; drafts are seen only by those who may write. */
async function listReleases(call: Call): Promise<Answer> {
  const seen = releasesOf(call).filter((release) => isSeen(call, release));
  const newest = seen.toSorted((a, b) => b.id - a.id);
  const { page, headers } = paginate(call, newest);
  return { status: 200, headers, json: page.map((release) => releaseView(call.state, release)) };
}

function isSeen({ caller }: Call, release: Release): boolean {
  return !release.draft || allows(caller, "contents:write");
}

async function getRelease(call: Call): Promise<Answer> {
  return { status: 200, json: releaseView(call.state, releaseOf(call, idParam(call, "id"))) };
}

/** Drafts are not found by their tag. */
async function getReleaseByTag(call: Call): Promise<Answer> {
  const release = releasesOf(call).find((candidate) => candidate.tag === call.param("tag") && !candidate.draft);
  if (!release) throw notFound();
  return { status: 200, json: releaseView(call.state, release) };
}

function releaseOf(call: Call, id: number): Release {
  const release = call.state.releases.get(id);
  if (!release || release.repository !== call.repository || !isSeen(call, release)) throw notFound();
  return release;
}

async function listAssets(call: Call): Promise<Answer> {
  const release = releaseOf(call, idParam(call, "id"));
  const { page, headers } = paginate(call, assetsOf(call.state, release));
  return { status: 200, headers, json: page.map((asset) => assetView(call.state, release, asset)) };
}

async function uploadAsset(call: Call): Promise<Answer> {
  const { state, repository, body, url } = call;
  const release = releaseOf(call, idParam(call, "id"));
  if (release.immutable) throw new ApiError(422, "Cannot upload assets to an immutable release");
  const given = url.searchParams.get("name");
  const refuse = (code: "missing_field" | "already_exists") =>
    validationFailed({ resource: "ReleaseAsset", field: "name", code });
  if (!given) throw refuse("missing_field");
  if (body.length === 0) throw new ApiError(400, "Bad Content-Length: 0");
  // GitHub renames what it does not take in a name.
  const name = given.replaceAll(/[^\w.+@-]+/g, ".");
  const id = state.nextId();
  const file = join(state.folder, "blobs", `asset-${id}`);
  await writeFile(file, body);
  if (assetsOf(state, release).some((asset) => asset.name === name)) {
    await rm(file);
    throw refuse("already_exists");
  }
  const asset: ReleaseAsset = {
    id,
    releaseId: release.id,
    repository,
    name,
    label: url.searchParams.get("label"),
    contentType: call.headers["content-type"] ?? "application/octet-stream",
    bytes: body.length,
    digest: `sha256:${createHash("sha256").update(body).digest("hex")}`,
    file,
    uploader: call.caller.login,
    createdAt: timestamp(),
  };
  state.assets.set(id, asset);
  return { status: 201, json: assetView(state, release, asset) };
}

function assetOf(call: Call): ReleaseAsset {
  const asset = call.state.assets.get(idParam(call, "id"));
  if (!asset || asset.repository !== call.repository) throw notFound();
  return asset;
}

/** The bytes come from elsewhere: whoever accepts them is sent there. */
async function getAsset(call: Call): Promise<Answer> {
  const asset = assetOf(call);
  if (call.headers.accept?.includes("application/octet-stream")) {
    const location = signedUrl(call.state, { file: asset.file, contentType: asset.contentType, fileName: asset.name });
    return { status: 302, headers: { location } };
  }
  return { status: 200, json: assetView(call.state, releaseOf(call, asset.releaseId), asset) };
}

async function deleteAsset(call: Call): Promise<Answer> {
  const asset = assetOf(call);
  if (releaseOf(call, asset.releaseId).immutable) throw new ApiError(422, "Cannot delete assets of an immutable release");
  await removeAsset(call, asset);
  return { status: 204 };
}

async function removeAsset({ state }: Call, asset: ReleaseAsset): Promise<void> {
  state.assets.delete(asset.id);
  await rm(asset.file, { force: true });
}
