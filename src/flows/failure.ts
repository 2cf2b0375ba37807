import { AssayError, type ExitCode, exitCodes } from "../errors/errors.ts";
import type { Evidence } from "../evidence/evidence.ts";

/** Why a run has no result, for people; undefined when it has one. */
export function failureOf(evidence: Evidence): string | undefined {
  const unfinished = evidence.trainings.filter(({ outcome }) => outcome !== "completed");
  const training = unfinished.find(({ outcome }) => outcome !== "handed-off") ?? unfinished[0];
  if (training) return training.message ?? `Training ended as ${training.outcome}.`;
  if (evidence.evaluationFailure) return evidence.evaluationFailure.message;
  return evidence.evaluations.find(({ role }) => role === "current")?.candidateMissing;
}

/** Nothing failed, and a later run of the workflow collects what goes on elsewhere. */
export function isHandedOff({ trainings }: Evidence): boolean {
  const unfinished = trainings.filter(({ outcome }) => outcome !== "completed");
  return unfinished.length > 0 && unfinished.every(({ outcome }) => outcome === "handed-off");
}

/** Of several failures the first of these is told. */
const failureCodes: readonly ExitCode[] = [exitCodes.userCommand, exitCodes.github, exitCodes.usage, exitCodes.inconclusive];

/** The exit code of runs that have no result; undefined stands for one without evidence that can be used. */
export function failureCodeOf(failed: readonly (Evidence | undefined)[]): ExitCode {
  const codes = failed.map(codeOf);
  return failureCodes.find((code) => codes.includes(code)) ?? exitCodes.userCommand;
}

function codeOf(evidence: Evidence | undefined): number {
  if (!evidence?.trainings.every(({ outcome }) => outcome === "completed"))
    return evidence?.trainings.some(({ unfit }) => unfit) ? exitCodes.usage : exitCodes.userCommand;
  return evidence.evaluationFailure?.exitCode ?? exitCodes.userCommand;
}

/** A run has no result, and its sealed evidence says why. */
export class RunFailedError extends AssayError {
  override readonly name = "RunFailedError";
  readonly exitCode: ExitCode;
  constructor(evidence: Evidence, failure: string) {
    super(`${evidence.model}: ${failure}`);
    this.exitCode = failureCodeOf([evidence]);
  }
}
