import { join } from "node:path";
import type { Files } from "../files/files.ts";
import type { Git, TreeEntry, WorkTreeStatus } from "../git/git.ts";
import { below, entryAt, findRecord, parseListing, patchListing } from "../git/listing.ts";

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

/**
 * A listing is asked of git once: commits do not change, and two sides of a plan ask for the same.
 * @param everything the whole tree where it has been listed already
 */
export function commitTree(git: Git, commit: string, everything?: Promise<Buffer>): Tree {
  const listings = new Map<string, Promise<Buffer>>();
  const listRaw = (paths: readonly string[]) => {
    if (everything && paths.includes(".")) return everything;
    const key = paths.join("\0");
    const listing = listings.get(key) ?? git.listTreeRaw(commit, paths);
    listings.set(key, listing);
    return listing;
  };
  return {
    commit,
    listRaw,
    list: async (paths) => parseListing(await listRaw(paths)),
    read: (paths, maxBytes) => (paths.length === 0 ? nothing : git.readMany(commit, paths, maxBytes)),
  };
}

/** The same tree as `commitTree`, listed as what differs from another commit's: cheap where most is the same. */
export function commitTreeNear(git: Git, commit: string, near: Tree & { commit: string }): Tree {
  const changes = git.diffTrees(near.commit, commit);
  changes.catch(() => {});
  const listRaw = async (paths: readonly string[]) => {
    const [listing, changed] = await Promise.all([near.listRaw(paths), changes]);
    const wanted = below(paths);
    return patchListing(listing, new Map([...changed].filter(([path]) => wanted(path))));
  };
  return { ...commitTree(git, commit), listRaw, list: async (paths) => parseListing(await listRaw(paths)) };
}

/** One moment of the work tree: what changed is asked once, while HEAD's own tree is listed. */
export function workTree(git: Git, files: Files, known?: { status: WorkTreeStatus; head: Tree }): Tree {
  const status = known ? Promise.resolve(known.status) : git.status();
  // Nobody may have asked yet when git fails; whoever asks still gets the failure.
  status.catch(() => {});
  const listRaw = async (paths: readonly string[]) => {
    if (!known) return git.listWorkTreeRaw(paths, await status);
    const wanted = below(paths);
    const changes = known.status.changes.filter(({ path }) => wanted(path));
    const [listing, entries] = await Promise.all([
      known.head.listRaw(paths),
      changes.length > 0 ? git.hashChanges(changes) : undefined,
    ]);
    return entries ? patchListing(listing, entries) : listing;
  };
  return {
    commit: null,
    listRaw,
    list: async (paths) => parseListing(await listRaw(paths)),
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
