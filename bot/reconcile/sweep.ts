import * as z from "zod/mini";
import type { Comment } from "../../src/github/comments.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { Delivery } from "../../src/github/github-app.ts";
import type { PullRequest } from "../../src/github/pull-requests.ts";
import { parseCommand } from "../commands/parse-command.ts";
import type { InstalledRepository, Subject } from "../subject.ts";
import { type Context, connect } from "./context.ts";
import { dropUnlisted } from "./gone.ts";
import { type Memory, recallMemory } from "./memory.ts";

const minute = 60_000;
/** How long GitHub keeps deliveries. */
const deliveriesKept = 3 * 24 * 60 * minute;
/** What was missed by a clock that is not ours. */
const overlap = 10 * minute;
/** A delivery that fails again and again is not asked for for ever. */
const maxAttempts = 5;

export interface Swept {
  redelivered: number;
  enqueued: number;
}

/**
 * Finds what deliveries did not tell: failed deliveries are asked for again, and what is open and not settled, or was asked in a
 * comment meanwhile, is looked at. It only puts subjects into the queue, so it may run as often as it likes and anywhere.
 * @param everything also what seems settled: after a time in which nobody listened
 */
export async function sweep(context: Context, { everything }: { everything: boolean }, signal: AbortSignal): Promise<Swept> {
  // One's trouble must not keep the others from being swept.
  const attempt: Attempt = async (what, work) => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      context.log(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const redelivered = (await attempt("Looking for failed deliveries", () => redeliverFailed(context, attempt))) ?? 0;
  let enqueued = 0;
  const listed = new Map<number, ReadonlySet<number> | undefined>();
  for (const { id: installation, suspended, account } of await context.app.installations()) {
    listed.set(installation, undefined);
    if (suspended) continue;
    const repositories = await attempt(`Listing what ${account} has`, () => context.app.repositories(installation));
    listed.set(installation, repositories && new Set(repositories.map(({ id }) => id)));
    for (const repository of repositories ?? []) {
      const what = `The sweep of ${account}/${repository.name}`;
      enqueued += (await attempt(what, () => sweepRepository(context, { ...repository, installation }, everything, signal))) ?? 0;
    }
  }
  await attempt("Dropping what is gone", () => dropUnlisted(context, listed));
  return { redelivered, enqueued };
}

type Attempt = <Result>(what: string, work: () => Promise<Result>) => Promise<Result | undefined>;

async function redeliverFailed({ app, store, now }: Context, attempt: Attempt): Promise<number> {
  const key = "sweep/deliveries";
  const last = z.iso.datetime().safeParse(await store.recall(key)).data;
  const started = now();
  const since = Math.max(started.getTime() - deliveriesKept, last === undefined ? 0 : Date.parse(last) - overlap);
  const failed = failedDeliveries(await app.deliveries(new Date(since)));
  let redelivered = 0;
  for (const { id } of failed)
    redelivered += (await attempt(`Asking for delivery ${id} again`, () => app.redeliver(id).then(() => 1))) ?? 0;
  // What could not be asked for now is looked for again.
  if (redelivered === failed.length) await store.remember(key, started.toISOString());
  return redelivered;
}

/** Of each webhook that no attempt brought the newest attempt. */
export function failedDeliveries(deliveries: readonly Delivery[]): readonly Delivery[] {
  const byGuid = Map.groupBy(deliveries, ({ guid }) => guid);
  return [...byGuid.values()].flatMap((attempts) => {
    const arrived = attempts.some(({ statusCode }) => statusCode >= 200 && statusCode < 300);
    const newest = attempts.reduce((latest, attempt) => (attempt.deliveredAt > latest.deliveredAt ? attempt : latest));
    return arrived || attempts.length >= maxAttempts ? [] : [newest];
  });
}

async function sweepRepository(
  context: Context,
  repository: InstalledRepository,
  everything: boolean,
  signal: AbortSignal,
): Promise<number> {
  const github = await connect(context, repository, signal);
  const open = await github.pullRequests.listOpen();
  const asked = await findCommands(context, github, repository);
  // Something can be asked on a closed one, too.
  const due = new Set(asked);
  for (const pull of open) {
    const memory = await recallMemory(context.store, { kind: "pull-request", repository, number: pull.number });
    if (everything || !isSettled(memory, pull)) due.add(pull.number);
  }
  for (const number of due) await context.store.enqueue({ kind: "pull-request", repository, number });
  return due.size;
}

function isSettled({ settled }: Memory, { head }: PullRequest): boolean {
  return settled === head.sha;
}

/** Commands in comments that changed since the last look. @returns numbers of the pull requests that have one */
async function findCommands({ store, now }: Context, github: GitHub, repository: InstalledRepository): Promise<Set<number>> {
  const key = `${repository.id}/sweep/comments`;
  const last = z.iso.datetime().safeParse(await store.recall(key)).data;
  const started = now();
  const since = last === undefined ? started.getTime() - deliveriesKept : Date.parse(last) - overlap;
  const asked = new Set<number>();
  const viewer = await github.comments.viewer();
  for (const comment of await github.comments.listSince(new Date(since).toISOString())) {
    if (comment.author.id === viewer.id || !asksForSomething(comment)) continue;
    const subject: Subject = { kind: "pull-request", repository, number: comment.number };
    const isOpen = (await store.openRequests(subject)).some(({ kind, id }) => kind === "comment" && id === comment.id);
    // A store that was lost, or restored, does not know what was answered; GitHub does.
    const isNew = async () =>
      !(await github.comments.reactions(comment.id)).some(({ authorId }) => authorId === viewer.id) &&
      (await store.addRequest(subject, { kind: "comment", id: comment.id }));
    if (isOpen || (await isNew())) asked.add(comment.number);
  }
  await store.remember(key, started.toISOString());
  return asked;
}

/** As of a delivery: on a pull request, and never changed. */
export function asksForSomething({
  body,
  url,
  createdAt,
  updatedAt,
}: Pick<Comment, "body" | "url" | "createdAt" | "updatedAt">): boolean {
  const isOnPull = URL.parse(url)?.pathname.includes("/pull/") ?? false;
  return isOnPull && updatedAt === createdAt && parseCommand(body).kind !== "none";
}
