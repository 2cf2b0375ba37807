import { type ExitCode, exitCodes } from "../errors/errors.ts";
import type { Report } from "../report/report.ts";

/** Exit code of a verdict: a model whose training or scoring failed outweighs a gate. Pending is 0: nothing is wrong yet. */
export function exitCodeOf(report: Report): ExitCode {
  if (report.models.some(({ state }) => state.kind === "failed")) return exitCodes.userCommand;
  if (report.models.some(({ state }) => state.kind === "lost")) return exitCodes.inconclusive;
  if (report.verdict === "fail") return exitCodes.gateFailed;
  return report.verdict === "inconclusive" ? exitCodes.inconclusive : exitCodes.pass;
}
