import { UsageError } from "../errors/errors.ts";
import { type Digest, digestPattern } from "../evidence/digest.ts";

/** Name of stored bytes: `sha256-<hex>`, as a colon is not for file names. */
export function assetName(digest: Digest): string {
  if (!digestPattern.test(digest)) throw new UsageError(`${JSON.stringify(digest)} is not a digest: sha256:<64 hex digits>.`);
  return digest.replace(":", "-");
}

/** Undefined of what somebody else put there. */
export function digestOfAsset(name: string): Digest | undefined {
  const digest = name.replace("-", ":");
  return digestPattern.test(digest) ? (digest as Digest) : undefined;
}
