import type { GitTag } from "./tags.ts";

/** Port to a git repository; `command-git.ts` implements it on the `git` program. */
export interface Git {
  /** Absolute path of the work tree. */
  readonly root: string;
  /** Full object id, or undefined when there is no such commit here. */
  resolve(revision: string): Promise<string | undefined>;
  /** Parents as written in the commit object, also beyond a shallow boundary. */
  parents(commit: string): Promise<readonly string[]>;
  /** Best common ancestor; undefined when this clone does not know one. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /**
   * Tracked files below the paths (all when empty), as committed and as git writes them, for trees of 100,000 files:
   * `<mode> SP <type> SP <id> TAB <path> NUL` sorted by path.
   */
  listTreeRaw(commit: string, paths?: readonly string[]): Promise<Buffer>;
  /** What differs from one commit to another: the new entry by path, undefined for a file that went. */
  diffTrees(from: string, to: string): Promise<ReadonlyMap<string, TreeEntry | undefined>>;
  /** The same of changes of the work tree. */
  hashChanges(changes: readonly WorkTreeChange[]): Promise<ReadonlyMap<string, TreeEntry | undefined>>;
  /** Those of the files that do not lie at `folder` as a checkout of their blobs leaves them; all of them must be there. */
  findDiffering(folder: string, entries: readonly TreeEntry[]): Promise<readonly TreeEntry[]>;
  /** Where the work tree differs from HEAD, at and below the paths (everywhere when empty): one `git status`. */
  status(paths?: readonly string[]): Promise<WorkTreeStatus>;
  /**
   * The same of the work tree: committed content where the file is unchanged, `hash-object` of it where it is not; files that git
   * does not track do not count. `status` spares asking git again.
   */
  listWorkTreeRaw(paths?: readonly string[], status?: WorkTreeStatus): Promise<Buffer>;
  /** Bytes of `commit:path`, undefined when it is not there. */
  read(commit: string, path: string): Promise<Buffer | undefined>;
  /** Many at once. Files that are not there, or are larger than `maxBytes`, are left out. A link's bytes are its target's name. */
  readMany(commit: string, paths: readonly string[], maxBytes?: number): Promise<ReadonlyMap<string, Buffer>>;
  /** Fetches one commit, depth 1, from `origin`; `token` is passed by a file that git reads, never by environment or command line. */
  fetchCommit(commit: string, token?: string): Promise<void>;
  /**
   * Brings the content of files that git LFS keeps into the work tree at `folder`; no others'.
   * @throws GitHubError when it cannot be had
   */
  pullLfs(folder: string, paths: readonly string[], limits: PullLimits): Promise<void>;
  /** Checks the commit out beside the work tree; `remove` deletes it again. */
  addWorktree(commit: string, folder: string): Promise<{ remove(): Promise<void> }>;
  currentBranch(): Promise<string | undefined>;
  /** Undefined when it cannot be told. */
  defaultBranch(): Promise<string | undefined>;
  isShallow(): Promise<boolean>;
  /**
   * What each commit of a branch's own line changed, the newest first: a merge as a whole, not the commits that it brought.
   * @param request `to`: where the line ends; `from`: what that has is left out; `most`: so many at most
   */
  listChanges(request: { from?: string | undefined; to: string; most: number }): Promise<readonly CommitChanges[]>;
  /** Makes the tags here those that `origin` has; `token` as for a commit. */
  fetchTags(token?: string): Promise<void>;
  /** All annotated tags on commits, by name. */
  listTags(): Promise<readonly GitTag[]>;
  /** Commits that have an annotated tag, and the commit in their history or are it. */
  taggedSince(commit: string): Promise<ReadonlySet<string>>;
  /**
   * An annotated tag's object, as git hashes it.
   * @param id of the object
   */
  readTag(id: string): Promise<Buffer>;
  /** The text with the changes of both sides; undefined where they conflict, it is no text, or git's program is not at hand. */
  mergeFile(sides: FileSides): Promise<Buffer | undefined>;
}

/** A file as it was, and as two sides made it. */
export interface FileSides {
  base: Buffer;
  ours: Buffer;
  theirs: Buffer;
}

export interface CommitChanges {
  commit: string;
  /** That it changed against its first parent, both of a renamed file. */
  paths: readonly string[];
}

export interface PullLimits {
  token: string | undefined;
  timeoutSeconds: number;
  signal: AbortSignal;
}

/** The work tree against HEAD. */
export interface WorkTreeStatus {
  /** Undefined before the first commit. */
  head: string | undefined;
  /** Empty when the work tree is clean. */
  changes: readonly WorkTreeChange[];
}

/** `id` is undefined when the content is in no index yet: it lies on the disk only. */
export type WorkTreeChange =
  | { kind: "deleted"; path: string }
  | { kind: "changed"; path: string; mode: string | undefined; id: string | undefined; submodule: boolean };

export interface TreeEntry {
  path: string;
  /** `100644`, `100755`, `120000` (link), `160000` (submodule). */
  mode: string;
  /** Blob id, or the commit id of a submodule. */
  id: string;
}
