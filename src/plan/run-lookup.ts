import type { Digest } from "../evidence/digest.ts";
import type { RunRef } from "./plan.ts";

/** Port to what was trained before: artifacts of workflow runs, the ledger and the model store. */
export interface RunLookup {
  /** A completed run of the model with these inputs that can be fetched again; undefined when there is none. */
  findRun(model: string, inputHash: Digest): Promise<FoundRun | undefined>;
  /** The same of a grid's point, which becomes part of the run that is chosen among them. */
  findPoint(model: string, inputHash: Digest): Promise<FoundRun | undefined>;
  /** What was recorded of the model with these inputs on the default branch. */
  findBaseline(model: string, inputHash: Digest): Promise<FoundBaseline>;
  /** What interrupted trainings of the model with these inputs left, the latest of each seed. */
  findCheckpoints(model: string, inputHash: Digest, seeds: readonly number[]): Promise<readonly FoundRun[]>;
}

export interface FoundRun {
  run: RunRef;
  /** Whether its trust allows this plan to use it. */
  mayReuse: boolean;
  /** Why it may not be used, a sentence part. */
  why?: string | undefined;
}

export type FoundBaseline =
  | { kind: "recorded"; run: RunRef }
  /** It was recorded, but `what` is gone from the store: `model`, `predictions`. */
  | { kind: "expired"; what: string }
  | { kind: "none" };

/** Nothing is recorded: for the command line without GitHub. */
export const noRunLookup: RunLookup = {
  findRun: async () => undefined,
  findPoint: async () => undefined,
  findBaseline: async () => ({ kind: "none" }),
  findCheckpoints: async () => [],
};
