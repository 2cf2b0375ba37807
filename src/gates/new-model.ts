import type { Gate } from "../spec/spec.ts";
import { needsNoBaseline } from "./judge-model.ts";

/** The gates that decide: a change that brings the model has nothing to be compared with, and an owner who approves it accepts that. */
export function decidingGates(
  gates: readonly Gate[],
  { isNew, isAccepted, isCompared }: { isNew: boolean; isAccepted: boolean; isCompared: boolean },
): readonly Gate[] {
  return isNew && isAccepted && !isCompared ? gates.filter(needsNoBaseline) : gates;
}
