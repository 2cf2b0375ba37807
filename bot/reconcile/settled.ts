import type { Candidate } from "../../src/flows/rank-runs.ts";
import { standingOf } from "../../src/gates/verdict.ts";
import type { Report } from "../../src/report/report.ts";
import type { Memory } from "./memory.ts";

/** Nothing changes what the report says but what people do, and days that pass. */
export function isSettled(report: Report, { decided }: Pick<Memory, "decided">, isOvertaken: boolean): boolean {
  // A branch that looked rewritten is looked at again: until it is put right no decision of it counts.
  const isLedgerInDoubt = decided === undefined && (report.app?.ignored ?? []).length > 0;
  return report.verdict !== "pending" && !isOvertaken && !isLedgerInDoubt;
}

/** A run that would speak instead of this one is not over. @param candidates the one that speaks first before the others */
export function isOvertaken(candidates: readonly Candidate[], by: Candidate): boolean {
  return candidates.slice(0, candidates.indexOf(by)).some(({ run }) => run.status !== "completed");
}

/** Start of the day on which a waiver that the verdict rests on does not count any more; of several the first. */
export function endOfWaivers({ models }: Report): Date | undefined {
  const [first] = models
    .flatMap(({ state }) => (state.kind === "judged" || state.kind === "recorded" ? state.verdict.gates : []))
    .flatMap((gate) => (standingOf(gate) === "waived" && gate.waiver ? [gate.waiver.until] : []))
    .toSorted();
  return first === undefined ? undefined : new Date(Date.parse(first) + day);
}

const day = 24 * 60 * 60 * 1_000;
