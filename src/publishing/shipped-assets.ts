import { join } from "node:path";
import type { Digest } from "../evidence/digest.ts";
import type { Files } from "../files/files.ts";
import type { Release, ReleaseAsset, Releases } from "../github/releases.ts";
import { paperNames } from "../release/asset-names.ts";
import { readSums } from "../release/verification/read-sums.ts";

/** What a published release has, by GitHub's own reckoning of each file. */
export interface ShippedAssets {
  names: readonly string[];
  /** Not among them is what was never uploaded to its end. */
  digests: ReadonlyMap<string, Digest>;
  /** What its `SHA256SUMS` lists and is not so, or is there and not listed: a sentence each. */
  wrong: readonly string[];
}

/** Reads what a release has now, and holds it against its own checksums, which a signature is no part of. */
export async function readShippedAssets(
  release: Release,
  { releases, files }: { releases: Releases; files: Files },
): Promise<ShippedAssets> {
  const assets = await releases.assets(release.id);
  const names = assets.map(({ name }) => name);
  const folder = await files.makeTemporaryFolder("assay-assets-");
  try {
    const digests = new Map<string, Digest>();
    for (const asset of assets) {
      const digest = await digestOf(asset, join(folder, "asset"), releases);
      if (digest !== undefined) digests.set(asset.name, digest);
    }
    const sums = assets.find(({ name }) => name === paperNames.sums);
    const digest = digests.get(paperNames.sums);
    if (!sums || digest === undefined) return { names, digests, wrong: [`It has no ${paperNames.sums}.`] };
    const path = join(folder, paperNames.sums);
    await releases.downloadAsset(sums.id, path, digest);
    const read = readSums((await files.readText(path)) ?? "");
    if ("wrong" in read) return { names, digests, wrong: [read.wrong] };
    return { names, digests, wrong: differences(assets, digests, read.sums) };
  } finally {
    await files.remove(folder);
  }
}

/** A paper's text; undefined where the release does not have it, or it is larger than any. */
export async function readShippedText(
  release: Release,
  name: string,
  { releases, files }: { releases: Releases; files: Files },
): Promise<string | undefined> {
  const asset = (await releases.assets(release.id)).find((one) => one.name === name && one.state === "uploaded");
  if (!asset || asset.bytes > maxTextBytes) return undefined;
  const folder = await files.makeTemporaryFolder("assay-assets-");
  try {
    const path = join(folder, "asset");
    await releases.downloadAsset(asset.id, path);
    return await files.readText(path, maxTextBytes);
  } finally {
    await files.remove(folder);
  }
}

const maxTextBytes = 1024 * 1024;

/** An old asset's is not known to GitHub. Undefined of one that was never uploaded to its end. */
async function digestOf(asset: ReleaseAsset, path: string, releases: Releases): Promise<Digest | undefined> {
  if (asset.state !== "uploaded") return undefined;
  return asset.digest ?? (await releases.downloadAsset(asset.id, path)).digest;
}

function differences(
  assets: readonly ReleaseAsset[],
  digests: ReadonlyMap<string, Digest>,
  sums: ReadonlyMap<string, string>,
): readonly string[] {
  const unlisted: readonly string[] = [paperNames.sums, paperNames.signature];
  const added = assets.filter(({ name }) => !sums.has(name) && !unlisted.includes(name));
  return [
    ...added.map(({ name }) => `${name} is not among the files that were shipped.`),
    ...[...sums].flatMap(([name, sha256]) => {
      const digest = digests.get(name);
      if (digest === undefined) return [`${name} was shipped and is not there.`];
      return digest === `sha256:${sha256}` ? [] : [`${name} is not what ${paperNames.sums} says.`];
    }),
  ];
}
