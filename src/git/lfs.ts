import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { GitHubError } from "../errors/errors.ts";
import { callWithToken } from "./fetch.ts";
import type { PullLimits } from "./git.ts";
import { lastLines, type RunGit } from "./run-git.ts";

/** More than this on a command line and git LFS is asked for everything. */
const maxPatternCharacters = 60_000;

export async function pullLfs(
  run: RunGit,
  folder: string,
  paths: readonly string[],
  { token, timeoutSeconds, signal }: PullLimits,
): Promise<void> {
  const include = paths.map(patternOf).join(",");
  const { exitCode, stderr } = await run(
    // `lfs.fetchexclude` of the repository does not count.
    ["lfs", "pull", ...(include.length > maxPatternCharacters ? [] : ["--include", include]), "--exclude", ""],
    { ...(await callWithToken(run, token)), cwd: folder, timeoutSeconds, signal },
  );
  if (exitCode === 0) return;
  const missing = /is not a git command/.test(stderr);
  throw new GitHubError(
    missing
      ? "data.pull is lfs, and git LFS is not on this machine. Install git-lfs."
      : `git LFS could not pull ${paths[0]}${paths.length > 1 ? ` and ${paths.length - 1} more` : ""}: ${lastLines(stderr)}`,
  );
}

/** Puts the content of pointers in place, as far as it lies in the repository already. */
export async function checkOutFetched(run: RunGit, folder: string): Promise<void> {
  const { stdout } = await run(["rev-parse", "--git-common-dir"], { cwd: folder });
  if (existsSync(resolve(folder, stdout.toString("utf8").trim(), "lfs"))) await run(["lfs", "checkout"], { cwd: folder });
}

/** One file's; what means something in a pattern or ends one stands for any character. */
function patternOf(path: string): string {
  return `/${path.replaceAll(/[*?[\]\\,{}!]/g, "?")}`;
}
