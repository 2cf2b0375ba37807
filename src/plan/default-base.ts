import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Git, WorkTreeStatus } from "../git/git.ts";

/** What a plan made by hand compares. */
export interface DefaultBase {
  target: { commit: string } | "work-tree";
  base: string | null;
  /** For people: `the work tree with uncommitted changes, against HEAD (1a2b3c4)`. */
  explanation: string;
  status: WorkTreeStatus;
}

/**
 * Uncommitted changes are planned as the work tree, else HEAD is; either against where the branch left the default branch. On
 * the default branch itself the work tree is compared with HEAD, and HEAD with the commit before it.
 * @param revision what to compare with instead
 */
export async function defaultBase(git: Git, revision?: string): Promise<DefaultBase> {
  const [status, branch, trunk] = await Promise.all([git.status(), git.currentBranch(), git.defaultBranch()]);
  const { head } = status;
  if (head === undefined) throw new UsageError("This repository has no commit yet. Commit something, then plan.");
  const dirty = status.changes.length > 0;
  const against = (base: string, where: string): DefaultBase => ({
    target: dirty ? "work-tree" : { commit: head },
    base,
    explanation: `Comparing ${dirty ? "the work tree with uncommitted changes" : `HEAD (${short(head)})`} with ${where}.`,
    status,
  });

  if (revision !== undefined) {
    const base = await git.resolve(revision);
    if (base === undefined)
      throw new UsageError(`"${revision}" is no commit of this clone. Name a branch, tag or commit id, or fetch it.`);
    return against(base, `${revision} (${short(base)})`);
  }
  const fork = trunk === undefined || branch === trunk ? undefined : await forkPoint(git, head, trunk);
  if (fork !== undefined && (fork !== head || branch !== undefined))
    return against(fork, `where it left ${trunk} (${short(fork)})`);
  if (dirty) return against(head, `HEAD (${short(head)})`);
  const [parent] = await git.parents(head);
  return parent === undefined
    ? against(head, "itself: it is the first commit")
    : against(parent, `the commit before it (${short(parent)})`);
}

async function forkPoint(git: Git, head: string, trunk: string): Promise<string | undefined> {
  const tip = (await git.resolve(`refs/remotes/origin/${trunk}`)) ?? (await git.resolve(`refs/heads/${trunk}`));
  if (tip === undefined) return undefined;
  const fork = await git.mergeBase(head, tip);
  if (fork === undefined && (await git.isShallow()))
    throw new MissingDataError(
      `This clone is shallow and does not hold the commit where the branch left ${trunk}. Run \`git fetch --unshallow\`, or name a base.`,
    );
  return fork;
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
