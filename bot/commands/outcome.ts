import type { Reaction } from "../../src/github/comments.ts";
import type { Decision } from "../../src/ledger/decision.ts";
import { type Phrase, phraseToMarkdown } from "../../src/markdown/phrase.ts";

/** What a command leads to. */
export interface Outcome {
  /** Done, refused, or not understood. */
  reaction: Extract<Reaction, "+1" | "-1" | "confused">;
  /** One line of Markdown that says what was done or why not, and what to do next. */
  answer: string;
  /** To be kept in the ledger before anything is answered. */
  records: readonly Decision[];
  dispatch?: Dispatch | undefined;
  rollback?: Rollback | undefined;
}

/** Training that has to be started on the current head. */
export interface Dispatch {
  /** Undefined: every model that the pull request touches. */
  model?: string | undefined;
  /** How many trainings; undefined: as many as `assay.yml` says. */
  seeds?: number | undefined;
  /** Also what has been trained with the same inputs. */
  again: boolean;
}

/** A stage that has to go back to a version. */
export interface Rollback {
  model: string;
  version: string;
  stage: string;
}

export function accept(answer: Phrase, effects: Partial<Pick<Outcome, "records" | "dispatch" | "rollback">> = {}): Outcome {
  return { reaction: "+1", answer: phraseToMarkdown(answer), records: [], ...effects };
}

export function refuse(answer: Phrase): Outcome {
  return { reaction: "-1", answer: phraseToMarkdown(answer), records: [] };
}

/** What was meant cannot be told. */
export function askAgain(answer: Phrase): Outcome {
  return { reaction: "confused", answer: phraseToMarkdown(answer), records: [] };
}
