import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const fixture = join(import.meta.dirname, "..", "fixtures", "threshold");

/** The fixture in a folder of its own, a git repository once it is committed, used by hand with the built command. */
export function createClone() {
  const root = mkdtempSync(join(tmpdir(), "assay-clone-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(fixture, root, { recursive: true });
  const run = (file: string, ...args: string[]) => spawnSync(file, args, { cwd: root, encoding: "utf8" });
  const git = (...args: string[]) => run("git", "-c", "user.name=t", "-c", "user.email=t@localhost", ...args);
  const assay = (...args: string[]) => run(process.execPath, cli, ...args);
  git("init", "-q", "-b", "main");
  return {
    git,
    assay,
    commit() {
      git("add", "-A");
      expect(git("commit", "-qm", "a change").status).toBe(0);
    },
    edit: (path: string, change: (text: string) => string) =>
      writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8"))),
    /** Trains and evaluates the only model; what is not committed counts. */
    evaluate(): Evidence {
      const trained = assay("train");
      expect(trained.status, trained.stderr).toBe(0);
      const evaluated = assay("evaluate", "--json");
      expect(evaluated.status, evaluated.stderr).toBe(0);
      return JSON.parse(evaluated.stdout).evidence[0];
    },
  };
}
