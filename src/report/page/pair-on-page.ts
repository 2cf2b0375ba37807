import type { Evidence } from "../../evidence/evidence.ts";
import type { GateResult } from "../../gates/verdict.ts";
import type { Task } from "../../spec/spec.ts";
import type { Claims, MeasuredPair, SideNames } from "../measured.ts";

/** Both models on one test set, or one alone, with all that is said of them. */
export interface PairOnPage {
  pair: MeasuredPair;
  /** Of the test set. */
  rows: number;
  gates: readonly GateResult[];
  claims: Claims;
  task: Task | undefined;
  names: SideNames;
  /** With the candidate's training history, where there is one. */
  evidence?: Evidence | undefined;
}
