import type { Request } from "../request.ts";
import type { Subject } from "../subject.ts";

/** A webhook, as far as it matters. */
export interface Delivery {
  /** `X-GitHub-Delivery`: the same when GitHub sends it again. */
  guid: string;
  event: string;
  subject: Subject;
  request?: Request | undefined;
}

/** What the app cannot see any more: an installation, or so many of its repositories, by their ids. */
export interface Gone {
  installation: number;
  repositories?: readonly number[] | undefined;
}

/**
 * What the app keeps between deliveries and across crashes: a queue of subjects that have to be looked at, what people asked for, and
 * where its own comments and checks were. All of it can be made again from GitHub but the clicks on buttons; losing it costs calls,
 * not verdicts.
 */
export interface Store {
  /** Keeps the delivery and puts its subject into the queue, both or neither. @returns false when it was accepted before */
  accept(delivery: Delivery): Promise<boolean>;
  /** A subject waits at most once, however often it is put in: whoever takes it looks at everything. */
  enqueue(subject: Subject, options?: { at?: Date | undefined }): Promise<void>;
  /** For what was found by looking instead of by a delivery. @returns false when it is known */
  addRequest(subject: Subject, request: Request): Promise<boolean>;
  /** Those of the subject that have no answer, the oldest first. */
  openRequests(subject: Subject): Promise<readonly Request[]>;
  /** Done with, whatever the outcome. */
  closeRequest(subject: Subject, request: Request): Promise<void>;
  /** What waits there, and the dead letters, are looked at no more. @returns how many subjects that was */
  drop(gone: Gone): Promise<number>;
  /** Installations and repositories of which something has waited, or been a dead letter, for an hour. */
  longWaiting(): Promise<readonly { installation: number; repository: number }[]>;
  /** JSON under a key; undefined when there is none. Whoever reads it parses it. */
  recall(key: string): Promise<unknown>;
  /** @param days for how long from now on; default: for good */
  remember(key: string, value: unknown, options?: { days?: number | undefined }): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks at a subject. What it throws is tried again later, with growing pauses, and in the end put aside as a dead letter.
 * @param signal aborted when the worker's time on it is up or the process stops: nothing may be written after that
 */
export type Reconcile = (subject: Subject, signal: AbortSignal) => Promise<void>;

/** GitHub, or another, asks to come back not before that time. It does not count as a failed try. */
export class ComeBackLater extends Error {
  override readonly name = "ComeBackLater";
  readonly at: Date;
  constructor(at: Date, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.at = at;
  }
}

/** The queue's other side. */
export interface Worker {
  /** Takes subjects until it is stopped: of one subject one at a time across all processes, of different ones many. */
  start(reconcile: Reconcile): Promise<void>;
  /** Takes no more, and waits for those that are being looked at. */
  stop(): Promise<void>;
  /** Takes what is due until nothing is left, in this call; for tests and one-shot runs. @returns how many were taken */
  drain(reconcile: Reconcile): Promise<number>;
}
