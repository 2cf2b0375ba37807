import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import type { Comment, Comments } from "../github/comments.ts";
import type { GitHub } from "../github/github.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { Effect, PlannedComment, PublishOptions } from "./effects.ts";
import { firstLine, sameBody } from "./same-body.ts";

/** What GitHub takes, in characters. */
const maxCharacters = 65_536;
/** GitHub's lists can lag behind what it stored: how long to wait before each look for a comment whose answer was lost. */
const looks = [1_000, 2_000, 4_000];

export interface PublishedComment {
  effect: Effect;
  id: number;
  url: string;
  /** By GitHub's clock. */
  updatedAt: string;
  /** What a person should know: more than one comment of ours, a body that somebody else changed meanwhile. */
  notes: readonly string[];
}

/** A comment as it was written last. */
interface KnownComment {
  id: number;
  body: string;
}

/**
 * Makes the pull request have exactly this comment. It is found again by the marker on its first line **and** its author, so a
 * copied marker is never taken for ours; an identical body is not written again; when the answer to a creation is lost, it
 * looks before it asks again.
 *
 * @throws GitHubError when GitHub refuses, or stored something else than was sent
 */
export async function publishComment(
  github: GitHub,
  planned: PlannedComment,
  { known, isNew = false, exclusive = false }: PublishOptions<KnownComment> = {},
): Promise<PublishedComment> {
  checkPlanned(planned);
  const { comments } = github;
  const used = known && (await useKnown(comments, planned, known));
  if (used) return used;
  const findOurs = () => listOwn(comments, planned.number, planned.marker);
  const ours = isNew ? [] : await findOurs();
  const oldest = oldestOf(ours);
  if (oldest === undefined) return create(comments, planned, findOurs, exclusive);
  const notes = noteDuplicates(ours, oldest);
  if (sameBody(oldest.body, planned.body)) return published("unchanged", oldest, notes);
  const updated = await comments.update(oldest.id, planned.body);
  return readBack("updated", exclusive ? updated : await comments.get(oldest.id), planned, notes);
}

/** One request where nothing happened to the comment: people can edit and delete it. @returns undefined when it is gone */
async function useKnown(comments: Comments, planned: PlannedComment, known: KnownComment): Promise<PublishedComment | undefined> {
  try {
    if (sameBody(known.body, planned.body)) {
      const stored = await comments.get(known.id);
      if (stored === undefined || stored.author.id !== (await comments.viewer()).id) return undefined;
      if (sameBody(stored.body, planned.body)) return published("unchanged", stored, []);
    }
    return readBack("updated", await comments.update(known.id, planned.body), planned, []);
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
}

/** The comment that `publishComment` would edit: marker on the first line, written by us, the oldest of several. */
export async function findOwnComment(github: GitHub, number: number, marker: string): Promise<Comment | undefined> {
  return oldestOf(await listOwn(github.comments, number, marker));
}

async function listOwn(comments: Comments, number: number, marker: string): Promise<readonly Comment[]> {
  const viewer = await comments.viewer();
  const all = await comments.list(number);
  return all.filter((comment) => comment.author.id === viewer.id && firstLine(comment.body) === marker);
}

async function create(
  comments: Comments,
  planned: PlannedComment,
  findOurs: () => Promise<readonly Comment[]>,
  exclusive: boolean,
): Promise<PublishedComment> {
  const created = await createOnce(comments, planned, findOurs);
  if (exclusive) return readBack("created", created, planned, []);
  // Two jobs can create at the same moment: the oldest is the one that later runs will find.
  const ours = await findOurs();
  const oldest = oldestOf(ours) ?? created;
  if (oldest.id !== created.id && !sameBody(oldest.body, planned.body)) await comments.update(oldest.id, planned.body);
  return readBack("created", await comments.get(oldest.id), planned, noteDuplicates(ours, oldest));
}

async function createOnce(
  comments: Comments,
  planned: PlannedComment,
  findOurs: () => Promise<readonly Comment[]>,
): Promise<Comment> {
  try {
    return await comments.create(planned.number, planned.body);
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
    for (const milliseconds of looks) {
      await sleep(milliseconds);
      const stored = oldestOf(await findOurs());
      if (stored !== undefined) return stored;
    }
    return comments.create(planned.number, planned.body);
  }
}

function readBack(
  effect: Effect,
  stored: Comment | undefined,
  planned: PlannedComment,
  notes: readonly string[],
): PublishedComment {
  if (stored === undefined) {
    throw new GitHubError(`The comment on #${planned.number} was sent, but GitHub does not have it. Run this job again.`);
  }
  if (sameBody(stored.body, planned.body)) return published(effect, stored, notes);
  return published(effect, stored, [...notes, `Somebody else wrote the comment ${stored.url} at the same time.`]);
}

function published(effect: Effect, { id, url, updatedAt }: Comment, notes: readonly string[]): PublishedComment {
  return { effect, id, url, updatedAt, notes };
}

function oldestOf(comments: readonly Comment[]): Comment | undefined {
  return comments.toSorted((a, b) => a.id - b.id)[0];
}

function noteDuplicates(ours: readonly Comment[], kept: Comment): readonly string[] {
  const others = ours.filter((comment) => comment.id !== kept.id);
  if (others.length === 0) return [];
  const urls = others.map((comment) => comment.url).join(", ");
  return [`There are ${ours.length} comments of ours; the oldest, ${kept.url}, is kept up to date. Delete the others: ${urls}`];
}

function checkPlanned({ marker, body, number }: PlannedComment): void {
  if (firstLine(body) !== marker) throw new Error(`The first line of the comment for #${number} is not its marker ${marker}.`);
  if (body.length > maxCharacters) {
    throw new Error(`The comment for #${number} has ${body.length} characters; GitHub takes ${maxCharacters}.`);
  }
}
