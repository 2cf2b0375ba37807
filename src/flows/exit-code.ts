import { type ExitCode, exitCodes } from "../errors/errors.ts";
import type { Report } from "../report/report.ts";

/** Exit code of a verdict: a model whose training or scoring failed outweighs a gate; a machine that lacks what is declared is 2. Pending is 0: nothing is wrong yet. */
export function exitCodeOf(report: Report): ExitCode {
  const failed = report.models.flatMap(({ state }) => (state.kind === "failed" ? [state] : []));
  const isUnfit = ({ evidence }: (typeof failed)[number]) => evidence?.trainings.some(({ unfit }) => unfit) ?? false;
  if (failed.length > 0) return failed.every(isUnfit) ? exitCodes.usage : exitCodes.userCommand;
  if (report.models.some(({ state }) => ["lost", "unevaluated", "withheld"].includes(state.kind))) return exitCodes.inconclusive;
  if (report.verdict === "fail") return exitCodes.gateFailed;
  return report.verdict === "inconclusive" || report.verdict === "waiting" ? exitCodes.inconclusive : exitCodes.pass;
}
