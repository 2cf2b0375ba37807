import type { Files } from "../../files/files.ts";
import { describe, join, type Known } from "./describe.ts";
import { watchDvcLive } from "./dvclive.ts";
import { createHistory, type History } from "./history.ts";
import { readLine } from "./read-line.ts";
import { watchEventFiles } from "./tensorboard/watch-event-files.ts";

export interface WatchProgressOptions {
  files: Files;
  /** Absolute folders in which the training may write numbers; the first is its working directory. */
  folders: readonly [workingDirectory: string, ...others: string[]];
  output: (chunk: string) => void;
  progress: (line: string) => void;
  /** Between two lines of progress. */
  everySeconds?: number;
  /** Between two looks at files. */
  pollSeconds?: number;
}

export interface ProgressWatch {
  /** Passes the trainer's output on, and reads it. */
  output: (chunk: string) => void;
  /** Reads files to their end; to be called while what the training wrote is still there. */
  readFiles(): Promise<void>;
  stop(): Promise<History | undefined>;
}

const maxRest = 4_000;

/** Follows a training by what its trainer writes anyway: says now and then where it is, and keeps its numbers over time. */
export async function watchProgress(options: WatchProgressOptions): Promise<ProgressWatch> {
  const { files, folders, output, progress, everySeconds = 30, pollSeconds = 5 } = options;
  const printedHistory = createHistory();
  const [workingDirectory] = folders;
  const sources = [await watchEventFiles({ files, folders, note: progress }), await watchDvcLive(files, workingDirectory)];
  let rest = "";
  let printed: Known | undefined;
  let filed: Known | undefined;
  let first: { at: number; fraction: number } | undefined;
  let saidAt = performance.now();
  let polling = Promise.resolve();
  let isPolling = false;
  const timer = setInterval(() => {
    // A slow disk gets no queue.
    if (!isPolling) void poll(false);
  }, pollSeconds * 1_000);
  timer.unref();

  return {
    output(chunk) {
      output(chunk);
      const lines = (rest + chunk).split(/\r\n|[\r\n]/);
      rest = (lines.pop() ?? "").slice(-maxRest);
      for (const line of lines) takeLine(line);
    },
    readFiles: () => poll(true),
    async stop() {
      clearInterval(timer);
      takeLine(rest);
      await poll(true);
      // What was written for machines is more exact, and more complete, than what was printed.
      for (const source of sources) {
        const history = source.history();
        if (history) return history;
      }
      return printedHistory.history();
    },
  };

  function poll(last: boolean): Promise<void> {
    polling = polling.then(async () => {
      isPolling = true;
      for (const source of sources) {
        const reading = await source.poll({ last });
        if (!reading) continue;
        filed = join(filed, reading);
        say();
      }
      isPolling = false;
    });
    return polling;
  }

  function takeLine(line: string): void {
    const reading = readLine(line);
    if (!reading) return;
    printedHistory.add(reading);
    printed = join(printed, reading);
    if (printed.fraction !== undefined) first ??= { at: performance.now(), fraction: printed.fraction };
    say();
  }

  function say(): void {
    const now = performance.now();
    // Bars count within an epoch and know its length, files count steps of the whole: they are not mixed.
    const place = printed ?? filed;
    if (!place || now - saidAt < everySeconds * 1_000) return;
    saidAt = now;
    progress(describe({ ...place, measures: { ...filed?.measures, ...printed?.measures } }, secondsLeft(now)));
  }

  function secondsLeft(now: number): number | undefined {
    if (printed?.fraction === undefined || !first || printed.fraction <= first.fraction) return undefined;
    return ((now - first.at) / 1_000 / (printed.fraction - first.fraction)) * (1 - printed.fraction);
  }
}
