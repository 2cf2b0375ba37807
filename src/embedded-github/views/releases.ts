import { type Release, type ReleaseAsset, type State, userOf } from "../state.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `release`. Its `upload_url` lies on another path than the API, as on GitHub it lies on another host. */
export function releaseView(state: State, release: Release) {
  const { repository, id, tag } = release;
  const url = `${apiUrl(state, repository)}/releases/${id}`;
  return {
    url,
    html_url: `${htmlUrl(state, repository)}/releases/tag/${release.draft ? `untagged-${id.toString(16)}` : encodeURIComponent(tag)}`,
    assets_url: `${url}/assets`,
    upload_url: `${state.url}/_uploads/repos/${repository.fullName}/releases/${id}/assets{?name,label}`,
    tarball_url: release.draft ? null : `${apiUrl(state, repository)}/tarball/${encodeURIComponent(tag)}`,
    zipball_url: release.draft ? null : `${apiUrl(state, repository)}/zipball/${encodeURIComponent(tag)}`,
    id,
    node_id: nodeId("Release", id),
    tag_name: tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    updated_at: release.updatedAt,
    author: simpleUser(state, userOf(state, release.author)),
    assets: assetsOf(state, release).map((asset) => assetView(state, release, asset)),
  };
}

export function assetsOf(state: State, release: Release): readonly ReleaseAsset[] {
  return [...state.assets.values()].filter((asset) => asset.releaseId === release.id);
}

/** GitHub's `release-asset`. */
export function assetView(state: State, release: Release, asset: ReleaseAsset) {
  const { repository, tag } = release;
  return {
    url: `${apiUrl(state, repository)}/releases/assets/${asset.id}`,
    browser_download_url: `${htmlUrl(state, repository)}/releases/download/${encodeURIComponent(tag)}/${asset.name}`,
    id: asset.id,
    node_id: nodeId("ReleaseAsset", asset.id),
    name: asset.name,
    label: asset.label,
    state: "uploaded",
    content_type: asset.contentType,
    size: asset.bytes,
    digest: asset.digest,
    download_count: 0,
    created_at: asset.createdAt,
    updated_at: asset.createdAt,
    uploader: simpleUser(state, userOf(state, asset.uploader)),
  };
}
