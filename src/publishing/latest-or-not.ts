import type { MakeLatest, Release } from "../github/releases.ts";
import { parseTagName } from "../registry/tag-name.ts";
import { compareVersions, isPrerelease } from "../registry/version.ts";

/** A repository has one latest release, and of several models none takes it from another. */
export function latestOrNot(
  latest: Pick<Release, "tag"> | undefined,
  { model, version }: { model: string; version: string },
): MakeLatest {
  if (isPrerelease(version)) return "false";
  if (latest === undefined) return "true";
  const tag = parseTagName(latest.tag);
  return tag?.action === "register" && tag.model === model && compareVersions(version, tag.version) > 0 ? "true" : "false";
}
