import { type CommitRecord, readCommit } from "./commits.ts";
import type { GitRepository } from "./repository.ts";

export async function isAncestor(git: GitRepository, ancestor: string, commit: string): Promise<boolean> {
  return (await ancestorsOf(git, commit)).has(ancestor);
}

/** Commits of `head` that `base` (none: nothing) does not have, newest first. */
export async function commitsBetween(git: GitRepository, base: string | undefined, head: string): Promise<readonly string[]> {
  const hidden = base === undefined ? new Map() : await ancestorsOf(git, base);
  return [...(await ancestorsOf(git, head)).keys()].filter((sha) => !hidden.has(sha));
}

/** Those that changed the path, newest first. */
export async function commitsThatChanged(git: GitRepository, path: string, head: string): Promise<readonly string[]> {
  const output = await git.run(["rev-list", head, "--", path]);
  return output
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** A newest commit that both have and that no other such one has among its ancestors; undefined when they share nothing. */
export async function mergeBaseOf(git: GitRepository, one: string, other: string): Promise<string | undefined> {
  const others = await ancestorsOf(git, other);
  const common = [...(await ancestorsOf(git, one)).values()].filter(({ sha }) => others.has(sha));
  // Ancestors of common ones are common: who is nobody's parent among them is best.
  const passed = new Set(common.flatMap(({ parents }) => parents));
  return common.find(({ sha }) => !passed.has(sha))?.sha;
}

/** The commit and all before it, in the order of `git rev-list`: the newest of those whose children were listed, if one was, comes next. */
async function ancestorsOf(git: GitRepository, commit: string): Promise<ReadonlyMap<string, CommitRecord>> {
  const found = new Map<string, CommitRecord>();
  const seen = new Set([commit]);
  const waiting = [await readCommit(git, commit)];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    found.set(next.sha, next);
    for (const parent of next.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      const record = await readCommit(git, parent);
      const older = waiting.findIndex(({ committer }) => committer.date < record.committer.date);
      waiting.splice(older === -1 ? waiting.length : older, 0, record);
    }
  }
  return found;
}
