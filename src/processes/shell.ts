import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as wait } from "node:timers/promises";
import { isFolder } from "./capture.ts";
import { isGroupAlive, signalGroup } from "./process-group.ts";
import type { ShellOptions, ShellResult } from "./processes.ts";
import { commandMark, runMarkName, strays } from "./run-mark.ts";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** GitHub kills a cancelled step 10 s after SIGINT; what is left after this is for writing the record. */
const defaultGraceSeconds = 7.5;
/** How long output may still come after the command has ended: something that it left running may hold the pipe for ever. */
const drainMs = 500;
const pollMs = 20;
/** The longest time that a Node timer can wait. */
const maxTimerMs = 2 ** 31 - 1;

/** Runs a command line in a shell, in its own process group. Never throws for what the command does. */
export async function shell(command: string, options: ShellOptions): Promise<ShellResult> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const cancelled = () => ({ outcome: "cancelled", signal: signalOf(options.signal), seconds: seconds() }) as const;

  if (options.signal.aborted) return cancelled();
  if (!isFolder(options.cwd)) return { outcome: "not-started", message: `${options.cwd} is not a folder`, seconds: seconds() };
  const child = await start(command, options);
  if ("message" in child) return { outcome: "not-started", message: child.message, seconds: seconds() };

  const { ended } = child;
  const kill = () => signalAll(child, "SIGKILL");
  process.once("exit", kill);
  try {
    const first = await Promise.race([ended, interruption(options, ended)]);
    if (first.kind === "ended") {
      await Promise.race([child.drained, pause(drainMs)]);
      if (first.exitCode !== null) return { outcome: "exited", exitCode: first.exitCode, seconds: seconds() };
      return { outcome: "signalled", signal: first.signal ?? "unknown", seconds: seconds() };
    }
    await stop(
      child,
      first.kind === "cancelled" ? signalOf(options.signal) : "SIGTERM",
      options.graceSeconds ?? defaultGraceSeconds,
    );
    return first.kind === "cancelled" ? cancelled() : { outcome: "timed-out", seconds: seconds() };
  } finally {
    process.off("exit", kill);
    child.release();
  }
}

interface Running {
  pid: number;
  mark: string | undefined;
  ended: Promise<{ kind: "ended"; exitCode: number | null; signal: string | null }>;
  /** All output has come. */
  drained: Promise<void>;
  /** Stops listening to what the command left running. */
  release(): void;
}

async function start(command: string, options: ShellOptions): Promise<Running | { message: string }> {
  const shells = process.platform === "win32" ? [undefined] : ["bash", "sh"];
  let failure = "no shell was found";
  const mark = commandMark();
  for (const shellName of shells) {
    const child = spawnShell(shellName, command, options, mark);
    if (child instanceof Error) return { message: child.message };
    const exited = once(child, "exit");
    const closed = once(child, "close");
    // Both also reject with the "error" event, which is awaited here through "spawn".
    exited.catch(() => {});
    closed.catch(() => {});
    try {
      await once(child, "spawn");
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      continue;
    }
    const flush = forward(child, options.output);
    return {
      pid: child.pid ?? 0,
      mark,
      ended: exited.then(([exitCode, signal]) => ({ kind: "ended", exitCode, signal })),
      drained: closed.then(() => {}),
      release() {
        flush();
        child.stdout.destroy();
        child.stderr.destroy();
        child.unref();
      },
    };
  }
  return { message: failure };
}

function spawnShell(
  name: string | undefined,
  command: string,
  { cwd, env }: ShellOptions,
  mark: string | undefined,
): Child | Error {
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  const marked = { ...env, ...(mark === undefined ? {} : { [runMarkName]: mark }) };
  try {
    if (name === undefined) return spawn(command, { cwd, env: marked, stdio, windowsHide: true, shell: true });
    // A group of its own, so that a signal reaches what the shell started.
    return spawn(name, ["-c", command], { cwd, env: marked, stdio, detached: true });
  } catch (error) {
    // Text that no operating system takes, such as a NUL character.
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Passes output on as text; a character split over two chunks waits for its rest. */
function forward(child: Child, output: (chunk: string) => void): () => void {
  const flushes = [child.stdout, child.stderr].map((stream) => {
    const decoder = new StringDecoder("utf8");
    const emit = (text: string) => {
      if (text) output(text);
    };
    const onData = (chunk: Buffer) => emit(decoder.write(chunk));
    stream.on("data", onData);
    return () => {
      stream.off("data", onData);
      emit(decoder.end());
    };
  });
  return () => {
    for (const flush of flushes) flush();
  };
}

/** Resolves when the job is cancelled or the time is over; never after the command has ended. */
function interruption(options: ShellOptions, ended: Promise<unknown>): Promise<{ kind: "cancelled" | "timed-out" }> {
  return new Promise((resolve) => {
    const onAbort = () => resolve({ kind: "cancelled" });
    options.signal.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => resolve({ kind: "timed-out" }), Math.min(options.timeoutMinutes * 60_000, maxTimerMs));
    ended.finally(() => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", onAbort);
    });
  });
}

/** Also of what has left the group: a trainer that is told to stop leaves nothing running. */
function signalAll({ pid, mark }: Running, signal: NodeJS.Signals): void {
  signalGroup(pid, signal);
  for (const stray of strays(mark, pid))
    try {
      process.kill(stray, signal);
    } catch {
      // It is over, or another user's.
    }
}

/** Asks all that the command started to stop, gives it time to save its work, then kills what is left. */
async function stop(child: Running, signal: NodeJS.Signals, graceSeconds: number): Promise<void> {
  signalAll(child, signal);
  const deadline = performance.now() + graceSeconds * 1000;
  await Promise.race([child.ended, pause(graceSeconds * 1000)]);
  const isAlive = () => isGroupAlive(child.pid) || strays(child.mark, child.pid).length > 0;
  while (performance.now() < deadline && isAlive()) await wait(pollMs);
  signalAll(child, "SIGKILL");
  await Promise.race([Promise.all([child.ended, child.drained]), pause(drainMs)]);
}

/** A limit on something that keeps the process alive itself; once that is there, the rest of the pause does not. */
function pause(milliseconds: number): Promise<void> {
  return wait(Math.min(milliseconds, maxTimerMs), undefined, { ref: false });
}

/** The signal that the job was cancelled with; `abort()` without one of the two means SIGTERM. */
function signalOf(signal: AbortSignal): "SIGINT" | "SIGTERM" {
  return signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM";
}
