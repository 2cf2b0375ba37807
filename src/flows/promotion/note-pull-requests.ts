import { GitHubError } from "../../errors/errors.ts";
import type { CommitChanges } from "../../git/git.ts";
import type { GitTag } from "../../git/tags.ts";
import { readAnnotated } from "../../github/remote-git.ts";
import { mayTouch } from "../../plan/may-touch.ts";
import { publishComment } from "../../publishing/publish-comment.ts";
import { whoBrokeGlass } from "../../registry/break-glass.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import { breakGlassInMessage } from "../../registry/promotion-key.ts";
import { type ModelState, readRegistry } from "../../registry/registry-state.ts";
import { stageTimelines } from "../../registry/stage-timeline.ts";
import { type MovedStage, movedBy, whereShipped } from "../../registry/where-shipped.ts";
import { renderShippedNote, shippedMarker } from "../../report/shipped-note.ts";
import { readLaw } from "../read-law.ts";
import { type FoundPromotion, findPromotions } from "./find-promotions.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import type { ModelTags } from "./read-tags.ts";

/** A version that came into a stage. */
interface Noted {
  model: string;
  stage: string;
  tagged: TaggedVersion;
  /** The model's when it was decided. */
  tags: ModelTags;
}

/** Commits that are asked for their pull requests; each is a few requests. */
const maxCommits = 30;
/** Versions in stages by break-glass that deployments are asked about, the newest; each is a request. */
const maxEmergencies = 20;
/** Of the branch's own line; what is older is not looked at. */
const maxHistory = 1_000;

/**
 * Tells the merged pull requests whose change of the model a stage got, or lost, where the model is in use now: a comment on each, which
 * is kept up to date. It decides nothing: without the permission to comment a line says so.
 * @throws GitHubError, MissingDataError where GitHub or the clone does not do its part
 */
export async function notePullRequests(
  { model, stage, tagged, tags }: Noted,
  stageTag: string,
  machine: PromotionMachine,
): Promise<void> {
  const { github, progress, serverUrl } = machine;
  const all = await withTag(tags.annotated, stageTag, machine);
  const state = readRegistry(all).models.get(model);
  if (!state) return;
  const timelines = stageTimelines(state, await readEmergencies(state, tags.names, machine));
  const moved = movedBy(stageTag, stage, timelines);
  if (!moved) return;
  if (await machine.git.isShallow())
    return progress("Merged pull requests are not told where the model is in use: this clone is shallow. Fetch its history.");
  const found = await findPullRequests(await commitsOf(moved, { model, tagged }, machine), machine);
  const { owner, name } = github.repository;
  const addressOf = (tag: string) => `${serverUrl}/${owner}/${name}/releases/tag/${encodeURIComponent(tag)}`;
  const refused: { number: number; message: string }[] = [];
  let told = 0;
  for (const [number, commit] of found) {
    const having = await machine.git.taggedSince(commit);
    const shipped = whereShipped(timelines, (version) => having.has(version));
    if (!shipped) continue;
    progress(`Telling #${number} where ${model} is in use`);
    try {
      await publishComment(github, { number, marker: shippedMarker(model), body: renderShippedNote(model, shipped, addressOf) });
      told += 1;
    } catch (error) {
      if (!isForbidden(error)) throw error;
      refused.push({ number, message: error.message });
    }
  }
  const [first] = refused;
  if (first && told === 0) progress(`Merged pull requests are not told where the model is in use: ${first.message}`);
  // A locked conversation, say.
  else for (const { number, message } of refused) progress(`#${number} is not told where the model is in use: ${message}`);
}

/** Anybody who may push tags can name people in one: who had a version brought there in an emergency is the promotion's own word. */
async function readEmergencies(
  { model, versions }: ModelState,
  names: readonly string[],
  { github }: PromotionMachine,
): Promise<ReadonlyMap<string, string>> {
  const claimed = versions.flatMap(({ version, commit, events, stages }) => {
    const tagObject = events.findLast(({ action }) => action === "register")?.tag.id;
    if (tagObject === undefined) return [];
    return [...stages].flatMap(([stage, own]) => {
      const tags = own.map(({ tag }) => tag).filter(({ message }) => breakGlassInMessage(message) !== undefined);
      const at = Math.max(...tags.map(({ taggedAt }) => taggedAt));
      return tags.length === 0 ? [] : [{ tags, at, assignment: { model, version, tagObject, commit, stage } }];
    });
  });
  const newest = claimed.toSorted((a, b) => b.at - a.at).slice(0, maxEmergencies);
  const found: FoundPromotion[] = [];
  for (const { tags, assignment } of newest) found.push(...(await findPromotions(tags, assignment, names, github)));
  return new Map(found.flatMap(({ stageTag, breakGlass }) => (breakGlass ? [[stageTag, whoBrokeGlass(breakGlass)]] : [])));
}

/** The stage's tag is younger than the clone. */
async function withTag(
  annotated: readonly GitTag[],
  name: string,
  { github: { tags } }: PromotionMachine,
): Promise<readonly GitTag[]> {
  if (annotated.some((tag) => tag.name === name)) return annotated;
  const ref = await tags.read(name);
  const tag = ref?.type === "tag" ? await readAnnotated(ref, tags) : undefined;
  return tag ? [...annotated, tag] : annotated;
}

/** Commits that the stage got or lost and that may touch the model, by the tagged tree's own word for what it is made of. */
async function commitsOf(
  { from, to, isFirst }: MovedStage,
  { model: name, tagged }: Pick<Noted, "model" | "tagged">,
  { git, progress }: PromotionMachine,
): Promise<readonly CommitChanges[]> {
  const { commit } = tagged;
  const own = await readLaw(async (path) => (await git.read(commit, path))?.toString("utf8"), commit, undefined);
  const model = own?.spec.models.get(name);
  if (!own || !model) return [];
  const touching = async (range: { from?: string; to: string }) => {
    const changes = await git.listChanges({ ...range, most: maxHistory });
    return changes.filter(({ paths }) => paths.some((path) => mayTouch(own.spec, model, path)));
  };
  const got = from === undefined ? [] : await touching({ from, to });
  // What made the model that was there first was told of the other stages, if of any.
  const rest = isFirst
    ? (await touching({ to: from ?? to })).slice(0, 1)
    : from === undefined
      ? []
      : await touching({ from: to, to: from });
  const all = [...got, ...rest];
  if (all.length > maxCommits)
    progress(
      `${all.length} commits of ${name} are new in the stage or gone from it; pull requests of the newest ${maxCommits} are told.`,
    );
  return all.slice(0, maxCommits);
}

/** @returns the newest of its commits, by the pull request's number */
async function findPullRequests(
  commits: readonly CommitChanges[],
  { github }: PromotionMachine,
): Promise<ReadonlyMap<number, string>> {
  const branch = commits.length === 0 ? "" : await github.contents.defaultBranch();
  const found = new Map<number, string>();
  for (const { commit } of commits)
    for (const { number, merged, base } of await github.pullRequests.listForCommit(commit))
      if (merged && base.ref === branch && !found.has(number)) found.set(number, commit);
  return found;
}

/** By the token, not by a limit that is used up. */
function isForbidden(error: unknown): error is GitHubError {
  return error instanceof GitHubError && (error.status === 403 || error.status === 404) && error.retryAt === undefined;
}
