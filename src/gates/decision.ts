import type { GateOutcome } from "./verdict.ts";

export interface Decision {
  outcome: GateOutcome;
  /** As `GateResult.note`. */
  note: string;
  /**
   * How far the worse end of the interval lies inside the limit, in the limit's unit, negative when past it; undefined without
   * an interval.
   */
  left?: number;
  /** Something that has to be judged is not in the evidence at all: no waiver covers that. */
  missing?: true;
}

export const pass = (note: string, left?: number): Decision => ({ outcome: "pass", note, ...inside(left) });
export const fail = (note: string, left?: number): Decision => ({ outcome: "fail", note, ...inside(left) });
export const inconclusive = (note: string, left?: number): Decision => ({ outcome: "inconclusive", note, ...inside(left) });
export const missing = (note: string): Decision => ({ outcome: "inconclusive", note, missing: true });

const inside = (left: number | undefined) => (left === undefined ? {} : { left });
