import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate } from "../spec/spec.ts";
import type { Judged } from "./ground.ts";
import { type GateOutcome, type GateResult, type GivenWaiver, standingOf } from "./verdict.ts";

export interface Waivers {
  /** Of the law in force, and of nothing else. */
  all: readonly GivenWaiver[];
  /** The day of the judgement in UTC, `2026-11-02`. */
  today: string;
}

export const noWaivers: Waivers = { all: [], today: "" };

/**
 * A result with the waiver of its gate. What was decided stays; a result that nothing is known of has no waiver.
 * @param gates all of the model: a waiver of one slice of a column's gate has the name that another gate may have
 */
export function toResult({ decision, about }: Judged, { all, today }: Waivers, gates: readonly Gate[]): GateResult {
  const { outcome, note, missing } = decision;
  const ofGate = nameOfGate(about.gate);
  const ofSlice = gates.some((gate) => nameOfGate(gate) === about.name) ? ofGate : about.name;
  // The one that lasts longest.
  const [waiver] = all.filter(({ gate }) => gate === ofGate || gate === ofSlice).toSorted((a, b) => (a.until < b.until ? 1 : -1));
  // `until` is the last day that it counts.
  const waived = waiver && !missing && { waiver: { ...waiver, expired: waiver.until < today } };
  return { ...about, outcome, note, ...waived, ...(missing && { missing }) };
}

/** What a result counts for in its model's verdict. */
export function countedOutcome(result: GateResult): GateOutcome {
  const standing = standingOf(result);
  return standing === "waived" ? "pass" : standing;
}
