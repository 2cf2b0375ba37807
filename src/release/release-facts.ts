import type { Evidence, Training } from "../evidence/evidence.ts";
import type { ModelVerdict } from "../gates/verdict.ts";
import type { BreakGlass } from "../registry/break-glass.ts";
import type { TrustLevel } from "../trust/trust.ts";
import type { Statements } from "./card/statements.ts";

/** What a release's papers are written from. They say nothing else: the same facts are the same bytes. */
export interface ReleaseFacts {
  /** Without a slash at its end: `https://github.com`. */
  serverUrl: string;
  /** `acme/risk-models`. */
  repository: string;
  /** `v1.5.0`. */
  version: string;
  /** The commit that was tagged. */
  commit: string;
  /** Which the version was released for. */
  stage?: string | undefined;
  /** Sealed. */
  evidence: Evidence;
  verdict: ModelVerdict;
  trust: TrustLevel;
  /** Those that count, oldest first. */
  approvals: readonly ReleaseApproval[];
  /** The version that was shipped before. */
  predecessor?: { version: string } | undefined;
  /** Why files are shipped whose format is refused otherwise. */
  formatOverride?: { paths: readonly string[]; reason: string } | undefined;
  /** It came into the stage although judgement spoke against it. */
  breakGlass?: BreakGlass | undefined;
  statements: Statements;
}

export interface ReleaseApproval {
  /** Account, without `@`. */
  by: string;
  /** Head commit that was shown. */
  headSha: string;
  /** ISO 8601. */
  at: string;
  via: string;
  pullRequest?: number | undefined;
}

export type ShippedModel = NonNullable<Training["model"]>;

/** The model that is shipped: the first training's. Undefined where none has one. */
export function shippedModel({ trainings }: Evidence): ShippedModel | undefined {
  return trainings.find(({ model }) => model !== undefined)?.model;
}

/** How the candidate did on its test set; the other evaluation is of the old one. */
export function currentEvaluation({ evaluations }: Evidence): Evidence["evaluations"][number] | undefined {
  return evaluations.find(({ role }) => role === "current");
}

/** The page of the run that trained. */
export function runUrl({ serverUrl, repository, evidence }: ReleaseFacts): string | undefined {
  const { run } = evidence.source;
  return run && `${serverUrl}/${repository}/actions/runs/${run.id}/attempts/${run.attempt}`;
}
