import type { Waiver } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Judged } from "./ground.ts";
import type { GateOutcome, GateResult } from "./verdict.ts";

export interface Waivers {
  /** Of the law in force, and of nothing else. */
  all: readonly Waiver[];
  /** The day of the judgement in UTC, `2026-11-02`. */
  today: string;
}

/** A result with the waiver of its gate. What was decided stays; a result that nothing is known of has no waiver. */
export function toResult({ decision, about }: Judged, waivers: Waivers): GateResult {
  const { outcome, note, missing } = decision;
  const waiver = missing ? undefined : waiverOf(about, waivers);
  return { ...about, outcome, note, ...(waiver && { waiver }) };
}

/** What a result counts for in its model's verdict. */
export function countedOutcome({ outcome, waiver }: GateResult): GateOutcome {
  return waiver !== undefined && !waiver.expired ? "pass" : outcome;
}

/** The one that lasts longest, of the gate or of the slice that was judged. `until` is the last day that it counts. */
function waiverOf({ gate, name }: Judged["about"], { all, today }: Waivers): GateResult["waiver"] {
  const [last] = all
    .filter((waiver) => waiver.gate === name || waiver.gate === nameOfGate(gate))
    .toSorted((a, b) => (a.until < b.until ? 1 : -1));
  return last && { ...last, expired: last.until < today };
}
