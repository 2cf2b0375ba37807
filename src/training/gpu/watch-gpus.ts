import { AssayError } from "../../errors/errors.ts";
import type { GpuUse } from "../../evidence/evidence.ts";
import type { Processes } from "../../processes/processes.ts";
import { createGpuRecord } from "./gpu-use.ts";
import { gpuQuery, parseGpus } from "./nvidia-smi.ts";
import { isVisible } from "./preflight.ts";

export interface WatchGpusOptions {
  program?: string;
  /** Of the program. */
  env: Readonly<Record<string, string>>;
  /** `CUDA_VISIBLE_DEVICES` of the training. */
  visible: string | undefined;
  everySeconds?: number;
}

export interface GpuWatch {
  /** Waits for nothing. Undefined when no GPU answered. */
  stop(training: { declared: number | undefined; seconds: number }): GpuUse | undefined;
}

const secondsToAnswer = 4;
/** A driver that does not answer now will hardly later, and what asks it may never end. */
const maxSilences = 3;

/** Reads the GPUs again and again until it is stopped. A machine without them costs one attempt; a hung driver three. */
export function watchGpus({ capture }: Pick<Processes, "capture">, options: WatchGpusOptions): GpuWatch {
  const { program = "nvidia-smi", env, visible, everySeconds = 5 } = options;
  const record = createGpuRecord();
  const started = performance.now();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let silences = 0;
  void poll();
  return {
    stop(training) {
      stopping.abort();
      clearTimeout(timer);
      return record.use(training);
    },
  };

  async function poll(): Promise<void> {
    const asked = performance.now();
    try {
      const { exitCode, stdout } = await capture(program, gpuQuery(), {
        ...{ env, timeoutSeconds: secondsToAnswer, signal: stopping.signal },
      });
      const gpus = exitCode === 0 ? parseGpus(stdout.toString("utf8")) : [];
      if (gpus.length === 0) return;
      if (!stopping.signal.aborted)
        record.add(
          (asked - started) / 1_000,
          gpus.filter((gpu) => isVisible(gpu, visible)),
        );
      silences = 0;
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      silences += 1;
      const isThere = !(error.cause instanceof Error);
      if (!isThere || silences === maxSilences) return;
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => void poll(), Math.max(0, asked + everySeconds * 1_000 - performance.now()));
    // A training that is over does not wait for the next reading.
    timer.unref();
  }
}
