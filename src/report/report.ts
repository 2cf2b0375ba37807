import type { Evidence } from "../evidence/evidence.ts";
import type { GateOutcome, ModelVerdict } from "../gates/verdict.ts";
import type { PlannedModel, WaitsFor } from "../plan/plan.ts";
import type { Writer } from "../spec/spec.ts";
import type { TrustLevel } from "../trust/trust.ts";

/** Where a model is in the life of a change. */
export type ModelState =
  | ({ kind: "judged" } & JudgedState)
  /** First run on the default branch, or a model without a baseline: recorded, nothing compared. */
  | ({ kind: "recorded" } & JudgedState)
  | { kind: "unchanged" }
  /** `message`: its job has ended and the training goes on elsewhere, until a later run of the workflow collects it. */
  | { kind: "pending"; job?: JobLink | undefined; message?: string | undefined }
  /** Training or evaluation failed; `message` never quotes the trainer's output. */
  | { kind: "failed"; message: string; job?: JobLink | undefined; evidence?: Evidence | undefined }
  /** The job ended without evidence. */
  | { kind: "lost"; message: string; job?: JobLink | undefined }
  /** By hand: nobody has asked for it yet. */
  | { kind: "unevaluated"; message: string; job?: undefined }
  /** No job was asked for, although the model needs one. */
  | { kind: "withheld"; message: string; job?: undefined }
  /** There is evidence that nobody can vouch for: what it says is not judged. `message`: why. */
  | { kind: "unverified"; message: string; job?: undefined }
  /** It is trained when a person has done this. */
  | { kind: "waiting"; waitsFor: WaitsFor };

export interface JudgedState {
  verdict: ModelVerdict;
  evidence: Evidence;
  trust: TrustLevel;
  /** A run that the app started itself for a commit that an owner allowed: what a fork's own run never is. */
  verified?: true | undefined;
  /** Why a model owner decides, whatever the gates say: sentences. Settled by an approval of these inputs and this result. */
  ownerDecides?: readonly string[] | undefined;
  /** Owners' approvals of these inputs and this result. */
  approvals?: readonly Approval[] | undefined;
}

export interface Approval {
  /** Login. */
  by: string;
  /** Head commit that was shown. */
  headSha: string;
}

export interface JobLink {
  name: string;
  url: string;
}

export interface ModelReport {
  name: string;
  owners: readonly string[];
  plan: PlannedModel;
  state: ModelState;
  /** The base branch does not know it, so its owners are only what the change itself says. */
  isNew?: true | undefined;
}

/** Everything that a comment, a check, a job summary and a page say; composed by `flows/judge.ts`, rendered here. */
export interface Report {
  /** `owner/name`. */
  repository: string;
  /** Where links go, `https://github.com`. */
  serverUrl: string;
  event: "pull_request" | "push" | "manual";
  pullRequest?:
    | {
        number: number;
        title: string;
        headRef: string;
        baseRef: string;
        fromFork?: boolean | undefined;
        author?: string | undefined;
      }
    | undefined;
  headSha: string;
  baseSha: string | null;
  models: readonly ModelReport[];
  /**
   * `fail` before `waiting` before `inconclusive` before `pass`; `pending` while jobs run. A failed or lost job is a fail;
   * `waiting`: something is not trained before a person has done something.
   */
  verdict: GateOutcome | "pending" | "waiting";
  /** Who writes comment and check, by base's rule. */
  writer: Writer;
  /** Base's rule for `inconclusive`. */
  onInconclusive: "block" | "allow";
  /** The law that decided: base's `assay.yml`; null when base has none yet. */
  law: { commit: string; path: string } | null;
  /** Differences between base's law and the head's, and what the head's would have decided; empty when unchanged. */
  lawChanges: readonly LawChange[];
  jobs: { done: number; total: number };
  /** GPU-hours that the pull request has used of those that it may use; absent without a declared budget. */
  budget?: { gpuHours: number; spent: number } | undefined;
  links: { run?: string | undefined; page?: string | undefined };
  /** Why nobody can vouch for the run that all of this is said by: it never passes, whatever it says. Only with the app. */
  unverified?: string | undefined;
  /** Undefined where no app writes it. */
  app?: AppFacts | undefined;
}

/** What people asked and decided, as the app knows it. */
export interface AppFacts {
  /** Names of the commands that can be typed here: `approve`. */
  commands: readonly string[];
  approvals: readonly ShownApproval[];
  /** A line of Markdown each, of our own making, the newest last. */
  answers: readonly string[];
  /** What is in the ledger and does not count, a sentence of plain text each. */
  ignored?: readonly string[] | undefined;
  /**
   * Owners, as `assay.yml` writes them, that were asked already by other means: they are named and not mentioned. GitHub notifies
   * of a mention when a comment is created and not when it is edited, so one comment asks once.
   */
  askedOwners: readonly string[];
}

export interface ShownApproval extends Approval {
  model: string;
  /** Why it does not count any more; undefined: it does. */
  voided: string | undefined;
}

/** Whether it was made on somebody's own machine: only a workflow run has an address. */
export function isByHand({ links }: Pick<Report, "links">): boolean {
  return links.run === undefined;
}

export interface LawChange {
  model: string;
  /** Such as `gate accuracy.no-worse-than: 0.03 → 0.10`. */
  what: string;
  /** Both count, base's and the head's: models are judged on either test set. */
  both?: true | undefined;
  /** What the head's law would have decided for the model; undefined when that cannot be told. */
  wouldBe?: GateOutcome | undefined;
}
