import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Git, WorkTreeStatus } from "../git/git.ts";

/** What a plan made by hand compares. */
export interface DefaultBase {
  target: { commit: string } | "work-tree";
  base: string | null;
  /** For people: `Comparing the work tree with uncommitted changes with HEAD (1a2b3c4).` */
  explanation: string;
  status: WorkTreeStatus;
}

/**
 * Uncommitted changes are planned as the work tree, else HEAD is; either against where it left the default branch as origin has
 * it. With nothing that is not there yet, the work tree is compared with HEAD, and HEAD with the commit before it.
 * @param revision what to compare with instead
 */
export async function defaultBase(git: Git, revision?: string): Promise<DefaultBase> {
  const status = git.status();
  const [points, found] = await Promise.all([comparePoints(git, revision), status]);
  return chooseBase(points, found);
}

/** A commit to compare with, and how to say it. */
interface Point {
  commit: string;
  where: string;
}

export interface ComparePoints {
  head: string;
  clean: Point;
  dirty: Point;
}

/** What either state of the work tree would be compared with: known before that state is. */
export async function comparePoints(git: Git, revision: string | undefined): Promise<ComparePoints> {
  const [head, branch, trunk] = await Promise.all([git.resolve("HEAD"), git.currentBranch(), git.defaultBranch()]);
  if (head === undefined) throw new UsageError("This repository has no commit yet. Commit something, then plan.");
  if (revision !== undefined) {
    const base = await git.resolve(revision);
    if (base === undefined)
      throw new UsageError(`"${revision}" is no commit of this clone. Name a branch, tag or commit id, or fetch it.`);
    const point = { commit: base, where: `${revision} (${short(base)})` };
    return { head, clean: point, dirty: point };
  }
  if (trunk === undefined) throw new UsageError(unknownTrunk);
  const fork = await forkPoint(git, { head, branch, trunk });
  if (fork !== head || (branch !== undefined && branch !== trunk)) {
    const point = { commit: fork, where: `where it left ${trunk} (${short(fork)})` };
    return { head, clean: point, dirty: point };
  }
  const [parent] = await git.parents(head);
  const before = parent === undefined ? "itself: it is the first commit" : `the commit before it (${short(parent)})`;
  return { head, clean: { commit: parent ?? head, where: before }, dirty: { commit: head, where: `HEAD (${short(head)})` } };
}

export function chooseBase({ head, clean, dirty }: ComparePoints, status: WorkTreeStatus): DefaultBase {
  if (status.changes.length === 0)
    return {
      target: { commit: head },
      base: clean.commit,
      explanation: `Comparing HEAD (${short(head)}) with ${clean.where}.`,
      status,
    };
  const explanation = `Comparing the work tree with uncommitted changes with ${dirty.where}.`;
  return { target: "work-tree", base: dirty.commit, explanation, status };
}

const unknownTrunk =
  "It cannot be told which branch is the default one, which this one left: there is no main and no master, and origin does not say. " +
  "Name what to compare with, `--base <branch or commit>`, or say it once: `git config init.defaultBranch <branch>`.";

/** @throws MissingDataError when this clone does not hold it: no other commit says what the branch changed */
async function forkPoint(
  git: Git,
  { head, branch, trunk }: { head: string; branch: string | undefined; trunk: string },
): Promise<string> {
  const tip = (await git.resolve(`refs/remotes/origin/${trunk}`)) ?? (await git.resolve(`refs/heads/${trunk}`));
  if (tip === head || (tip === undefined && branch === trunk)) return head;
  const fork = tip && (await git.mergeBase(head, tip));
  if (fork !== undefined) return fork;
  const isShallow = await git.isShallow();
  if (tip !== undefined && !isShallow)
    throw new MissingDataError(
      `HEAD and ${trunk} have no commit in common. Name what to compare with: \`--base <branch or commit>\`.`,
    );
  throw new MissingDataError(
    `This clone ${isShallow ? "is shallow" : "is of another branch"} and does not hold the commit where HEAD left ${trunk}. ` +
      `Run \`git fetch ${isShallow ? "--unshallow " : ""}origin ${trunk}:refs/remotes/origin/${trunk}\`, ` +
      "or name what to compare with: `--base <branch or commit>`.",
  );
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
