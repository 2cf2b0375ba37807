import { GitHubError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { MakeLatest, Release, Releases } from "../github/releases.ts";
import { firstLine, sameBody } from "./same-body.ts";

/** A release as decided: found again by its tag and the marker on its first line. */
export interface PlannedRelease {
  tag: string;
  /** First line of the body, an HTML comment. */
  marker: string;
  name: string;
  body: string;
  /** The tagged commit. */
  target: string;
  prerelease: boolean;
  makeLatest: MakeLatest;
  files: readonly ReleaseFile[];
  /** Names of files that a published one may have: those, and what an earlier try made. */
  mayHave: readonly string[];
}

/** `name`: of letters, digits and `_ . + @ -`, which GitHub leaves as they are. */
export interface ReleaseFile {
  name: string;
  /** Where it lies. */
  path: string;
  digest: Digest;
  /** A later promotion of the version has other bytes of it: by who approved since, or, as a signature's, each time. */
  varies?: "with-approvals" | "each-time";
}

/** `foreign`: somebody published a release of that tag by hand, and it is left as it is. */
export type ReleaseOutcome = { effect: "created" | "unchanged"; release: Release } | { effect: "foreign"; release: Release };

/**
 * Publishes exactly one release of the tag: drafted, given all files, then published, so that nobody sees a half-made one. What an
 * earlier try left is found by its marker and finished, not joined by another.
 * @param stillHolds called before each write; throws when the tag is not what was decided on any more
 */
export async function publishRelease(
  releases: Releases,
  planned: PlannedRelease,
  stillHolds: () => Promise<void>,
): Promise<ReleaseOutcome> {
  const published = await releases.findByTag(planned.tag);
  if (published) return keepPublished(releases, published, planned);
  const draft = (await oneDraft(releases, planned)) ?? (await createDraft(releases, planned, stillHolds));
  await attachFiles(releases, draft, planned.files, stillHolds);
  await stillHolds();
  return publish(releases, draft, planned);
}

async function keepPublished(releases: Releases, release: Release, planned: PlannedRelease): Promise<ReleaseOutcome> {
  if (firstLine(release.body) !== planned.marker) return { effect: "foreign", release };
  await dropDrafts(releases, await findDrafts(releases, planned));
  // One that was published without a signature stays without.
  const lasting = planned.files.filter(({ varies }) => varies !== "each-time");
  const added = (await releases.assets(release.id)).filter(({ name }) => !planned.mayHave.includes(name));
  const wrong = [...(await wrongFiles(releases, release, lasting)), ...added.map(({ name }) => name)];
  if (wrong.length === 0) return { effect: "unchanged", release };
  throw new GitHubError(
    `Release ${release.tag} is published, and ${wrong.join(", ")} of it ${wrong.length === 1 ? "is" : "are"} not what was proven: somebody changed it afterwards. Delete the release, ${release.url}, and promote again.`,
  );
}

/** Names of files that the release lacks, or has otherwise. */
async function wrongFiles(releases: Releases, release: Release, files: readonly ReleaseFile[]): Promise<readonly string[]> {
  const there = new Map((await releases.assets(release.id)).map((asset) => [asset.name, asset]));
  return files
    .filter(({ name, digest, varies }) => {
      const asset = there.get(name);
      return asset?.state !== "uploaded" || (!varies && asset.digest !== undefined && asset.digest !== digest);
    })
    .map(({ name }) => name);
}

/** Of several that were made at the same moment the oldest stays. */
async function oneDraft(releases: Releases, planned: PlannedRelease): Promise<Release | undefined> {
  const [kept, ...others] = await findDrafts(releases, planned);
  await dropDrafts(releases, others);
  return kept;
}

/** Oldest first. */
async function findDrafts(releases: Releases, { tag, marker }: PlannedRelease): Promise<readonly Release[]> {
  const all = await releases.list();
  const drafts = all.filter((release) => release.draft && release.tag === tag && firstLine(release.body) === marker);
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

function bodyOf({ marker, body }: PlannedRelease): string {
  return `${marker}\n${body}`;
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

async function publish(releases: Releases, draft: Release, planned: PlannedRelease): Promise<ReleaseOutcome> {
  const { tag, makeLatest, prerelease, name, marker } = planned;
  const body = bodyOf(planned);
  try {
    await releases.update({ id: draft.id, tag }, { name, body, prerelease, draft: false, makeLatest });
  } catch (error) {
    // 422: another promotion published its draft of the tag at the same moment.
    if (!isLostAnswer(error) && !(error instanceof GitHubError && error.status === 422)) throw error;
    const release = await releases.findByTag(tag);
    if (release) return keepPublished(releases, release, planned);
    throw error;
  }
  const release = await releases.findByTag(tag);
  if (release && firstLine(release.body) !== marker) return { effect: "foreign", release };
  if (release && sameBody(release.body, body)) return { effect: "created", release };
  throw new GitHubError(`GitHub did not publish release ${tag}. Promote again.`);
}
