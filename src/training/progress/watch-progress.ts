import { join as pathJoin } from "node:path";
import type { Files } from "../../files/files.ts";
import { describe, join, type Known } from "./describe.ts";
import { createHistory, type History } from "./history.ts";
import { type Reading, readLine, readMetricsFile } from "./read-line.ts";

export interface WatchProgressOptions {
  files: Files;
  /** Where DVCLive's `dvclive/metrics.json` may appear. */
  workingDirectory: string;
  output: (chunk: string) => void;
  progress: (line: string) => void;
  /** Between two lines of progress. */
  everySeconds?: number;
}

export interface ProgressWatch {
  /** Passes the trainer's output on, and reads it. */
  output: (chunk: string) => void;
  stop(): Promise<History | undefined>;
}

const metricsFile = "dvclive/metrics.json";
const maxMetricsBytes = 1_024 ** 2;
const pollMs = 5_000;
const maxRest = 4_000;

/** Follows a training by what its trainer writes anyway: says now and then where it is, and keeps its numbers over time. */
export function watchProgress({
  files,
  workingDirectory,
  output,
  progress,
  everySeconds = 30,
}: WatchProgressOptions): ProgressWatch {
  const history = createHistory();
  const path = pathJoin(workingDirectory, metricsFile);
  let rest = "";
  let known: Known | undefined;
  let first: { at: number; fraction: number } | undefined;
  let saidAt = performance.now();
  // What lies there before the training is an earlier one's.
  let modified = lastModified();
  const timer = setInterval(() => void poll(), pollMs);
  timer.unref();

  return {
    output(chunk) {
      output(chunk);
      const lines = (rest + chunk).split(/\r\n|[\r\n]/);
      rest = (lines.pop() ?? "").slice(-maxRest);
      for (const line of lines) take(readLine(line));
    },
    async stop() {
      clearInterval(timer);
      take(readLine(rest));
      await poll();
      return history.history();
    },
  };

  function poll(): Promise<void> {
    const polled = modified.then(async (before) => {
      const now = await lastModified();
      if (now === undefined || now === before) return before;
      // It may be half written, or too large to be one.
      take(readMetricsFile((await files.readText(path, maxMetricsBytes).catch(() => undefined)) ?? ""));
      return now;
    });
    modified = polled;
    return polled.then(() => {});
  }

  /** A folder that cannot be looked into holds nothing for us. */
  function lastModified(): Promise<bigint | undefined> {
    return files.stat(path).then(
      (stat) => stat?.modifiedNs,
      () => undefined,
    );
  }

  function take(reading: Reading | undefined): void {
    if (!reading) return;
    history.add(reading);
    known = join(known, reading);
    const now = performance.now();
    if (known.fraction !== undefined) first ??= { at: now, fraction: known.fraction };
    if (now - saidAt < everySeconds * 1_000) return;
    saidAt = now;
    progress(describe(known, secondsLeft(now)));
  }

  function secondsLeft(now: number): number | undefined {
    if (known?.fraction === undefined || !first || known.fraction <= first.fraction) return undefined;
    return ((now - first.at) / 1_000 / (known.fraction - first.fraction)) * (1 - known.fraction);
  }
}
