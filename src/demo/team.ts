import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import type { RunnerPullRequest } from "./runner.ts";

/** A clone of the demonstrated repository, as a contributor has it. */
export interface Clone {
  folder: string;
  /** Commits everything that changed and pushes the branch. @returns the commit */
  push(branch: string, message: string): string;
  /** The same to another repository, such as a fork. */
  pushTo(remote: string, branch: string, message: string): string;
  startBranch(branch: string): void;
  /** Has what origin has: main, and all tags. @returns main's commit */
  update(): string;
  /** Makes an annotated tag and pushes it. */
  tag(name: string, commit: string, message: string): void;
}

/** Makes a real repository out of an example's folder. */
export function createClone(example: string, folder: string, remote: string): Clone {
  mkdirSync(folder, { recursive: true });
  cpSync(example, folder, { recursive: true });
  const git = (...args: string[]): string => {
    const result = spawnSync("git", ["-C", folder, ...identity, ...args], { encoding: "utf8" });
    if (result.status !== 0) throw new Error(`git ${args.join(" ")} ended with ${result.status}: ${result.stderr}`);
    return result.stdout.trim();
  };
  git("init", "-q", "--initial-branch=main");
  git("remote", "add", "origin", remote);
  return {
    folder,
    startBranch: (branch) => git("checkout", "-q", "-B", branch, "main"),
    update() {
      git("fetch", "-q", "--tags", "--force", "origin", "main");
      git("checkout", "-q", "-B", "main", "origin/main");
      return git("rev-parse", "HEAD");
    },
    tag(name, commit, message) {
      git("fetch", "-q", "origin", commit);
      git(...releaseManager, "tag", "-a", name, "-m", message, commit);
      git("push", "-q", "origin", name);
    },
    push: (branch, message) => pushTo("origin", branch, message),
    pushTo,
  };

  function pushTo(to: string, branch: string, message: string): string {
    git("add", "--all");
    // On other data a change may change nothing; that too is a pull request.
    git("commit", "-q", "--allow-empty", "--message", message);
    git("push", "-q", to, `HEAD:refs/heads/${branch}`);
    return git("rev-parse", "HEAD");
  }
}

const identity = [
  "-c",
  "user.name=contributor",
  "-c",
  "user.email=contributor@users.noreply.github.com",
  "-c",
  "commit.gpgsign=false",
];

const releaseManager = ["-c", "user.name=release manager", "-c", "user.email=release-manager@users.noreply.github.com"];

export interface Change {
  branch: string;
  title: string;
  /** Edits the clone's files. */
  edit: (folder: string) => void;
}

/** Opens a pull request with the change. */
export async function openPullRequest(
  github: EmbeddedGitHub,
  repository: string,
  clone: Clone,
  change: Change,
): Promise<RunnerPullRequest> {
  clone.startBranch(change.branch);
  change.edit(clone.folder);
  clone.push(change.branch, change.title);
  const { branch: headRef, title } = change;
  const opened = await github.createPullRequest({ repository, title, headRef, baseRef: "main", author: "contributor" });
  return { ...opened, title, headRef, baseRef: "main" };
}

export function examplePath(name: string): string {
  return join(import.meta.dirname, "..", "..", "examples", name);
}
