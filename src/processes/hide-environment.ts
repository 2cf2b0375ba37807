import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/**
 * On Linux every process of the same user can read in `/proc/<pid>/environ` what a process was started with. Afterwards it reads
 * nothing there of this one; `process.env` has the same values by name, and those whose names are `kept` are left out when it is
 * listed, so that no child process inherits them. Elsewhere nothing is changed.
 * @param kept names of variables that are for this process alone
 * @returns why others can still read it; undefined when they cannot
 */
export function hideEnvironment(kept: RegExp): string | undefined {
  // A thread has a copy of the variables, but the process is not its own.
  if (process.platform !== "linux" || !isMainThread) return undefined;
  const inherited = process.env;
  const entries = Object.entries(inherited);
  const own: NodeJS.ProcessEnv = {};
  for (const [name, value] of entries) {
    const isKept = kept.test(name);
    Object.defineProperty(own, name, { value, enumerable: !isKept, writable: true, configurable: true });
    // A value that is set lies at another place from then on, where native code of this process still finds it.
    if (isKept) delete inherited[name];
    else inherited[name] = value;
  }
  process.env = own;
  try {
    const [start, end] = environmentBounds();
    overwrite(start, end);
    if (readFileSync("/proc/self/environ").some((byte) => byte !== 0)) return "/proc/self/environ reads as before";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

/** Addresses of the block that the process was started with: `env_start` and `env_end`, fields 50 and 51 of proc_pid_stat(5). */
function environmentBounds(): readonly [start: number, end: number] {
  const stat = readFileSync("/proc/self/stat", "utf8");
  // `pid (name) state …`; the name may contain anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [start, end] = [Number(fields[47]), Number(fields[48])];
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 < start && start <= end) return [start, end];
  throw new Error("/proc/self/stat does not say where the environment lies");
}

function overwrite(start: number, end: number): void {
  const zeros = Buffer.alloc(end - start);
  const memory = openSync("/proc/self/mem", "r+");
  try {
    for (let done = 0; done < zeros.length; ) done += writeSync(memory, zeros, done, zeros.length - done, start + done);
  } finally {
    closeSync(memory);
  }
}
