import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../../bot/queue/folder-lock.ts";

describe("the lock of a store's folder", () => {
  let folder: string;
  const processes: ChildProcessByStdio<Writable, Readable, null>[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-lock-"));
  });
  afterEach(() => {
    for (const child of processes.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(user: { uid?: number } = {}) {
    const child = spawn(process.execPath, [join(import.meta.dirname, "lock-at.ts"), folder], {
      ...user,
      stdio: ["pipe", "pipe", "inherit"],
    });
    processes.push(child);
    await once(child.stdout, "data");
    return child;
  }

  it("is one process's of many that want it at the same moment, also when the one before was killed", async () => {
    for (let round = 0; round < 3; round += 1) {
      const all = await Promise.all(Array.from({ length: 8 }, () => start()));
      const answers = all.map(async (child) => String((await once(child.stdout, "data"))[0]));
      const at = Date.now() + 200;
      for (const child of all) child.stdin.write(String(at));
      const said = await Promise.all(answers);
      expect(said.filter((answer) => answer === "has it\n")).toHaveLength(1);
      expect(said.filter((answer) => answer.includes("in use by another process"))).toHaveLength(7);
      await Promise.all(all.map((child) => [once(child, "exit"), child.kill("SIGKILL")][0]));
    }
  });

  it("is had once within a process too, and again after it was let go, in a folder with a long path", () => {
    const deep = mkdtempSync(join(folder, "a".repeat(200)));
    const release = lockFolder(deep);
    expect(() => lockFolder(deep)).toThrow("in use by another process");
    release();
    lockFolder(deep)();
  });

  it("is not had through a file that can only be read, which would keep nobody out", async () => {
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "in-use.lock"), "");
    chmodSync(join(folder, "in-use.lock"), 0o444);
    // Root may write to everything.
    const child = await start(process.getuid?.() === 0 ? { uid: 65_534 } : {});
    child.stdin.write(String(Date.now() + 100));
    expect(String((await once(child.stdout, "data"))[0])).toMatch(/cannot be locked: EACCES: permission denied\. .*remove it/);
  });

  it("says what to remove where its file is another's", () => {
    writeFileSync(join(folder, "in-use.lock"), "4711\n");
    expect(() => lockFolder(folder)).toThrow(/cannot be locked: .*in-use\.lock has to be an empty file .*remove it/);
    rmSync(join(folder, "in-use.lock"));
    mkdirSync(join(folder, "in-use.lock"));
    expect(() => lockFolder(folder)).toThrow(/cannot be locked: .*in-use\.lock has to be an empty file .*remove it/);
  });
});
