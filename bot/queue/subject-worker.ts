import { setTimeout as sleep } from "node:timers/promises";
import { hideTokens } from "../../src/github/hide-tokens.ts";
import type { Log } from "../log.ts";
import { keyOf } from "../subject.ts";
import type { HeldSubject } from "./held-subject.ts";
import { ComeBackLater, type Reconcile, type Worker } from "./store.ts";

export interface WorkerOptions {
  /** Subjects that are looked at at once. */
  concurrency: number;
  handlerSeconds: number;
  heartbeatSeconds: number;
  /** What work may still take when the process stops, before it is aborted and handed back. */
  graceSeconds: number;
  log: Log;
}

/** How long nothing is due before it is looked for again; what this process accepts itself is taken at once. */
const idleMilliseconds = 1_000;
/** What an aborted handler has to come to its end before its subject is let go. */
const abortMilliseconds = 5_000;

const stopping = "the process stops";
const lost = "another worker has the subject";

export class SubjectWorker implements Worker {
  readonly #take: () => Promise<HeldSubject | undefined>;
  readonly #options: WorkerOptions;
  readonly #running = new Map<Promise<void>, AbortController>();
  #taking: Promise<void> | undefined;
  #stopped = false;
  #wake = (): void => {};

  constructor(take: () => Promise<HeldSubject | undefined>, options: WorkerOptions) {
    this.#take = take;
    this.#options = options;
  }

  /** Something may be due. */
  wake(): void {
    this.#wake();
  }

  async start(reconcile: Reconcile): Promise<void> {
    this.#stopped = false;
    this.#taking = this.#takeAll(reconcile);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#taking;
    const all = Promise.all(this.#running.keys());
    const grace = new AbortController();
    await Promise.race([all, sleep(this.#options.graceSeconds * 1_000, undefined, { signal: grace.signal }).catch(() => {})]);
    grace.abort();
    for (const controller of this.#running.values()) controller.abort(stopping);
    await all;
  }

  async drain(reconcile: Reconcile): Promise<number> {
    for (let taken = 0; ; taken += 1) {
      const held = await this.#take();
      if (held === undefined) return taken;
      await this.#work(held, reconcile, new AbortController());
    }
  }

  async #takeAll(reconcile: Reconcile): Promise<void> {
    while (!this.#stopped) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const held = this.#running.size < this.#options.concurrency ? await this.#takeOne() : undefined;
      if (held === undefined) {
        const timer = setTimeout(this.#wake, idleMilliseconds);
        await woken;
        clearTimeout(timer);
        continue;
      }
      const controller = new AbortController();
      const work = this.#work(held, reconcile, controller).finally(() => {
        this.#running.delete(work);
        this.wake();
      });
      this.#running.set(work, controller);
    }
  }

  async #takeOne(): Promise<HeldSubject | undefined> {
    try {
      return await this.#take();
    } catch (error) {
      this.#options.log.error({ err: error }, "the store does not answer");
      return undefined;
    }
  }

  /** Never rejects: what cannot be written to the store is taken again when the heartbeat is missed. */
  async #work(held: HeldSubject, reconcile: Reconcile, controller: AbortController): Promise<void> {
    const { log, handlerSeconds } = this.#options;
    const { signal } = controller;
    const subject = keyOf(held.subject);
    const tooLong = `not done within ${handlerSeconds} s`;
    const limit = setTimeout(() => controller.abort(tooLong), handlerSeconds * 1_000);
    const stopBeating = this.#beat(held, controller);
    try {
      const outcome = await outcomeOf(() => reconcile(held.subject, signal), signal);
      if (signal.aborted && signal.reason === lost) log.error({ subject }, `left alone: ${lost}`);
      else if (signal.aborted && signal.reason === stopping) await held.postponed();
      else if (signal.aborted) await fail(tooLong);
      else if (outcome === undefined) await held.done();
      else if (outcome.error instanceof ComeBackLater) {
        log.info({ subject, at: outcome.error.at, reason: outcome.error.message }, "comes back later");
        await held.postponed(outcome.error.at);
      } else await fail(outcome.error instanceof Error ? outcome.error.message : String(outcome.error), outcome.error);
    } catch (error) {
      log.error({ err: error, subject }, "the store does not answer: the subject is taken again when its heartbeat is missed");
    } finally {
      clearTimeout(limit);
      stopBeating();
    }

    async function fail(why: string, err?: unknown): Promise<void> {
      // It is shown on the status page.
      const reason = hideTokens(why);
      log.error({ err, subject, tries: held.tries + 1 }, `failed: ${reason}`);
      await held.failed(reason);
    }
  }

  #beat(held: HeldSubject, controller: AbortController): () => void {
    const { heartbeatSeconds, log } = this.#options;
    let last = performance.now();
    const timer = setInterval(
      async () => {
        // Without an answer for so long the subject is given to others.
        if (performance.now() - last > heartbeatSeconds * 1_000) controller.abort(lost);
        const sent = performance.now();
        try {
          if (await held.beat()) last = sent;
          else controller.abort(lost);
        } catch (error) {
          log.warn({ err: error }, "no heartbeat: the store does not answer");
        }
      },
      (heartbeatSeconds * 1_000) / 4,
    );
    return () => clearInterval(timer);
  }
}

/** What the work threw; undefined when it is done, or did not end after it was aborted. */
async function outcomeOf(work: () => Promise<void>, signal: AbortSignal): Promise<{ error: unknown } | undefined> {
  const ended = (async () => work())().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const timer = new AbortController();
  const abandoned = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () =>
      sleep(abortMilliseconds, undefined, { signal: timer.signal }).then(
        () => resolve(undefined),
        () => {},
      ),
    );
  });
  try {
    return await Promise.race([ended, abandoned]);
  } finally {
    timer.abort();
  }
}
