export interface Release {
  id: number;
  tag: string;
  draft: boolean;
  prerelease: boolean;
  uploadUrl: string;
  url: string;
}

export interface ReleaseAsset {
  id: number;
  name: string;
  bytes: number;
  state: string;
}

export interface Releases {
  /** Undefined when there is no published release of that tag. */
  findByTag(tag: string): Promise<Release | undefined>;
  create(request: { tag: string; name: string; body: string; prerelease: boolean; target: string }): Promise<Release>;
  assets(releaseId: number): Promise<readonly ReleaseAsset[]>;
  uploadAsset(release: Release, name: string, file: string): Promise<ReleaseAsset | "exists">;
  /** Streams the asset's bytes to the file. */
  downloadAsset(assetId: number, file: string): Promise<void>;
}
