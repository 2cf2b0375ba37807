import { MissingDataError } from "../errors/errors.ts";
import type { Git } from "../git/git.ts";
import { below, formatListing } from "../git/listing.ts";
import type { GitTag } from "../git/tags.ts";
import type { GitHub } from "./github.ts";

const link = "120000";
const isCommit = (revision: string) => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(revision);

/**
 * Commits and tags as GitHub shows them, for whoever has no clone: what deciding about a tagged tree asks of git, and nothing else.
 * @param tagPrefix what the tags begin with that are asked for: each is a request
 */
export function createRemoteGit({ contents, tags }: Pick<GitHub, "contents" | "tags">, tagPrefix: string): Git {
  const trees = new Map<string, ReturnType<typeof contents.tree>>();
  const treeOf = (commit: string) => {
    const tree = trees.get(commit) ?? contents.tree(commit);
    trees.set(commit, tree);
    return tree;
  };
  const readOne: Git["read"] = async (commit, path) => {
    const entry = (await treeOf(commit)).find((file) => file.path === path);
    if (entry === undefined) return undefined;
    // GitHub would give what it points to.
    if (entry.mode === link) throw new MissingDataError(`${path} is a link, which is not followed without a clone.`);
    return (await contents.read(path, commit))?.bytes;
  };
  return {
    root: "",
    resolve: async (revision) => (isCommit(revision) ? revision : undefined),
    listTreeRaw: async (commit, paths = []) => {
      const wanted = below(paths);
      return formatListing((await treeOf(commit)).filter(({ path }) => wanted(path)));
    },
    read: readOne,
    async readMany(commit, paths, maxBytes = Number.POSITIVE_INFINITY) {
      const found = new Map<string, Buffer>();
      for (const path of paths) {
        const bytes = await readOne(commit, path);
        if (bytes && bytes.length <= maxBytes) found.set(path, bytes);
      }
      return found;
    },
    async listTags() {
      const found: GitTag[] = [];
      for (const { name, type } of await tags.list(tagPrefix)) {
        const tag = type === "tag" ? await tags.read(name) : undefined;
        const { annotation, commit, sha } = tag ?? {};
        if (sha === undefined || commit === undefined || annotation?.tagger === undefined) continue;
        const { tagger, message } = annotation;
        const taggedAt = Math.floor(Date.parse(tagger.date) / 1_000);
        // GitHub tells no time zone, and the commit's own time decides nothing where a tag is on it.
        found.push({ name, id: sha, commit, committedAt: 0, tagger, taggedAt, offsetMinutes: 0, message: message.trim() });
      }
      return found;
    },
    ...withoutClone,
  };
}

function refuse(): never {
  throw new Error("This is asked of a clone, and there is none.");
}

const withoutClone = {
  parents: refuse,
  mergeBase: refuse,
  diffTrees: refuse,
  hashChanges: refuse,
  findDiffering: refuse,
  status: refuse,
  listWorkTreeRaw: refuse,
  fetchCommit: refuse,
  pullLfs: refuse,
  addWorktree: refuse,
  currentBranch: refuse,
  defaultBranch: refuse,
  isShallow: refuse,
  readTag: refuse,
  mergeFile: async () => undefined,
};
