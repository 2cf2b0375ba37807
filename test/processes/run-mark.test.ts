import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { endLeftovers, runMark, runMarkName } from "../../src/processes/run-mark.ts";

const { endLeftover, shell } = createNodeProcesses();
/** What nobody has waited for is over all the same. */
const isRunning = (pid: number) => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

/** The mark of a process. */
const marked = (id: number) => {
  try {
    return new RegExp(`${runMarkName}=([^\\0]*)`).exec(readFileSync(`/proc/${id}/environ`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
};

function runningWith(mark: string): number[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((id) => isRunning(id) && marked(id) === mark);
}

/** A sleeping process with that mark. */
async function sleeper(mark: string | undefined): Promise<number> {
  const env = { PATH: process.env["PATH"], ...(mark === undefined ? {} : { [runMarkName]: mark }) };
  const child = spawn("sleep", ["600"], { env, stdio: "ignore" });
  await once(child, "spawn");
  onTestFinished(() => void child.kill("SIGKILL"));
  return child.pid ?? 0;
}

/** An Assay of its own starts a command and is killed; what the command left runs on. */
async function abandoned(command: string): Promise<number> {
  const starter = spawn(process.execPath, [join(import.meta.dirname, "start-and-wait.ts"), command], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = await once(starter.stdout, "data");
  const pid = Number(String(chunk).trim());
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(pid, "SIGKILL");
  });
  starter.kill("SIGKILL");
  await once(starter, "exit");
  return pid;
}

describe.runIf(process.platform === "linux")("what a run left behind", () => {
  it("is ended once its Assay is gone", async () => {
    const pid = await abandoned("exec sleep 600");
    expect(isRunning(pid)).toBe(true);
    expect(await endLeftover(pid)).toBe(true);
    expect(isRunning(pid)).toBe(false);
    expect(await endLeftover(pid)).toBe(false);
  });

  it("is ended although it does not hear SIGTERM", async () => {
    const pid = await abandoned("trap : TERM; while true; do sleep 1; done");
    expect(await endLeftover(pid)).toBe(true);
  });

  it("is ended with all that it started, and nothing of another Assay's", async () => {
    const pid = await abandoned("(trap : TERM; setsid sleep 600; sleep 600) & (sleep 600; sleep 600) & sleep 600; sleep 600");
    const other = await abandoned("exec sleep 600");
    const mark = marked(pid) ?? "";
    expect(await endLeftovers(mark)).toBeGreaterThan(2);
    expect(runningWith(mark)).toEqual([]);
    expect(isRunning(other)).toBe(true);
    expect(await endLeftovers(mark)).toBe(0);
    expect(await endLeftovers(runMark() ?? "")).toBe(0);
  });

  it("is left after a while when each process starts another before it ends", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-leftover-"));
    writeFileSync(join(folder, "again.sh"), `trap '' TERM; sleep 0.3; setsid bash "$0" & exit`);
    const mark = marked(await abandoned(`exec bash ${join(folder, "again.sh")}`)) ?? "";
    onTestFinished(() => {
      for (let left = runningWith(mark); left.length > 0; left = runningWith(mark))
        for (const pid of left) process.kill(pid, "SIGKILL");
      rmSync(folder, { recursive: true });
    });
    expect(await endLeftovers(mark, { withinSeconds: 0.5 })).toBeGreaterThan(0);
  });

  it("is left alone while its Assay is there", async () => {
    let pid = 0;
    const stop = new AbortController();
    const running = shell("echo $$; exec sleep 600", {
      ...{ cwd: "/", env: { PATH: process.env["PATH"] ?? "" }, timeoutMinutes: 1, signal: stop.signal },
      output: (chunk) => {
        pid = Number(chunk.trim());
      },
    });
    await expect.poll(() => pid).toBeGreaterThan(0);
    expect(await endLeftover(pid)).toBe(false);
    expect(isRunning(pid)).toBe(true);
    stop.abort();
    await running;
  });

  it("is another's when it has no mark, an unreadable one, or one of another namespace of process ids", async () => {
    const [namespace = "", pid, start] = (runMark() ?? "").split("-");
    const gone = `${namespace}-${pid}-${Number(start) + 1}`;
    for (const mark of [undefined, "", "mine", `${namespace}-x-y`, gone.replace(namespace, "1")]) {
      const other = await sleeper(mark);
      expect(await endLeftover(other), String(mark)).toBe(false);
      expect(isRunning(other)).toBe(true);
    }
    // The same number of a process that started at another time is another process.
    const leftover = await sleeper(gone);
    expect(await endLeftover(leftover)).toBe(true);
    expect(await endLeftover(1)).toBe(false);
  });
});
