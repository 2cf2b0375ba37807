import type { TreeEntry } from "../git/git.ts";

export interface Contents {
  /** Bytes of the file at the commit or branch; undefined when there is none, but a folder, a submodule or a link to nowhere. */
  read(path: string, ref: string): Promise<{ bytes: Buffer; blobSha: string } | undefined>;
  /** The same with one request, the bytes of up to 1 MB; undefined of a larger file. */
  peek(path: string, ref: string): Promise<{ bytes: Buffer | undefined; blobSha: string } | undefined>;
  /**
   * Writes one new file with one commit on the branch, which must be there.
   * @returns "conflict" when the branch moved meanwhile (409), "exists" when there is such a file already
   */
  create(request: { branch: string; path: string; content: string; message: string }): Promise<"created" | "conflict" | "exists">;
  /** Creates an orphan branch whose first commit holds one file; "exists" when it is there. */
  createOrphanBranch(request: { branch: string; path: string; content: string; message: string }): Promise<"created" | "exists">;
  /** Commit id of a branch's tip. */
  branchTip(branch: string): Promise<string | undefined>;
  /** Files below the folder at the commit or branch, with their paths, all of them below ""; empty when there is no such folder. */
  list(folder: string, ref: string): Promise<readonly string[]>;
  /** All files of the commit, links and submodules too, in git's order; empty when there is no such commit. */
  tree(commit: string): Promise<readonly TreeEntry[]>;
  /** Commits of the branch that changed the file or folder, the newest first, at most so many; none where there is no such branch. */
  history(path: string, branch: string, most: number): Promise<readonly CommitFacts[]>;
  /** What a branch changed since it left another; undefined when GitHub does not know one of them or they share no history. */
  compare(base: string, head: string): Promise<Comparison | undefined>;
  /** Commits that a head has and a base does not, the oldest first; 1,000 at most. */
  newCommits(base: string, head: string): Promise<readonly CommitFacts[]>;
  /** Whether `ancestor` lies on the way to `ref`. */
  isAncestor(ancestor: string, ref: string): Promise<boolean>;
  defaultBranch(): Promise<string>;
  /** False also when there is no such branch. */
  isProtected(branch: string): Promise<boolean>;
}

export interface CommitFacts {
  sha: string;
  /** Written by whoever committed. */
  message: string;
  parents: readonly string[];
  /** Login of the account that GitHub knows as its author by the commit's e-mail, which anybody can write: believe it when verified. */
  author: string | undefined;
  /** GitHub made the commit for its author and signed it itself; what a person signed is not meant. */
  verified: boolean;
}

export interface Comparison {
  /** The commit that was compared with: of a branch its tip. */
  base: string;
  mergeBase: string;
  /** Paths that differ between the merge base and the head, both of a renamed file. */
  paths: readonly string[];
  /** False where GitHub stopped listing: 300 files. */
  complete: boolean;
}
