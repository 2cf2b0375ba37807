import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { constants } from "node:os";
import { UsageError } from "../errors/errors.ts";
import { type Captured, type CaptureOptions, NoAnswerError } from "./processes.ts";

const mebibyte = 1024 * 1024;
/** Error output is for a message: its end says what went wrong. */
export const maxStderrBytes = mebibyte;

/**
 * Runs a program without a shell and collects what it writes.
 * @throws UsageError when the program or the folder is not there, or the output passes `maxBytes`
 */
export function capture(file: string, args: readonly string[], options: CaptureOptions = {}): Promise<Captured> {
  const { cwd, env, input, maxBytes = 64 * mebibyte, timeoutSeconds, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const stdout: Buffer[] = [];
    let stdoutBytes = 0;
    const stderr = keepEnd(maxStderrBytes);
    const late = `did not end within ${timeoutSeconds} seconds`;
    const timer = timeoutSeconds === undefined ? undefined : setTimeout(giveUp, timeoutSeconds * 1_000, late);
    const onAbort = () => giveUp("was no longer wanted");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) setImmediate(onAbort);
    const settled = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };

    child.stdout.on("data", (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes <= maxBytes) {
        stdout.push(chunk);
        return;
      }
      child.kill("SIGKILL");
      reject(
        new UsageError(
          `${[file, ...args.slice(0, 1)].join(" ")} wrote more than ${maxBytes} bytes, which is the limit here. Ask it for less.`,
        ),
      );
    });
    child.stderr.on("data", stderr.add);
    // A program that does not read its input closes the pipe; its exit code says whether that was a failure.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");

    child.on("error", (error) => {
      settled();
      reject(notStarted(file, cwd, error));
    });
    child.on("close", (code, signal) => {
      settled();
      const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: stderr.text() });
    });

    /** A program that waits for a driver does not even die; nobody waits for it then. */
    function giveUp(why: string): void {
      settled();
      child.kill("SIGKILL");
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      reject(new NoAnswerError(`\`${[file, ...args].join(" ")}\` ${why}.`));
    }
  });
}

export function notStarted(file: string, cwd: string | undefined, error: NodeJS.ErrnoException): UsageError {
  if (cwd !== undefined && !isFolder(cwd)) return new UsageError(`${file} was to run in ${cwd}, which is not a folder.`);
  if (error.code === "ENOENT")
    return new UsageError(`The program \`${file}\` was not found. Install it, or add its folder to PATH.`, { cause: error });
  return new UsageError(`The program \`${file}\` could not be started: ${error.message}.`, { cause: error });
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Keeps about the last `maxBytes` of a stream. */
export function keepEnd(maxBytes: number) {
  let chunks: Buffer[] = [];
  let bytes = 0;
  const end = () => Buffer.concat(chunks).subarray(-maxBytes);
  return {
    add(chunk: Buffer) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= 2 * maxBytes) return;
      chunks = [end()];
      bytes = maxBytes;
    },
    text: () => end().toString("utf8"),
  };
}
