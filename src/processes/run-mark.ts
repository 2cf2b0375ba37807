import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** Variable in the environment of every command that Assay starts, and of what those start. */
export const runMarkName = "ASSAY_RUN_MARK";

const graceMs = 5_000;
const pollMs = 50;
let ownMark: string | undefined;
let commands = 0;

/**
 * Names this process for as long as the machine runs: `<namespace of process ids>-<id>-<start>`. Linux only; elsewhere, and where
 * `/proc` is hidden, undefined.
 */
export function runMark(): string | undefined {
  ownMark ??= markOf(process.pid);
  return ownMark;
}

/** For one command of this process and all that it starts: the run's mark with a number. */
export function commandMark(): string | undefined {
  const mark = runMark();
  commands += 1;
  return mark && `${mark}-${commands}`;
}

function runOf(mark: string): string {
  return mark.split("-").slice(0, 3).join("-");
}

/** What a command started and gave a process group of its own, where signals to the command's do not reach. */
export function strays(mark: string | undefined, group: number): number[] {
  if (mark === undefined) return [];
  return allProcesses().filter((pid) => markIn(pid) === mark && stat(pid)?.group !== String(group) && isRunning(pid));
}

/**
 * Ends a process that an Assay left behind which is no longer there: its environment has that one's mark. Any other is left
 * alone, and so is one that cannot be told, such as another user's, or of another container.
 * @returns whether it was a leftover and is gone
 */
export async function endLeftover(pid: number): Promise<boolean> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    // Looked at again before each signal: the id may be another process's by then.
    if (!isLeftover(pid)) return signal === "SIGKILL";
    try {
      process.kill(pid, signal);
    } catch {
      return false;
    }
    const deadline = performance.now() + graceMs;
    while (isLeftover(pid) && performance.now() < deadline) await wait(pollMs);
  }
  return !isLeftover(pid);
}

/**
 * Ends every process with the mark, of whichever command, as `endLeftover` does. Processes that the others start meanwhile are
 * looked for again, for a while: some start others for ever.
 */
export async function endLeftovers(mark: string, { withinSeconds = 30 } = {}): Promise<number> {
  const deadline = performance.now() + withinSeconds * 1000;
  let ended = 0;
  for (;;) {
    const left = allProcesses().filter((pid) => runOf(markIn(pid) ?? "") === runOf(mark) && isLeftover(pid));
    const gone = (await Promise.all(left.map(endLeftover))).filter(Boolean).length;
    ended += gone;
    if (gone === 0 || performance.now() > deadline) return ended;
  }
}

function allProcesses(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function isLeftover(pid: number): boolean {
  const mark = markIn(pid);
  const [, starter = ""] = /^\d+-(\d+)-\d+(?:-\d+)?$/.exec(mark ?? "") ?? [];
  const own = runMark();
  if (mark === undefined || own === undefined || starter === "") return false;
  // Ids of another namespace name other processes here.
  if (mark.split("-")[0] !== own.split("-")[0]) return false;
  return markOf(Number(starter)) !== runOf(mark) && owner(pid) === process.geteuid?.() && isRunning(pid);
}

/** The mark that a process has from the one that started it. */
function markIn(pid: number): string | undefined {
  const line = read(`/proc/${pid}/environ`)
    ?.split("\0")
    .find((entry) => entry.startsWith(`${runMarkName}=`));
  return line?.slice(runMarkName.length + 1);
}

/** The mark that a process gives to those it starts; undefined when it is not there, or over and not yet waited for. */
function markOf(pid: number): string | undefined {
  const found = stat(pid);
  if (!found || !isRunning(pid)) return undefined;
  try {
    const [, namespace] = /\[(\d+)\]/.exec(readlinkSync("/proc/self/ns/pid")) ?? [];
    return namespace && `${namespace}-${pid}-${found.start}`;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  const state = stat(pid)?.state;
  return state !== undefined && state !== "Z" && state !== "X";
}

/** `pid (name) state ppid pgrp …`, the start in clock ticks since the machine's as the 22nd; the name may contain anything. */
function stat(pid: number): { state: string; group: string; start: string } | undefined {
  const text = read(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, , group] = fields ?? [];
  const start = fields?.[19];
  return state === undefined || group === undefined || start === undefined ? undefined : { state, group, start };
}

/** Of the process as it runs now. */
function owner(pid: number): number | undefined {
  const [, effective] = /^Uid:\s+\d+\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? "") ?? [];
  return effective === undefined ? undefined : Number(effective);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
