import { join } from "node:path";
import type { Files } from "../files/files.ts";
import type { Git, TreeEntry, WorkTreeStatus } from "../git/git.ts";
import { entryAt, findRecord, parseListing } from "../git/listing.ts";

/** The files of a commit or of the work tree, by content id. Paths are relative to the repository's root. */
export interface Tree {
  /** Null: the work tree. */
  commit: string | null;
  /** Files at and below the paths, all when there are none. */
  list(paths: readonly string[]): Promise<readonly TreeEntry[]>;
  /** The same as `Git.listTreeRaw` gives it. */
  listRaw(paths: readonly string[]): Promise<Buffer>;
  /** Contents as git has them, so of an LFS file its pointer. What is not there or larger than `maxBytes` is left out. */
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Buffer>>;
}

export function commitTree(git: Git, commit: string): Tree {
  return {
    commit,
    list: (paths) => git.listTree(commit, paths),
    listRaw: (paths) => git.listTreeRaw(commit, paths),
    read: (paths, maxBytes) => (paths.length === 0 ? nothing : git.readMany(commit, paths, maxBytes)),
  };
}

/** One moment of the work tree: what changed is asked once. */
export function workTree(git: Git, files: Files, status: Promise<WorkTreeStatus> = git.status()): Tree {
  // Nobody may have asked yet when git fails; whoever asks still gets the failure.
  status.catch(() => {});
  return {
    commit: null,
    list: async (paths) => parseListing(await git.listWorkTreeRaw(paths, await status)),
    listRaw: async (paths) => git.listWorkTreeRaw(paths, await status),
    async read(paths, maxBytes) {
      const { head, changes } = await status;
      const changed = new Map(changes.map((change) => [change.path, change]));
      const committed = paths.filter((path) => !changed.has(path));
      const found = new Map(head && committed.length > 0 ? await git.readMany(head, committed, maxBytes) : []);
      for (const path of paths) {
        if (changed.get(path)?.kind !== "changed") continue;
        const content = await readFromDisk(files, join(git.root, path), maxBytes);
        if (content) found.set(path, content);
      }
      return found;
    },
  };
}

const nothing: Promise<ReadonlyMap<string, Buffer>> = Promise.resolve(new Map());

async function readFromDisk(files: Files, path: string, maxBytes: number): Promise<Buffer | undefined> {
  const link = await files.readLink(path);
  if (link !== undefined) return Buffer.from(link);
  const found = await files.stat(path);
  return found && !found.isFolder && found.bytes <= maxBytes ? files.readBytes(path, maxBytes) : undefined;
}

/** The entry of exactly that path in a listing. */
export function findEntry(listing: Buffer, path: string): TreeEntry | undefined {
  const at = findRecord(listing, path);
  return at === undefined ? undefined : entryAt(listing, at);
}
