import type { Digest } from "../evidence/digest.ts";

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
  /** `uploaded`; `starter` while it is being uploaded, and for ever after an upload that broke off. */
  state: string;
}

export interface Releases {
  /** Undefined when there is no published release of that tag. */
  findByTag(tag: string): Promise<Release | undefined>;
  create(request: { tag: string; name: string; body: string; prerelease: boolean; target: string }): Promise<Release>;
  assets(releaseId: number): Promise<readonly ReleaseAsset[]>;
  /**
   * Never retried by itself. With a digest the file's bytes are checked before anything is sent.
   * @throws UsageError when the file is not there, has another digest, is empty or larger than GitHub takes (2 GiB)
   */
  uploadAsset(release: Release, name: string, file: string, digest?: Digest): Promise<ReleaseAsset | "exists">;
  /** Streams the asset's bytes to the file, which is there only once it is complete; with a digest, only if it is that one. */
  downloadAsset(assetId: number, file: string, digest?: Digest): Promise<{ digest: Digest; bytes: number }>;
  deleteAsset(assetId: number): Promise<void>;
}
