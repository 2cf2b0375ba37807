import { canonicalJson, type Digest, digestOf } from "./digest.ts";
import type { FileRecord } from "./evidence.ts";

/** Of one file its own digest, of several that of their list, by path. */
export function modelDigest(files: readonly FileRecord[]): Digest {
  const [first, ...others] = files;
  return first && others.length === 0 ? first.digest : digestOf(canonicalJson(files));
}
