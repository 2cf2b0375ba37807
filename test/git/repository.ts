import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createCommandGit } from "../../src/git/command-git.ts";
import type { Git } from "../../src/git/git.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";

/** A real repository in a temporary folder, alike on every machine. */
export interface Repository {
  folder: string;
  git(...args: string[]): string;
  write(path: string, content: string | Uint8Array): void;
  remove(path: string): void;
  /** Adds everything and commits; returns the commit id. */
  commit(files?: Readonly<Record<string, string>>): string;
  open(): Promise<Git>;
  delete(): void;
}

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

export const files = createNodeFiles();
export const processes = createNodeProcesses();

const temporaryFolders: string[] = [];
afterAll(() => {
  for (const folder of temporaryFolders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "assay-git-")));
  temporaryFolders.push(folder);
  return folder;
}

export function createRepository(folder = temporaryFolder()): Repository {
  const repository = openRepository(folder);
  repository.git("init", "--quiet", "--initial-branch=main");
  return repository;
}

/** A clone by the git protocol, so that depth counts. */
export function cloneRepository(source: string, ...options: string[]): Repository {
  const folder = temporaryFolder();
  execFileSync("git", ["clone", "--quiet", ...options, `file://${source}`, folder], { env: environment });
  return openRepository(folder);
}

function openRepository(folder: string): Repository {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: folder, env: environment, encoding: "utf8", stdio: "pipe" }).trim();
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  return {
    folder,
    git,
    write,
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    commit(contents = {}) {
      for (const [path, content] of Object.entries(contents)) write(path, content);
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", "change");
      return git("rev-parse", "HEAD");
    },
    open: () => createCommandGit(folder, processes, environment),
    delete: () => rmSync(folder, { recursive: true, force: true }),
  };
}
