import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import type { ShellOptions } from "../../src/processes/processes.ts";

const { capture, shell } = createNodeProcesses();
const path = process.env.PATH ?? "";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-shell-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command and collects its output; `onOutput` sees each chunk as it comes. */
async function run(command: string, options: Partial<ShellOptions> = {}, onOutput: (all: string) => void = () => {}) {
  let text = "";
  const result = await shell(command, {
    cwd: folder,
    env: { PATH: path },
    timeoutMinutes: 1,
    signal: new AbortController().signal,
    output(chunk) {
      text += chunk;
      onOutput(text);
    },
    ...options,
  });
  return { result, text };
}

/** A dead process that nobody has waited for yet does not count. */
async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await capture("ps", ["-o", "stat=", "-p", String(pid)]);
  return /^[^Z\s]/.test(stdout.toString());
}

/** Aborts as soon as the command has said `ready`. */
async function cancelWhenReady(command: string, reason: unknown, graceSeconds?: number) {
  const controller = new AbortController();
  return run(command, { signal: controller.signal, graceSeconds }, (text) => {
    if (text.includes("ready")) controller.abort(reason);
  });
}

describe("a command in a shell", () => {
  it("reports its exit code and output of both streams", async () => {
    const { result, text } = await run("echo out; echo err >&2; exit 7");
    expect(result).toMatchObject({ outcome: "exited", exitCode: 7 });
    expect(text.split("\n").sort()).toEqual(["", "err", "out"]);
  });

  it("has the given environment and nothing else", async () => {
    process.env.ASSAY_TEST_TOKEN = "secret";
    const { text } = await run("echo [$ASSAY_TEST_TOKEN] [$MINE]", { env: { PATH: path, MINE: "given" } });
    delete process.env.ASSAY_TEST_TOKEN;
    expect(text).toBe("[] [given]\n");
  });

  it("puts characters together that were split over two chunks", async () => {
    const { text } = await run(
      String.raw`printf '\xe2\x82'; sleep 0.2; printf '\xac and \xf0\x9f'; sleep 0.2; printf '\x90\xa7'`,
    );
    expect(text).toBe("€ and 🐧");
  });

  it("keeps the beginning of a character that never ended visible", async () => {
    expect((await run(String.raw`printf 'a\xe2\x82'`)).text).toBe("a\ufffd");
  });

  it("says by which signal it ended", async () => {
    expect((await run("kill -KILL $$")).result).toMatchObject({ outcome: "signalled", signal: "SIGKILL" });
  });

  it("does not wait for a grandchild that holds its output open", async () => {
    const { result, text } = await run("sleep 60 & echo $!; exit 0");
    process.kill(Number(text), "SIGKILL");
    expect(result).toMatchObject({ outcome: "exited", exitCode: 0 });
    expect(result.seconds).toBeLessThan(30);
  });

  it("brings all of a long output", async () => {
    expect((await run("head -c 3000000 /dev/zero | tr '\\0' x")).text.length).toBe(3_000_000);
  });

  it.each([
    ["a folder that is not there", "true", { cwd: "/nonexistent" }, /\/nonexistent is not a folder/],
    ["a text that no system takes", "echo \0", {}, /null bytes/],
    ["no shell on the path", "true", { env: { PATH: "/nonexistent" } }, /ENOENT/],
  ])("is not started with %s, and says so", async (_, command, options, message) => {
    const { result } = await run(command, options);
    expect(result).toMatchObject({ outcome: "not-started", message: expect.stringMatching(message) });
  });
});

describe("the time limit", () => {
  it("ends a command and what it started", async () => {
    const { result, text } = await run("sleep 60 & echo $!; wait", { timeoutMinutes: 2 / 60 });
    expect(result.outcome).toBe("timed-out");
    expect(await isRunning(Number(text))).toBe(false);
  });

  it("kills a command that ignores SIGTERM after its grace", async () => {
    const { result } = await run("trap '' TERM; while true; do sleep 0.05; done", {
      timeoutMinutes: 0.3 / 60,
      graceSeconds: 0.3,
    });
    expect(result.outcome).toBe("timed-out");
  });
});

describe("a cancelled job", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("passes %s on, and the command saves its work", async (signal) => {
    const program = `process.on("${signal}", () => { require("fs").writeFileSync("${signal}.txt", "kept"); process.exit(3) });
      console.log("ready"); setInterval(() => {}, 1000)`;
    const { result } = await cancelWhenReady(`'${process.execPath}' -e '${program}'`, signal);
    expect(result).toMatchObject({ outcome: "cancelled", signal });
    expect(await readFile(join(folder, `${signal}.txt`), "utf8")).toBe("kept");
  });

  it("waits for a grandchild that still saves while its shell is dead already", async () => {
    const child = `trap "sleep 0.5; echo kept > late.txt; exit" TERM; echo ready; while true; do sleep 0.05; done`;
    await cancelWhenReady(`bash -c '${child}' >&1 & wait`, "SIGTERM");
    expect(await readFile(join(folder, "late.txt"), "utf8")).toBe("kept\n");
  });

  it("kills what ignores the signal", async () => {
    const { result, text } = await cancelWhenReady(
      "trap '' INT TERM; echo $$; echo ready; while true; do sleep 0.05; done",
      "SIGINT",
      0.3,
    );
    expect(result).toMatchObject({ outcome: "cancelled", signal: "SIGINT" });
    expect(await isRunning(Number(text.split("\n")[0]))).toBe(false);
  });

  it("takes an abort without a signal's name for SIGTERM", async () => {
    const { result } = await cancelWhenReady("echo ready; sleep 60", undefined);
    expect(result).toMatchObject({ outcome: "cancelled", signal: "SIGTERM" });
  });

  it("starts nothing when it was cancelled before", async () => {
    const { result, text } = await run("echo started", { signal: AbortSignal.abort("SIGINT") });
    expect(result).toMatchObject({ outcome: "cancelled", signal: "SIGINT" });
    expect(text).toBe("");
  });
});

describe.runIf(process.platform === "linux")("what a command put into a session of its own", () => {
  const detached = `setsid sh -c 'trap "echo kept > detached.txt; exit" TERM; echo $$; echo ready; while true; do sleep 0.05; done' & wait`;

  it("is told to stop with it at the time limit, and saves its work", async () => {
    const { result, text } = await run(detached, { timeoutMinutes: 2 / 60 });
    expect(result.outcome).toBe("timed-out");
    expect(await isRunning(Number(text.split("\n")[0]))).toBe(false);
    expect(await readFile(join(folder, "detached.txt"), "utf8")).toBe("kept\n");
  });

  it("is ended with a cancelled job, and nothing of another command", async () => {
    let other = "";
    const stop = new AbortController();
    const running = run("setsid sh -c 'echo $$; exec sleep 60' & wait", { signal: stop.signal }, (text) => {
      other = text;
    });
    await expect.poll(() => other).not.toBe("");
    const { text } = await cancelWhenReady(detached.replace("trap", "trap : INT; trap"), "SIGINT", 0.3);
    expect(await isRunning(Number(text.split("\n")[0]))).toBe(false);
    expect(await isRunning(Number(other))).toBe(true);
    stop.abort();
    await running;
    expect(await isRunning(Number(other))).toBe(false);
  });
});
