import { join } from "node:path";
import { MissingDataError, UsageError } from "../../errors/errors.ts";
import type { GitHub } from "../../github/github.ts";
import type { ReleaseAsset } from "../../github/releases.ts";

/**
 * Brings the files of a published release into a folder.
 * @throws MissingDataError when there is no release of the tag, or its files are not whole
 */
export async function downloadRelease(tag: string, folder: string, { releases }: Pick<GitHub, "releases">): Promise<void> {
  const release = await releases.findByTag(tag);
  if (!release) throw new MissingDataError(`GitHub has no published release of ${tag}. \`assay promote\` makes one.`);
  for (const { id, name, state, digest } of await releases.assets(release.id)) {
    if (state !== "uploaded") throw new MissingDataError(`${name} of ${release.url} is not whole: its upload broke off.`);
    await releases.downloadAsset(id, join(folder, inFolder(name, release.url)), digest);
  }
}

function inFolder(name: ReleaseAsset["name"], url: string): string {
  if (/^[\w.+@~-]+$/.test(name) && name !== "." && name !== "..") return name;
  throw new UsageError(`${url} has a file that no release of Assay has: ${JSON.stringify(name)}.`);
}
