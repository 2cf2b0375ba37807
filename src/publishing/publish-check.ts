import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import type { CheckContent, CheckRun } from "../github/checks.ts";
import type { GitHub } from "../github/github.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import { type CheckDecision, decideCheck, type StoredCheck } from "./decide-check.ts";
import type { Effect, PublishOptions } from "./effects.ts";

/** Of `summary` and of `text`, in characters. */
const maxCharacters = 65_535;
/** How long to wait before looking what became of a request whose answer was lost; after the last one the error stands. */
const waits = [1_000, 3_000];

interface PublishedCheck {
  effect: Effect;
  id: number;
  /** Undefined when nothing had to be asked of GitHub. */
  url: string | undefined;
}

/** A check as it was written last. */
interface KnownCheck {
  id: number;
  content: CheckContent;
}

/**
 * Makes the commit have exactly this check. It is found again by its name and external id among the check runs of our own app;
 * identical content is not written again; when an answer is lost, it looks before it writes again.
 *
 * @throws GitHubError when GitHub refuses, or does not have the check after it said so
 */
export async function publishCheck(
  github: GitHub,
  content: CheckContent,
  { known, isNew = false, exclusive = false }: PublishOptions<KnownCheck> = {},
): Promise<PublishedCheck> {
  refuseTooLong(content);
  const isAbout = known && keyOf(known.content) === keyOf(content);
  const remembered = isAbout ? { ...known.content, id: known.id, actions: known.content.actions ?? [] } : undefined;
  return publish({ github, content, exclusive, isNew }, remembered, waits);
}

interface Publication {
  github: GitHub;
  content: CheckContent;
  exclusive: boolean;
  isNew: boolean;
}

async function publish(
  publication: Publication,
  remembered: StoredCheck | undefined,
  pauses: readonly number[],
): Promise<PublishedCheck> {
  const { github, content, exclusive, isNew } = publication;
  const decision = decideCheck(content, remembered ?? (isNew ? undefined : await findOurs(github, content)));
  if (remembered && !isRepeatable(decision)) return publish(publication, undefined, pauses);
  if (decision.kind === "unchanged") return { effect: "unchanged", id: decision.stored.id, url: decision.stored.url };
  const effect = decision.kind === "create" ? "created" : "updated";
  try {
    const { create, update } = github.checks;
    const run = await (decision.kind === "create" ? create(decision.content) : update(decision.id, decision.content));
    if (exclusive) return { effect, id: run.id, url: run.url };
  } catch (error) {
    if (remembered && error instanceof GitHubError && error.status === 404) return publish(publication, undefined, pauses);
    const [pause, ...laterPauses] = pauses;
    if (!isLostAnswer(error) || pause === undefined) throw error;
    await sleep(pause);
    return publish({ ...publication, isNew: false }, remembered, laterPauses);
  }
  const now = await findOurs(github, content);
  if (now === undefined) {
    throw new GitHubError(
      `The check "${content.name}" on ${content.headSha} was sent, but GitHub does not have it. Run this job again.`,
    );
  }
  return { effect, id: now.id, url: now.url };
}

/** A check run and an annotation more are there for good: whether they are missing is decided on what GitHub has, not on memory. */
function isRepeatable(decision: CheckDecision): boolean {
  return decision.kind === "unchanged" || (decision.kind === "update" && decision.content.annotations.length === 0);
}

function keyOf({ name, headSha, externalId }: CheckContent): string {
  return JSON.stringify([name, headSha, externalId]);
}

/** The newest of ours: it is the one that GitHub shows. */
async function findOurs({ checks, comments }: GitHub, content: CheckContent): Promise<StoredCheck | undefined> {
  const { login } = await comments.viewer();
  const runs = await checks.list(content.headSha, content.name);
  const run = runs.findLast((candidate) => candidate.externalId === content.externalId && isByApp(candidate, login));
  if (run === undefined) return undefined;
  return { ...run, annotations: run.annotationCount === 0 ? [] : await checks.annotations(run.id), actions: "unknown" };
}

/** An app writes as `<slug>[bot]`, and may only update check runs of its own. */
function isByApp(run: CheckRun, login: string): boolean {
  return run.appSlug === undefined || !login.endsWith("[bot]") || `${run.appSlug}[bot]` === login;
}

function refuseTooLong({ name, summary, text = "" }: CheckContent): void {
  if (summary.length > maxCharacters || text.length > maxCharacters) {
    throw new Error(
      `The check "${name}" has a summary of ${summary.length} and a text of ${text.length} characters; GitHub takes ${maxCharacters} each.`,
    );
  }
}
