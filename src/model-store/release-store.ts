import { GitHubError, MissingDataError } from "../errors/errors.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { Release, ReleaseAsset, Releases } from "../github/releases.ts";
import { assetName, digestOfAsset } from "./asset-name.ts";
import type { StoredFile } from "./decide-retention.ts";
import type { ModelStore } from "./model-store.ts";

const storeTag = "assay-store";
/** GitHub's limit for one release; then the next one, `assay-store-2`, is begun. */
const assetsARelease = 1_000;
const maxReleases = 100;
const uploadAttempts = 3;

const body = [
  "Model files and baseline predictions that Assay compares with, named by their SHA-256. They are kept here because artifacts of",
  "workflow runs expire. What is deleted here is trained again when it is needed.",
].join("\n");

interface Shelf {
  release: Release;
  assets: readonly ReleaseAsset[];
}

/**
 * Assets of a prerelease tagged `assay-store`, which the first file creates. One file is smaller than 2 GiB.
 * @param options.target branch or commit that the tag points at; not one that changes `.github/workflows/`
 */
export function createReleaseStore(
  releases: Pick<Releases, "findByTag" | "create" | "assets" | "uploadAsset" | "downloadAsset" | "deleteAsset">,
  options: { target: string },
): ModelStore {
  let reading: Promise<readonly Shelf[]> | undefined;

  /** Questions that are asked together, such as for all files of a model, share one reading. */
  async function findUploaded(name: string): Promise<ReleaseAsset | undefined> {
    reading ??= readShelves(releases).finally(() => {
      reading = undefined;
    });
    return findIn(await reading, name);
  }

  /** The release that takes one more file. */
  async function openShelf(shelves: readonly Shelf[]): Promise<Shelf> {
    const last = shelves.at(-1);
    if (last !== undefined && last.assets.length < assetsARelease) return last;
    if (shelves.length >= maxReleases) throw new GitHubError(`The store has ${maxReleases} full releases. Delete old ones.`);
    return { release: await createRelease(tagOf(shelves.length)), assets: [] };
  }

  async function createRelease(tag: string): Promise<Release> {
    try {
      return await releases.create({ tag, name: tag, body, prerelease: true, target: options.target });
    } catch (error) {
      // Somebody else created it at the same moment, or only the answer was lost.
      const existing = await releases.findByTag(tag);
      if (existing === undefined) throw error;
      return existing;
    }
  }

  return {
    has: async (digest) => (await findUploaded(assetName(digest))) !== undefined,
    async put(digest, file) {
      const name = assetName(digest);
      for (let attempt = 1; ; attempt++) {
        const shelves = await readShelves(releases);
        if (findIn(shelves, name) !== undefined) return;
        const shelf = await openShelf(shelves);
        // What an upload that broke off has left stands in the way of the next one.
        const broken = shelf.assets.find((asset) => asset.name === name);
        if (broken !== undefined) await releases.deleteAsset(broken.id);
        try {
          if ((await releases.uploadAsset(shelf.release, name, file, digest)) !== "exists") return;
          if ((await findUploaded(name)) !== undefined) return;
        } catch (error) {
          if (!isLostAnswer(error) || attempt >= uploadAttempts) throw error;
        }
        if (attempt >= uploadAttempts) {
          throw new GitHubError(
            `${name} is half uploaded to release ${shelf.release.url} and stays so. Delete that asset, then run it again.`,
          );
        }
      }
    },
    async get(digest, file) {
      const asset = await findUploaded(assetName(digest));
      if (asset === undefined) return false;
      const downloaded = await releases.downloadAsset(asset.id, file, digest);
      if (downloaded.digest === digest) return true;
      if (downloaded.bytes < asset.bytes)
        throw new GitHubError(
          `Of asset ${asset.name} of the model store ${downloaded.bytes} of ${asset.bytes} bytes came: the connection broke off. Run it again.`,
        );
      throw new MissingDataError(
        `Asset ${asset.name} of the model store is damaged: its bytes are ${downloaded.digest}. Delete it from release ${storeTag}; the model is then trained again.`,
      );
    },
  };
}

async function readShelves(releases: Pick<Releases, "findByTag" | "assets">): Promise<readonly Shelf[]> {
  const shelves: Shelf[] = [];
  while (shelves.length < maxReleases) {
    const release = await releases.findByTag(tagOf(shelves.length));
    if (release === undefined) return shelves;
    shelves.push({ release, assets: await releases.assets(release.id) });
  }
  return shelves;
}

/** All files of the store, as it is now; what was never uploaded to its end is none. */
export async function listStored(
  releases: Pick<Releases, "findByTag" | "assets">,
): Promise<readonly { file: StoredFile; assetId: number }[]> {
  const assets = (await readShelves(releases)).flatMap((shelf) => shelf.assets);
  return assets.flatMap(({ id, name, state, bytes, createdAt }) => {
    const digest = digestOfAsset(name);
    return digest === undefined || state !== "uploaded" ? [] : [{ file: { digest, bytes, storedAt: createdAt }, assetId: id }];
  });
}

export function isStoreTag(tag: string): boolean {
  return /^assay-store(-[1-9]\d*)?$/.test(tag);
}

function findIn(shelves: readonly Shelf[], name: string): ReleaseAsset | undefined {
  return shelves.flatMap((shelf) => shelf.assets).find((asset) => asset.name === name && asset.state === "uploaded");
}

function tagOf(index: number): string {
  return index === 0 ? storeTag : `${storeTag}-${index + 1}`;
}
