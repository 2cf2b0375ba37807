import type { PullRequest } from "../../src/github/pull-requests.ts";
import type { Decision } from "../../src/ledger/decision.ts";
import type { Report } from "../../src/report/report.ts";
import type { Spec } from "../../src/spec/spec.ts";
import type { Actor } from "../../src/trust/owners.ts";

/** All that a command is decided on, read when it is executed and not when it was written. */
export interface CommandFacts {
  pullRequest: PullRequest;
  /** Of the current head; undefined while there is none. */
  report: Report | undefined;
  /** Head commit that comment or check showed when the person wrote; undefined when nothing was shown. */
  shownSha: string | undefined;
  /** Digests of the results that the comment showed then, by model. */
  shownResults: ReadonlyMap<string, string>;
  actor: Actor;
  /** The base branch's `assay.yml`; undefined when it has none. */
  law: Spec | undefined;
  now: Date;
  /** Whether the comment was changed after it was written: nobody can tell by whom. */
  edited: boolean;
  via: "command" | "button" | "review";
  /** The last force push of a fork's pull request, where the command is about its training; undefined: there was none. */
  forcePush: number | undefined;
  /** Of this pull request, those that count. */
  decisions: readonly Decision[];
}
