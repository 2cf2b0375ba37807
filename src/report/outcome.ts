import type { GateOutcome } from "../gates/verdict.ts";
import { statusIcons } from "./model-status.ts";

/** `✅ pass`, always an icon and a word. */
export function outcomeWord(outcome: GateOutcome): string {
  return `${statusIcons[outcome]} ${outcome}`;
}
