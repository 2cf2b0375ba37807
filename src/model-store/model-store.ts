import type { Digest } from "../evidence/digest.ts";

/** Durable storage of model files and baseline predictions, addressed by digest. Adapters: a release's assets, a folder. */
export interface ModelStore {
  has(digest: Digest): Promise<boolean>;
  /** Stores the file under its digest; nothing happens when it is there. Rejects when the bytes do not have that digest. */
  put(digest: Digest, file: string): Promise<void>;
  /** Writes the bytes to `file` and checks the digest; false when the store does not have it. */
  get(digest: Digest, file: string): Promise<boolean>;
}
