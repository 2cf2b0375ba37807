import * as z from "zod/mini";
import { english } from "../../errors/english.ts";
import { GitHubError, UsageError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import { digestOfBlob, openFile, saveStream } from "../../files/byte-streams.ts";
import type { Release, ReleaseAsset, Releases } from "../releases.ts";
import type { Api } from "./api.ts";
import { errorCodes, statusOf } from "./request-error.ts";

/** GitHub's limit: an asset is smaller than 2 GiB. */
const assetLimit = 2 * 1024 ** 3;

const releaseSchema = z.pipe(
  z.object({
    id: z.int(),
    tag_name: z.string(),
    name: z.nullish(z.string()),
    body: z.nullish(z.string()),
    target_commitish: z.string(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    immutable: z.optional(z.boolean()),
    author: z.nullish(z.object({ login: z.string() })),
    published_at: z.nullish(z.string()),
    upload_url: z.string(),
    html_url: z.string(),
  }),
  z.transform(
    (release): Release => ({
      id: release.id,
      tag: release.tag_name,
      name: release.name ?? "",
      body: release.body ?? "",
      target: release.target_commitish,
      draft: release.draft,
      prerelease: release.prerelease,
      immutable: release.immutable ?? false,
      author: release.author?.login,
      publishedAt: release.published_at ?? undefined,
      uploadUrl: release.upload_url,
      url: release.html_url,
    }),
  ),
);

const assetSchema = z.pipe(
  z.object({
    id: z.int(),
    name: z.string(),
    size: z.int(),
    state: z.string(),
    created_at: z.string(),
    digest: z.nullish(z.string()),
  }),
  z.transform(
    ({ id, name, size, state, created_at, digest }): ReleaseAsset => ({
      ...{ id, name, bytes: size, state, createdAt: created_at, digest: digestFrom(digest) },
    }),
  ),
);

function digestFrom(text: string | null | undefined): Digest | undefined {
  return text?.startsWith("sha256:") ? `sha256:${text.slice("sha256:".length)}` : undefined;
}

export function createReleases(api: Api): Releases {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const permission = "contents: write";
  // A workflow's token can never have the permission that a target with changed workflow files takes.
  const aboutTarget = "its target must not change .github/workflows/";

  return {
    findByTag: (tag) =>
      api.find(
        releaseSchema,
        "GET /repos/{owner}/{repo}/releases/tags/{tag}",
        { tag },
        {
          what: `read release ${tag} of ${place}`,
          permission: "contents: read",
        },
      ),
    list: () =>
      api.list(releaseSchema, "GET /repos/{owner}/{repo}/releases", {}, { what: `list the releases of ${place}`, permission }),
    get: (id) =>
      api.find(
        releaseSchema,
        "GET /repos/{owner}/{repo}/releases/{release_id}",
        { release_id: id },
        { what: `read release ${id} of ${place}`, permission: "contents: read" },
      ),
    latest: () =>
      api.find(
        releaseSchema,
        "GET /repos/{owner}/{repo}/releases/latest",
        {},
        { what: `read the latest release of ${place}`, permission: "contents: read" },
      ),
    create: ({ tag, name, body, prerelease, target, draft = false }) =>
      api.once(
        releaseSchema,
        "POST /repos/{owner}/{repo}/releases",
        {
          tag_name: tag,
          name,
          body,
          prerelease,
          draft,
          target_commitish: target,
          make_latest: prerelease || draft ? "false" : "legacy",
        },
        { what: `create release ${tag} in ${place} (${aboutTarget})`, permission },
      ),
    update: ({ id, tag }, { name, body, prerelease, draft, makeLatest }) =>
      api.once(
        releaseSchema,
        "PATCH /repos/{owner}/{repo}/releases/{release_id}",
        // Without its tag's name GitHub would take the tag from a release.
        { release_id: id, tag_name: tag, name, body, prerelease, draft, make_latest: makeLatest },
        { what: `${draft === false ? "publish" : "change"} release ${tag} of ${place} (${aboutTarget})`, permission },
      ),
    async delete(id) {
      const asked = { what: `delete release ${id} of ${place}`, permission };
      await api.find(z.unknown(), "DELETE /repos/{owner}/{repo}/releases/{release_id}", { release_id: id }, asked);
    },
    assets: (releaseId) =>
      api.list(
        assetSchema,
        "GET /repos/{owner}/{repo}/releases/{release_id}/assets",
        { release_id: releaseId },
        {
          what: `list the assets of release ${releaseId} in ${place}`,
          permission: "contents: read",
        },
      ),
    async uploadAsset(release, name, file, digest) {
      const asked = { what: `upload ${name} to release ${release.tag} of ${place}`, permission };
      const blob = await openFile(file);
      if (blob.size === 0)
        throw new UsageError(`${file} has no bytes, and GitHub takes no empty release asset. Leave the file out.`);
      if (blob.size >= assetLimit) {
        throw new UsageError(
          `${file} has ${blob.size} bytes; GitHub takes less than 2 GiB in a release asset. Keep files of this size in a folder that your runners share.`,
        );
      }
      const actual = digest === undefined ? undefined : await digestOfBlob(blob);
      if (actual !== digest)
        throw new UsageError(`${file} should be ${digest}, but its bytes are ${actual}. It was changed or cut off.`);
      try {
        const { data } = await api.raw(`POST ${release.uploadUrl}`, {
          name,
          data: blob,
          headers: { "content-type": "application/octet-stream", "content-length": String(blob.size) },
        });
        return assetSchema.parse(data, english);
      } catch (error) {
        if (statusOf(error) === 422 && errorCodes(error).includes("already_exists")) return "exists";
        throw api.explain(error, asked);
      }
    },
    async downloadAsset(assetId, file, digest) {
      const asked = { what: `download release asset ${assetId} of ${place}`, permission: "contents: read" };
      try {
        const { data } = await api.raw("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
          asset_id: assetId,
          headers: { accept: "application/octet-stream" },
          request: { parseSuccessResponseBody: false },
        });
        if (!(data instanceof ReadableStream)) throw new GitHubError(`GitHub sent nothing on a request to ${asked.what}.`);
        return await saveStream(data, file, digest);
      } catch (error) {
        throw api.explain(error, asked);
      }
    },
    async deleteAsset(assetId) {
      const asked = { what: `delete release asset ${assetId} of ${place}`, permission };
      await api.find(z.unknown(), "DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}", { asset_id: assetId }, asked);
    },
  };
}
