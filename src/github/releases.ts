import type { Digest } from "../evidence/digest.ts";

export interface Release {
  id: number;
  tag: string;
  name: string;
  /** Markdown. */
  body: string;
  /** Branch or commit at which publishing makes the tag, where there is none of that name. */
  target: string;
  draft: boolean;
  prerelease: boolean;
  /** Its assets and its tag cannot be changed any more; false on a GitHub that does not know of it. */
  immutable: boolean;
  /** Login of whoever made it. */
  author: string | undefined;
  /** Undefined of a draft. */
  publishedAt: string | undefined;
  uploadUrl: string;
  url: string;
}

export interface ReleaseAsset {
  id: number;
  /** What GitHub made of the name that was asked for: it puts a dot in the place of what it does not take. */
  name: string;
  bytes: number;
  /** `uploaded`; `starter` while it is being uploaded, and for ever after an upload that broke off. */
  state: string;
  /** ISO 8601. */
  createdAt: string;
  /** By GitHub's own reckoning; undefined of old assets and of those that are not uploaded. */
  digest: Digest | undefined;
}

/**
 * Which release the repository's page shows as its latest. `true`: this one. `legacy`: GitHub decides by date and version.
 * Drafts and prereleases never are it.
 */
export type MakeLatest = "true" | "false" | "legacy";

export interface NewRelease {
  tag: string;
  name: string;
  body: string;
  prerelease: boolean;
  target: string;
  /** Makes no tag, and is seen only by those who may write. Default false: published at once. */
  draft?: boolean | undefined;
}

export interface ReleaseChange {
  name?: string | undefined;
  body?: string | undefined;
  prerelease?: boolean | undefined;
  /** `false` publishes a draft. */
  draft?: false | undefined;
  makeLatest?: MakeLatest | undefined;
}

export interface Releases {
  /** Undefined when there is no published release of that tag. */
  findByTag(tag: string): Promise<Release | undefined>;
  /** Newest first. Drafts are among them where the token may write contents; there can be several of one tag. */
  list(): Promise<readonly Release[]>;
  get(id: number): Promise<Release | undefined>;
  /** The published one that is shown as the latest. */
  latest(): Promise<Release | undefined>;
  /** Never retried by itself. */
  create(request: NewRelease): Promise<Release>;
  /** Never retried by itself: read it back where the answer was lost. Publishing makes the tag where there is none, a lightweight one. */
  update(release: Pick<Release, "id" | "tag">, change: ReleaseChange): Promise<Release>;
  /** The tag stays. */
  delete(id: number): Promise<void>;
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
