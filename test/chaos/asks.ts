import type { Digest } from "../../src/evidence/digest.ts";
import type { Account } from "./plan-schedule.ts";

/** What people want of the app. `tell`: to be told something; `nonsense`: what it cannot understand. */
export type Wish = "approve" | "waive" | "retrain" | "tell" | "nonsense";

/**
 * Something that a person asked for, and what has to become of it by the rules that people read. Known from what happened on GitHub
 * alone, never from what the app says that it did.
 */
export interface Ask {
  /** The pull request's number, and its head as it was asked. */
  number: number;
  headSha: string;
  by: Account;
  wish: Wish;
  via: { kind: "comment"; id: number } | { kind: "click"; guid: string | undefined } | { kind: "review" };
  /** `either`: something else happened on the pull request before it was answered, so that it may be refused. */
  due: "done" | "refused" | "either";
  /** The result that was shown to whoever asked. */
  result: Digest | undefined;
  /** The answer, or its effect, was seen on GitHub. */
  isAnswered: boolean;
  /** A push came before it was answered: what was accepted for the old head need not be started. */
  isOvertaken: boolean;
}

/** By the base branch's `assay.yml` and the repository's collaborators. */
export function mayWish(by: Account, wish: Wish): boolean {
  if (wish === "approve" || wish === "waive") return by === "owner";
  return wish === "retrain" ? by !== "reader" : true;
}

/** Whether it decides or starts something for whoever may ask for it: by that other things that are asked can come out differently. */
export function canChangeSomething({ by, wish }: Pick<Ask, "by" | "wish">): boolean {
  return mayWish(by, wish) && wish !== "tell" && wish !== "nonsense";
}

export function wishOf(body: string): Wish | undefined {
  const word = /^\/assay (\S+)/.exec(body)?.[1];
  if (word === undefined) return undefined;
  if (word === "approve" || word === "waive" || word === "retrain") return word;
  return word === "help" || word === "status" ? "tell" : "nonsense";
}

/** What names it in a training that was started for it. */
export function keyOfTraining({ number, via }: Ask, request: string): boolean {
  if (!request.startsWith(`pr-${number}-`) || via.kind === "review") return false;
  const name = via.kind === "comment" ? `comment-${via.id}` : via.guid && `button-${via.guid}`;
  return name !== undefined && request.endsWith(`-${name}`);
}
