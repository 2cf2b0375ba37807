import { UsageError, UserCommandError } from "../../src/errors/errors.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";

/** Ends the step red when a training failed; its evidence has been kept before. What was handed off has not ended yet. */
export function throwUnfinished(trained: readonly Evidence[]): void {
  for (const { model, trainings } of trained)
    for (const { outcome, message, unfit } of trainings) {
      if (outcome === "completed" || outcome === "handed-off") continue;
      const why = `${model}: ${message ?? `training ended as ${outcome}`}`;
      throw unfit ? new UsageError(why) : new UserCommandError(why);
    }
}
