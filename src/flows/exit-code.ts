import { type ExitCode, exitCodes } from "../errors/errors.ts";
import type { ModelState, Report } from "../report/report.ts";
import { failureCodeOf } from "./failure.ts";

/**
 * Whether nothing failed and a person's decision is what is missing. With the app as the writer there are such decisions: an owner
 * approves what is inconclusive, or allows a fork's commit on the team's machines, and the check, which the app writes, follows;
 * a job's own result could not.
 */
export function isLeftToApp({ writer, verdict, models }: Report, { fromFork }: { fromFork: boolean }): boolean {
  if (writer !== "app") return false;
  if (verdict === "waiting" || verdict === "inconclusive") return true;
  return fromFork && verdict === "fail" && models.every(({ state }) => state.kind === "withheld" || mayPass(state));
}

function mayPass(state: ModelState): boolean {
  if (state.kind === "judged" || state.kind === "recorded") return state.verdict.outcome !== "fail";
  return state.kind === "unchanged" || state.kind === "waiting";
}

/** Exit code of a verdict: a model that has no result outweighs a gate, and its evidence says which code. Pending is 0: nothing is wrong yet. */
export function exitCodeOf(report: Report): ExitCode {
  const failed = report.models.flatMap(({ state }) => (state.kind === "failed" ? [state.evidence] : []));
  if (failed.length > 0) return failureCodeOf(failed);
  if (report.models.some(({ state }) => ["lost", "unevaluated", "withheld"].includes(state.kind))) return exitCodes.inconclusive;
  if (report.verdict === "fail") return exitCodes.gateFailed;
  return report.verdict === "inconclusive" || report.verdict === "waiting" ? exitCodes.inconclusive : exitCodes.pass;
}
