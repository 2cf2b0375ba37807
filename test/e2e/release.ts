import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** What GitHub hands to a runner that asks for a commit of Assay: the files of that commit and nothing else. */
export interface ReleasedCommit {
  sha: string;
  folder: string;
}

export interface Release {
  /** The commit that holds the actions, which the workflow pins. */
  actions: ReleasedCommit;
  /** The commit that users name. */
  workflow: ReleasedCommit;
}

/**
 * Releases the tree as it stands here, its built `dist/` with it, by the script that makes releases, in a repository of its own.
 * @param folder an empty folder
 */
export function makeRelease(folder: string): Release {
  const repository = join(folder, "repository");
  mkdirSync(repository);
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const path of listed.split("\0").filter(Boolean)) copyIfThere(path, repository);
  const env = { PATH: process.env["PATH"], ...identity };
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: repository, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  const changelog = join(repository, "CHANGELOG.md");
  writeFileSync(changelog, readFileSync(changelog, "utf8").replace("## Unreleased\n", "## Unreleased\n- A release to try.\n"));
  run("git", "init", "--quiet", "--initial-branch=main");
  run("git", "add", "--all");
  run("git", "commit", "--quiet", "--message", "Everything");
  run(process.execPath, join("scripts", "release.ts"), "v99.0.0");

  const commit = (revision: string): ReleasedCommit => {
    const sha = run("git", "rev-parse", `${revision}^{commit}`);
    const archive = join(folder, `${sha}.tar`);
    const target = join(folder, sha);
    mkdirSync(target);
    run("git", "archive", "--format=tar", `--output=${archive}`, sha);
    run("tar", "-xf", archive, "-C", target);
    return { sha, folder: target };
  };
  return { actions: commit("v99.0.0~1"), workflow: commit("v99.0.0") };
}

const identity = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "release"],
    [`GIT_${who}_EMAIL`, "release@localhost"],
  ]),
);

/** Tracked files that were deleted here are listed too. */
function copyIfThere(path: string, repository: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  try {
    cpSync(join(root, path), join(repository, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
