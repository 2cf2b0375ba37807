import type { Digest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { markedAs } from "../../publishing/release-marker.ts";
import { readShippedAssets } from "../../publishing/shipped-assets.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import { ownNames, paperNames } from "../../release/asset-names.ts";
import { filesToShip } from "./fetch-shipped-files.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

/** A release that a promotion shipped, and that is still what it was then. */
export interface ShippedRelease {
  url: string;
  /** Of its `SHA256SUMS`. */
  sums: Digest;
}

const otherSums = `Its ${paperNames.sums} is not the one that was shipped.`;

type Machine = Pick<PromotionMachine, "github" | "files">;

/**
 * The release of a version that promotions shipped, as long as it is still that.
 * @param recorded digests of `SHA256SUMS` that they shipped
 * @returns or why there is none, a sentence
 */
export async function findShipped(
  tagged: TaggedVersion,
  recorded: ReadonlySet<Digest>,
  machine: Machine,
): Promise<ShippedRelease | { wrong: string }> {
  const { tag } = tagged;
  const released = await readReleased(tagged, machine);
  if (released === undefined)
    return { wrong: `The release of ${tag} that was shipped is not there any more. Tag a new version, and promote it.` };
  const { url, ours, digests, wrong } = released;
  if (!ours)
    return { wrong: `${url} is not the release that a promotion of ${tag} published. Tag a new version, and promote it.` };
  const sums = digests.get(paperNames.sums);
  const isRecorded = sums !== undefined && recorded.has(sums);
  if (isRecorded && wrong.length === 0) return { url, sums };
  const why = isRecorded ? wrong : [otherSums, ...wrong];
  return { wrong: `${url} was changed after it was shipped: ${why.join(" ")} Tag a new version, and promote it.` };
}

/**
 * Whether what is published already under the tag of a version that is to come into a stage is what is proven: whoever deploys it may
 * take it from there.
 * @param recorded digests of `SHA256SUMS` that promotions shipped; none before the first one
 * @returns why not, a sentence; undefined also while nothing is published
 */
export async function whyReleasedOtherwise(
  tagged: TaggedVersion,
  evidence: Evidence,
  recorded: ReadonlySet<Digest>,
  machine: Machine,
): Promise<string | undefined> {
  const released = await readReleased(tagged, machine);
  if (released === undefined) return undefined;
  const { url, ours, digests, wrong } = released;
  if (!ours) return `${url} was published by hand, so nobody knows what is in it. Delete the release, not the tag, and promote.`;
  const proven = new Map(filesToShip(evidence).map(({ name, digest }) => [name, digest]));
  const others = [
    ...[...proven].flatMap(([name, digest]) => (digests.get(name) === digest ? [] : [`${name} is not what was proven.`])),
    ...[...digests.keys()]
      .filter((name) => !proven.has(name) && !ownNames.includes(name))
      .map((name) => `${name} was not proven.`),
  ];
  const sums = digests.get(paperNames.sums);
  const isOther = recorded.size > 0 && sums !== undefined && !recorded.has(sums);
  const why = [...others, ...(isOther ? [otherSums] : []), ...wrong];
  return why.length === 0
    ? undefined
    : `${url} is not what is proven: ${why.join(" ")} Promote the version: that says what to do.`;
}

/** What is published under the tag, by GitHub's own reckoning. `ours`: it says that it is of this very tag. */
async function readReleased({ tag, tagObject }: TaggedVersion, { github: { releases }, files }: Machine) {
  const release = await releases.findByTag(tag);
  if (!release) return undefined;
  const ours = markedAs(release.body)?.tagObject === tagObject;
  const assets = ours ? await readShippedAssets(release, { releases, files }) : { digests: new Map<string, Digest>(), wrong: [] };
  return { url: release.url, ours, ...assets };
}
