import { GitHubError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Files } from "../files/files.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { MakeLatest, Release, Releases } from "../github/releases.ts";
import { paperNames } from "../release/asset-names.ts";
import { markedAs, releaseMarker } from "./release-marker.ts";
import { firstLine, sameBody } from "./same-body.ts";
import { readShippedAssets, readShippedText, type ShippedAssets } from "./shipped-assets.ts";

/** A release as decided: found again by its tag and the marker on its first line. */
export interface PlannedRelease {
  tag: string;
  /** What it is the release of: the tag's very object, and the result. */
  of: { tagObject: string; resultDigest: string };
  name: string;
  body: string;
  /** The tagged commit. */
  target: string;
  prerelease: boolean;
  makeLatest: MakeLatest;
  /** `SHA256SUMS` is among them, and lists all but itself and a signature. */
  files: readonly ReleaseFile[];
}

/** `name`: of letters, digits and `_ . + @ -`, which GitHub leaves as they are. */
export interface ReleaseFile {
  name: string;
  /** Where it lies. */
  path: string;
  digest: Digest;
  /** A later promotion of the version writes other bytes: by who approved since, or, as a signature's, each time. */
  varies?: "each-promotion" | "each-time";
}

/** `sums`: digest of its `SHA256SUMS`. */
export type ReleaseOutcome =
  | { effect: "created" | "unchanged"; release: Release; sums: Digest; isSigned: boolean }
  /** What is published under the tag is not what was decided on, and is left as it is: why, and what to do, a sentence each. */
  | { effect: "refused"; release: Release; reasons: readonly string[] };

/** What a release is published with. */
export interface ReleaseMeans {
  releases: Releases;
  files: Files;
  /** Called before each write; throws when the tag is not what was decided on any more. */
  stillHolds: () => Promise<void>;
  /** Digests of `SHA256SUMS` that promotions of the version recorded as shipped. */
  recorded: () => Promise<ReadonlySet<Digest>>;
  /**
   * The files that a try before this one released, if it was that one which wrote the `release.json`, a text; or why it was not, a
   * sentence.
   */
  earlierTry: (record: string) => Promise<readonly ReleaseFile[] | { wrong: string }>;
}

/**
 * Publishes exactly one release of the tag: drafted, given all files, then published, so that nobody sees a half-made one. What an
 * earlier try left is found by its marker and finished, not joined by another.
 */
export async function publishRelease(planned: PlannedRelease, means: ReleaseMeans): Promise<ReleaseOutcome> {
  const { releases, stillHolds } = means;
  const published = await releases.findByTag(planned.tag);
  if (published) return keepPublished(published, planned, means);
  const draft = (await oneDraft(releases, planned)) ?? (await createDraft(releases, planned, stillHolds));
  await attachFiles(releases, draft, planned.files, stillHolds);
  await stillHolds();
  return publish(draft, planned, means);
}

/**
 * It counts with the files that are planned now, with those that an earlier promotion recorded, or with those of a try that was
 * interrupted before it could record them.
 */
async function keepPublished(release: Release, planned: PlannedRelease, means: ReleaseMeans): Promise<ReleaseOutcome> {
  const { releases, recorded } = means;
  const { url, tag } = release;
  const refused = (...reasons: string[]): ReleaseOutcome => ({
    ...{ effect: "refused", release },
    reasons: [...reasons, whatToDo(release)],
  });
  const marked = markedAs(release.body);
  if (marked?.tagObject !== planned.of.tagObject) return refused(`${url} was published by hand, and is left as it is.`);
  if (marked.resultDigest !== planned.of.resultDigest)
    return refused(`${url} has another result of ${tag} than the one that is proven now: it was evaluated again since.`);
  await dropDrafts(releases, await findDrafts(releases, planned));
  const shipped = await readShippedAssets(release, means);
  const listed = shipped.digests.get(paperNames.sums);
  const unchanged = (sums: Digest): ReleaseOutcome => ({
    ...{ effect: "unchanged", release, sums },
    isSigned: shipped.names.includes(paperNames.signature),
  });
  const others = unlike(shipped, planned.files);
  if (listed !== undefined && others.length === 0) return unchanged(listed);
  const lasting = planned.files.filter(({ name, digest, varies }) => !varies && shipped.digests.get(name) !== digest);
  const reasons = [...shipped.wrong, ...lasting.map(({ name }) => `${name} is not what was proven.`)];
  if (listed !== undefined && (await recorded()).has(listed)) {
    if (reasons.length === 0) return unchanged(listed);
    return refused(`${url} was changed after it was shipped: ${reasons.join(" ")}`);
  }
  const record = reasons.length === 0 ? await readShippedText(release, paperNames.record, means) : undefined;
  const earlier = record === undefined ? [] : await means.earlierTry(record);
  if (listed !== undefined && !("wrong" in earlier) && earlier.length > 0 && unlike(shipped, earlier).length === 0)
    return unchanged(listed);
  const why = [...reasons, ...("wrong" in earlier ? [earlier.wrong] : [])];
  return refused(
    `${url} is not what this promotion ships (${others.join(", ")}), and no promotion recorded that it shipped it. ${why.join(" ")}`.trimEnd(),
  );
}

function whatToDo({ immutable, tag }: Release): string {
  return immutable
    ? `It is immutable and ${tag} is used up with it: tag a new version, and promote that.`
    : "Delete the release, not the tag, and promote again; or tag a new version.";
}

