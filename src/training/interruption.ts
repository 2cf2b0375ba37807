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
