import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { MissingDataError } from "../errors/errors.ts";
import { keepEnd, maxStderrBytes, notStarted } from "./capture.ts";
import type { CaptureOptions, Conversation } from "./processes.ts";

const newline = 10;

/** Starts a program without a shell that is asked many things, one answer after another. It ends when this process does. */
export function converse(
  file: string,
  args: readonly string[],
  { cwd, env }: Pick<CaptureOptions, "cwd" | "env"> = {},
): Conversation {
  const child = spawn(file, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  const stderr = keepEnd(maxStderrBytes);
  let chunks: Buffer[] = [];
  let ended: Error | undefined;
  let wake = () => {};

  child.stdout.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    wake();
  });
  child.stderr.on("data", stderr.add);
  // What cannot be written is not answered: the end says why.
  child.stdin.on("error", () => {});
  const onEnd = (error: Error) => {
    ended ??= error;
    wake();
  };
  child.on("error", (error) => onEnd(notStarted(file, cwd, error)));
  child.on("close", () =>
    onEnd(new MissingDataError(`\`${file}\` ended before it had answered: ${stderr.text().trim() || "no message"}`)),
  );
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) keepAlive(stream, false);

  /** Node waits for this process's next piece of output, and else not for it. */
  async function more(): Promise<void> {
    if (ended) throw ended;
    keepAlive(child.stdout, true);
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    keepAlive(child.stdout, false);
  }

  async function bytes(count: number): Promise<Buffer> {
    let available = chunks.reduce((sum, { length }) => sum + length, 0);
    for (let seen = chunks.length; available < count; seen += 1) {
      while (seen === chunks.length) await more();
      available += chunks[seen]?.length ?? 0;
    }
    const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = all.length > count ? [all.subarray(count)] : [];
    return all.subarray(0, count);
  }

  async function line(): Promise<string> {
    let before = 0;
    for (let index = 0; ; index += 1) {
      while (index === chunks.length) await more();
      const end = chunks[index]?.indexOf(newline) ?? -1;
      if (end >= 0) return (await bytes(before + end + 1)).toString("utf8", 0, before + end);
      before += chunks[index]?.length ?? 0;
    }
  }

  return {
    send: (text) => void child.stdin.write(text),
    line,
    bytes,
    hasEnded: () => ended !== undefined,
    end: () => void child.stdin.end(),
  };
}

/** Pipes of child processes are sockets, which their types do not say. */
function keepAlive(pipe: Readable | Writable, wanted: boolean): void {
  if (!(pipe instanceof Socket)) return;
  if (wanted) pipe.ref();
  else pipe.unref();
}
