import { join } from "node:path";
import { AssayError, GitHubError } from "../../errors/errors.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { maxEvidenceBytes, parseEvidence } from "../../evidence/parse-evidence.ts";
import { verifySeal } from "../../evidence/seal.ts";
import type { Files } from "../../files/files.ts";
import type { GitHub } from "../../github/github.ts";
import type { Release } from "../../github/releases.ts";
import { type PromotedTag, readPromotions } from "../../ledger/read-promotions.ts";
import { markedAs } from "../../publishing/release-marker.ts";
import type { Shipped, ShippedRelease } from "../../registry/overview.ts";
import type { RegistryState, VersionEvent } from "../../registry/registry-state.ts";
import { paperNames } from "../../release/asset-names.ts";

export interface ReadShipped extends Shipped {
  /** What is not shown, and why: a sentence each. */
  notes: readonly string[];
}

/** Newest ones of a registry that are asked for; each is a request or two. */
const maxReleases = 200;
const maxPromotions = 300;
/** Evidence is read so many at a time. */
const together = 8;

/** What GitHub has of the versions and stages that tags name: releases with their evidence, and the ledger's records. */
export async function readShipped(state: RegistryState, github: GitHub, files: Files): Promise<ReadShipped> {
  const events = [...state.models.values()].flatMap(({ versions }) => versions);
  const notes: string[] = [];
  const registered = newest(
    events.flatMap((version) => version.events.filter(({ action }) => action === "register")),
    maxReleases,
    (left) => notes.push(`Releases of the newest ${maxReleases} versions are shown, not of ${left} older ones.`),
  );
  const assigned = newest(
    events.flatMap(({ stages }) => [...stages.values()].flat()).filter(({ action }) => action === "assign"),
    maxPromotions,
    (left) => notes.push(`Approvals of the newest ${maxPromotions} promotions are shown, not of ${left} older ones.`),
  );
  const releases = await readReleases(registered, github, files, notes);
  const tags = assigned.map(({ model, stage, tag }): PromotedTag => ({ model, stage, tag: tag.name, commit: tag.commit }));
  const { records, ignored } = await readPromotions(github.contents, tags);
  const promotions = [...records].map(
    ([tag, { approvedBy, rollback, breakGlass }]) => [tag, { approvedBy, rollback, ...(breakGlass && { breakGlass }) }] as const,
  );
  return { releases, promotions: new Map(promotions), notes: [...notes, ...ignored] };
}

function newest<Event extends { tag: { taggedAt: number } }>(
  events: readonly Event[],
  most: number,
  more: (left: number) => void,
): readonly Event[] {
  if (events.length > most) more(events.length - most);
  return events.toSorted((a, b) => b.tag.taggedAt - a.tag.taggedAt).slice(0, most);
}

async function readReleases(
  registered: readonly VersionEvent[],
  github: GitHub,
  files: Files,
  notes: string[],
): Promise<Shipped["releases"]> {
  const published = (await github.releases.list()).filter(({ draft }) => !draft);
  const byTag = new Map(published.map((release) => [release.tag, release]));
  const found = registered.flatMap((event) => {
    const release = byTag.get(event.tag.name);
    return release ? [{ event, release }] : [];
  });
  const read = new Map<string, ShippedRelease>();
  const folder = await files.makeTemporaryFolder("assay-registry-");
  try {
    for (let at = 0; at < found.length; at += together)
      await Promise.all(
        found.slice(at, at + together).map(async ({ event, release }) => {
          const evidence = await readEvidence(event, release, { github, files, folder });
          if (typeof evidence === "string") notes.push(evidence);
          const { url, publishedAt } = release;
          read.set(release.tag, { url, publishedAt, evidence: typeof evidence === "string" ? undefined : evidence });
        }),
      );
  } finally {
    await files.remove(folder);
  }
  return read;
}

/** @returns why it is not shown, a sentence */
async function readEvidence(
  { tag, model }: VersionEvent,
  release: Release,
  { github, files, folder }: { github: GitHub; files: Files; folder: string },
): Promise<Evidence | string> {
  if (markedAs(release.body)?.tagObject !== tag.id)
    return `Release ${release.tag} was published by hand, so its numbers are not shown.`;
  const asset = (await github.releases.assets(release.id)).find(({ name }) => name === paperNames.evidence);
  if (asset?.state !== "uploaded") return `Release ${release.tag} has no ${paperNames.evidence} any more.`;
  if (asset.bytes > maxEvidenceBytes) return `${paperNames.evidence} of release ${release.tag} is larger than any evidence.`;
  const path = join(folder, `${release.id}.json`);
  try {
    await github.releases.downloadAsset(asset.id, path, asset.digest);
    const evidence = parseEvidence(
      (await files.readText(path, maxEvidenceBytes)) ?? "",
      `${paperNames.evidence} of ${release.tag}`,
    );
    verifySeal(evidence);
    return evidence.model === model ? evidence : `${paperNames.evidence} of release ${release.tag} is of ${evidence.model}.`;
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return error.message;
  }
}