/**
 * Names of what a release has and is not planned, or lacks, or has otherwise. One that was published without a signature stays
 * without, and the one that it has is not looked at: it says nothing but to whoever checks it with a key, and is told then.
 */
function unlike({ names, digests }: ShippedAssets, planned: readonly ReleaseFile[]): readonly string[] {
  const isSignature = (name: string) => name === paperNames.signature;
  const wanted = new Map(planned.filter(({ name }) => !isSignature(name)).map(({ name, digest }) => [name, digest]));
  const added = names.filter((name) => !wanted.has(name) && !isSignature(name));
  const other = [...wanted].filter(([name, digest]) => digests.get(name) !== digest).map(([name]) => name);
  return [...other, ...added];
}

/** Names of files that the release lacks, or has otherwise. */
async function wrongFiles(releases: Releases, release: Release, files: readonly ReleaseFile[]): Promise<readonly string[]> {
  const there = new Map((await releases.assets(release.id)).map((asset) => [asset.name, asset]));
  return files
    .filter(({ name, digest, varies }) => {
      const asset = there.get(name);
      return asset?.state !== "uploaded" || (varies !== "each-time" && asset.digest !== undefined && asset.digest !== digest);
    })
    .map(({ name }) => name);
}

/** Of several that were made at the same moment the oldest stays, and none of what the tag was before, or of another result. */
async function oneDraft(releases: Releases, planned: PlannedRelease): Promise<Release | undefined> {
  const drafts = await findDrafts(releases, planned);
  const kept = drafts.find(({ body }) => firstLine(body) === markerOf(planned));
  await dropDrafts(
    releases,
    drafts.filter((draft) => draft !== kept),
  );
  return kept;
}

/** Oldest first. */
async function findDrafts(releases: Releases, { tag }: PlannedRelease): Promise<readonly Release[]> {
  const drafts = (await releases.list()).filter((release) => release.draft && release.tag === tag && markedAs(release.body));
  return drafts.toSorted((a, b) => a.id - b.id);
}

async function dropDrafts(releases: Releases, drafts: readonly Release[]): Promise<void> {
  for (const { id } of drafts) await releases.delete(id);
}

async function createDraft(releases: Releases, planned: PlannedRelease, stillHolds: () => Promise<void>): Promise<Release> {
  await stillHolds();
  const { tag, name, prerelease, target } = planned;
  try {
    await releases.create({ tag, name, body: bodyOf(planned), prerelease, target, draft: true });
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
  }
  // Somebody else may have made one at the same moment, and the answer may be lost.
  const draft = await oneDraft(releases, planned);
  if (draft) return draft;
  throw new GitHubError(`GitHub did not keep the draft of release ${tag}. Promote again.`);
}

function markerOf({ of: { tagObject, resultDigest } }: PlannedRelease): string {
  return releaseMarker(tagObject, resultDigest);
}

function bodyOf(planned: PlannedRelease): string {
  return `${markerOf(planned)}\n${planned.body}`;
}

async function attachFiles(
  releases: Releases,
  draft: Release,
  files: readonly ReleaseFile[],
  stillHolds: () => Promise<void>,
): Promise<void> {
  const assets = (await releases.assets(draft.id)).filter(({ state }) => state === "uploaded");
  const has = ({ name, digest }: ReleaseFile) => assets.some((asset) => asset.name === name && asset.digest === digest);
  const isSame = files.every((file) => file.varies === "each-time" || has(file));
  // A signature that is there is one of the files beside it as long as these are the same.
  const kept = files.filter((file) => has(file) || (isSame && assets.some(({ name }) => name === file.name)));
  const isThere = new Set(kept.map(({ name }) => name));
  // An upload that broke off, and what nobody decided on.
  for (const { id, name, state } of await releases.assets(draft.id))
    if (state !== "uploaded" || !isThere.has(name)) await releases.deleteAsset(id);
  for (const { name, path, digest } of files) {
    if (isThere.has(name)) continue;
    await stillHolds();
    await releases.uploadAsset(draft, name, path, digest);
  }
  const wrong = await wrongFiles(releases, draft, files);
  if (wrong.length > 0) throw new GitHubError(`GitHub did not keep ${wrong.join(", ")} of release ${draft.tag}. Promote again.`);
}

async function publish(draft: Release, planned: PlannedRelease, means: ReleaseMeans): Promise<ReleaseOutcome> {
  const { releases } = means;
  const { tag, makeLatest, prerelease, name } = planned;
  const body = bodyOf(planned);
  try {
    await releases.update({ id: draft.id, tag }, { name, body, prerelease, draft: false, makeLatest });
  } catch (error) {
    // 422: another promotion published its draft of the tag at the same moment.
    if (!isLostAnswer(error) && !(error instanceof GitHubError && error.status === 422)) throw error;
    const release = await releases.findByTag(tag);
    if (release) return keepPublished(release, planned, means);
    throw error;
  }
  const release = await releases.findByTag(tag);
  if (!release) throw new GitHubError(`GitHub did not publish release ${tag}. Promote again.`);
  // Read back: until then another promotion, or whoever may write, could change the draft.
  const kept = await keepPublished(release, planned, means);
  return kept.effect === "unchanged" && sameBody(release.body, body) ? { ...kept, effect: "created" } : kept;
}
