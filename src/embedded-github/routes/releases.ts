import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { ApiError, notFound, validationFailed } from "../api-error.ts";
import { resolveCommit } from "../git/commits.ts";
import { isRefName, moveRef } from "../git/refs.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import { type Release, type ReleaseAsset, timestamp } from "../state.ts";
import { signedUrl } from "../storage.ts";
import { assetsOf, assetView, releaseView } from "../views/releases.ts";

export const releaseRoutes: readonly Route[] = [
  { method: "POST", pattern: "/repos/{owner}/{repo}/releases", anyOf: ["contents:write"], handle: createRelease },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/tags/{tag+}", anyOf: ["contents:read"], handle: getReleaseByTag },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/assets/{id}", anyOf: ["contents:read"], handle: getAsset },
  { method: "DELETE", pattern: "/repos/{owner}/{repo}/releases/assets/{id}", anyOf: ["contents:write"], handle: deleteAsset },
  { method: "GET", pattern: "/repos/{owner}/{repo}/releases/{id}/assets", anyOf: ["contents:read"], handle: listAssets },
  {
    method: "POST",
    pattern: "/_uploads/repos/{owner}/{repo}/releases/{id}/assets",
    anyOf: ["contents:write"],
    handle: uploadAsset,
  },
];

const createShape = z.object({
  tag_name: z.string(),
  target_commitish: z.optional(z.string()),
  name: z.nullish(z.string()),
  body: z.nullish(z.string().check(z.maxLength(125_000))),
  draft: z._default(z.boolean(), false),
  prerelease: z._default(z.boolean(), false),
  make_latest: z._default(z.enum(["true", "false", "legacy"]), "true"),
});

/** Publishing makes the tag at the target when there is no such tag. */
async function createRelease(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const { git } = repository;
  const body = readBody(call, createShape);
  const { tag_name: tag, draft } = body;
  const target = body.target_commitish ?? repository.defaultBranch;
  const refuse = (field: string, code: "already_exists" | "invalid") => validationFailed({ resource: "Release", field, code });
  if (!isRefName(tag)) throw refuse("tag_name", "invalid");
  const tagged = draft || (await resolveCommit(git, `refs/tags/${tag}`)) !== undefined;
  const commit = tagged ? undefined : await resolveCommit(git, target);
  if (!tagged && commit === undefined) throw refuse("target_commitish", "invalid");
  // Nothing is awaited between this and the release being stored: of two requests at once, one finds the other's.
  if (releasesOf(call).some((release) => release.tag === tag && !release.draft)) throw refuse("tag_name", "already_exists");
  const now = timestamp();
  const release: Release = {
    id: state.nextId(),
    repository,
    tag,
    target,
    name: body.name ?? null,
    body: body.body ?? null,
    draft,
    prerelease: body.prerelease,
    author: call.caller.login,
    createdAt: now,
    publishedAt: draft ? null : now,
  };
  state.releases.set(release.id, release);
  // A tag that was pushed meanwhile stays as it is.
  if (commit !== undefined) await moveRef(git, `refs/tags/${tag}`, commit, undefined).catch(() => undefined);
  const json = releaseView(state, release);
  return { status: 201, json, headers: { location: json.url } };
}

function releasesOf(call: Call): readonly Release[] {
  return [...call.state.releases.values()].filter((release) => release.repository === call.repository);
}

/** Drafts are not found by their tag. */
async function getReleaseByTag(call: Call): Promise<Answer> {
  const release = releasesOf(call).find((candidate) => candidate.tag === call.param("tag") && !candidate.draft);
  if (!release) throw notFound();
  return { status: 200, json: releaseView(call.state, release) };
}

function releaseOf(call: Call, id: number): Release {
  const release = call.state.releases.get(id);
  if (!release || release.repository !== call.repository) throw notFound();
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
  call.state.assets.delete(asset.id);
  await rm(asset.file, { force: true });
  return { status: 204 };
}
