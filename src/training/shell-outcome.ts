import type { Training } from "../evidence/evidence.ts";
import type { ShellResult } from "../processes/processes.ts";
import { describeMinutes } from "../processes/time-limit.ts";

/** A training that did not complete. */
export type TrainingFailure = Pick<Training, "outcome" | "message" | "exitCode" | "signal">;

/**
 * What a command's end means for the training, undefined when it ended well. Messages say what to do and quote nothing that
 * the command wrote.
 * @param what the command as a sentence begins, such as `The training command`
 */
export function describeShellResult(
  result: ShellResult,
  { what, timeoutMinutes }: { what: string; timeoutMinutes: number },
): TrainingFailure | undefined {
  switch (result.outcome) {
    case "exited":
      if (result.exitCode === 0) return undefined;
      return {
        outcome: "failed",
        exitCode: result.exitCode,
        message: `${what} exited with code ${result.exitCode}${hints[result.exitCode] ?? ""}. See its output in the log.`,
      };
    case "signalled":
      return {
        outcome: "failed",
        signal: result.signal,
        message: `${what} was ended by ${result.signal}${result.signal === "SIGKILL" ? ", often because memory ran out" : ""}. See its output in the log.`,
      };
    case "timed-out":
      return timedOut(what, timeoutMinutes);
    case "cancelled":
      return cancelledBy(result.signal);
    case "not-started":
      return { outcome: "failed", message: `${what} could not be started: ${result.message}.` };
  }
}

export function cancelledBy(signal: string): TrainingFailure {
  return {
    outcome: "cancelled",
    signal,
    message: `The job was cancelled (${signal}) before training was done. What was written until then is kept; run the job again to train.`,
  };
}

export function timedOut(what: string, timeoutMinutes: number): TrainingFailure {
  return {
    outcome: "timed-out",
    message: `${what} ran past the limit of ${describeMinutes(timeoutMinutes)} for this training and was stopped. Raise train.timeout, or train less. What was written until then is kept.`,
  };
}

/** What shells mean by their own exit codes. */
const hints: Readonly<Record<number, string>> = {
  126: " (a program in it may not be executed)",
  127: " (a program in it was not found; install it in train.setup)",
  137: " (killed, often because memory ran out)",
};
