import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";

const main = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

/** The `assay` command as a person runs it. Whatever it is asked, it shows no stack trace. */
export function assay(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd, encoding: "utf8", env: environment });
  expect(stdout + stderr).not.toMatch(/^ +at .+:\d+:\d+\)?$/m);
  expect(stdout + stderr).not.toContain("This is a bug");
  return { status, stdout, stderr };
}

/** The same, without waiting for its end. */
export function spawnAssay(cwd: string, env: Readonly<Record<string, string>>, ...args: string[]) {
  return spawn(process.execPath, [main, ...args], { cwd, env: { ...environment, ...env }, stdio: "ignore" });
}

const environment = {
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  GIT_CONFIG_GLOBAL: "/dev/null",
  NO_COLOR: "1",
};

/** An empty folder in no repository, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "assay-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
