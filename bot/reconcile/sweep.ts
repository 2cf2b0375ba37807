import * as z from "zod/mini";
import type { GitHub } from "../../src/github/github.ts";
import type { Delivery } from "../../src/github/github-app.ts";
import type { PullRequest } from "../../src/github/pull-requests.ts";
import { looksLikeCommand } from "../commands/plain-text.ts";
import type { InstalledRepository, Subject } from "../subject.ts";
import { type Context, connect } from "./context.ts";
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
  const redelivered = await redeliverFailed(context);
  let enqueued = 0;
  for (const { id: installation, suspended, account } of await context.app.installations()) {
    if (suspended) continue;
    try {
      for (const repository of await context.app.repositories(installation)) {
        signal.throwIfAborted();
        enqueued += await sweepRepository(context, { ...repository, installation }, everything, signal);
      }
    } catch (error) {
      if (signal.aborted) throw error;
      // One account's trouble must not keep the others from being swept.
      context.log(`The sweep of ${account} ended early: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { redelivered, enqueued };
}

async function redeliverFailed({ app, store, now }: Context): Promise<number> {
  const key = "sweep/deliveries";
  const last = z.iso.datetime().safeParse(await store.recall(key)).data;
  const started = now();
  const since = Math.max(started.getTime() - deliveriesKept, last === undefined ? 0 : Date.parse(last) - overlap);
  const failed = failedDeliveries(await app.deliveries(new Date(since)));
  for (const { id } of failed) await app.redeliver(id);
  await store.remember(key, started.toISOString());
  return failed.length;
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
  let enqueued = 0;
  for (const pull of open) {
    const subject: Subject = { kind: "pull-request", repository, number: pull.number };
    const isAsked = asked.has(pull.number);
    if (!everything && !isAsked && isSettled(await recallMemory(context.store, subject), pull)) continue;
    await context.store.enqueue(subject);
    enqueued += 1;
  }
  return enqueued;
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
    if (comment.author.id === viewer.id || !looksLikeCommand(comment.body)) continue;
    const subject: Subject = { kind: "pull-request", repository, number: comment.number };
    if (await store.addRequest(subject, { kind: "comment", id: comment.id })) asked.add(comment.number);
  }
  await store.remember(key, started.toISOString());
  return asked;
}
