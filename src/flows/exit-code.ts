import { type ExitCode, exitCodes } from "../errors/errors.ts";
import type { Report } from "../report/report.ts";
import { failureCodeOf } from "./failure.ts";

/** Exit code of a verdict: a model that has no result outweighs a gate, and its evidence says which code. Pending is 0: nothing is wrong yet. */
export function exitCodeOf(report: Report): ExitCode {
  const failed = report.models.flatMap(({ state }) => (state.kind === "failed" ? [state.evidence] : []));
  if (failed.length > 0) return failureCodeOf(failed);
  if (report.models.some(({ state }) => ["lost", "unevaluated", "withheld"].includes(state.kind))) return exitCodes.inconclusive;
  if (report.verdict === "fail") return exitCodes.gateFailed;
  return report.verdict === "inconclusive" || report.verdict === "waiting" ? exitCodes.inconclusive : exitCodes.pass;
}
