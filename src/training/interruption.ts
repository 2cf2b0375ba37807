import type { Training } from "../evidence/evidence.ts";
import type { TrainingRequest } from "./trainer.ts";

/** What ends a training that runs in this process before its time. */
export type Interruption = { outcome: "cancelled"; signal: string } | { outcome: "timed-out" };

/** Says whether the job was cancelled or the training's time is over, counted from now. */
export function watchForInterruption({ signal, timeoutMinutes }: TrainingRequest): () => Interruption | undefined {
  const deadline = performance.now() + timeoutMinutes * 60_000;
  return () => {
    if (signal.aborted) return { outcome: "cancelled", signal: signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM" };
    return performance.now() > deadline ? { outcome: "timed-out" } : undefined;
  };
}

/** A shell that ends with 128 and this more says that the signal ended what it ran; a program's own -1 is 255. */
const maxSignal = 64;

/** Ended from outside, so that it goes on from its checkpoint. What failed by itself would fail again from where it stood. */
export function isInterrupted({ outcome, signal, exitCode = 0 }: Training): boolean {
  if (outcome === "cancelled" || outcome === "timed-out") return true;
  return outcome === "failed" && (signal !== undefined || (exitCode > 128 && exitCode <= 128 + maxSignal));
}
