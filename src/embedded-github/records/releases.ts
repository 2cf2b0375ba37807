import type { Repository } from "./repositories.ts";

export interface ReleaseAsset {
  id: number;
  releaseId: number;
  repository: Repository;
  name: string;
  label: string | null;
  contentType: string;
  bytes: number;
  digest: string;
  file: string;
  uploader: string;
  createdAt: string;
}

export interface Release {
  id: number;
  repository: Repository;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  /** Its assets, and its tag's name, are fixed for ever. */
  immutable: boolean;
  author: string;
  createdAt: string;
  publishedAt: string | null;
  updatedAt: string;
}
