import { join } from "node:path";
import { MissingDataError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import { paperNames } from "../../release/asset-names.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

/**
 * The `SHA256SUMS` that a promotion shipped or found, from its release, for whoever attests them.
 * @returns its path, in a folder that stays
 * @throws MissingDataError when the release has another one by now
 */
export async function fetchChecksums(
  tag: string,
  sums: Digest,
  { github: { releases }, files }: Pick<PromotionMachine, "github" | "files">,
): Promise<string> {
  const release = await releases.findByTag(tag);
  const assets = release ? await releases.assets(release.id) : [];
  const asset = assets.find(({ name, state }) => name === paperNames.sums && state === "uploaded");
  const path = join(await files.makeTemporaryFolder("assay-checksums-"), paperNames.sums);
  if (asset && (await releases.downloadAsset(asset.id, path, sums)).digest === sums) return path;
  throw new MissingDataError(
    `The release of ${tag} does not have the ${paperNames.sums} any more that was shipped. Look who changed it.`,
  );
}
