import { MissingDataError } from "../errors/errors.ts";
import type { Git } from "../git/git.ts";
import { below, formatListing } from "../git/listing.ts";
import type { GitTag } from "../git/tags.ts";
import type { GitHub } from "./github.ts";
import type { TagRef, Tags } from "./tags.ts";

const link = "120000";
const isCommit = (revision: string) => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(revision);

/** The root of what is no clone. */
export const noWorkTree = "";

/** Which tags are asked for. */
export interface AskedTags {
  /** What their names begin with. */
  prefix: string;
  /** Of those that begin so, each of which is a request. */
  matters: (name: string) => boolean;
}

/** An installation has some thousands of requests an hour, for all that it does. */
const maxTags = 1_000;
/** So many are read at once. */
const lanes = 4;

/** An annotated tag on a commit as a clone would list it, in one request; undefined of any other. */
export async function readAnnotated({ name, sha }: TagRef, tags: Pick<Tags, "readObject">): Promise<GitTag | undefined> {
  const { commit, annotation } = await tags.readObject(sha);
  const { tagger, message } = annotation;
  if (commit === undefined || tagger === undefined || annotation.name !== name) return undefined;
  const taggedAt = Math.floor(Date.parse(tagger.date) / 1_000);
  // GitHub tells no time zone, and the commit's own time decides nothing where a tag is on it.
  return { name, id: sha, commit, committedAt: 0, tagger, taggedAt, offsetMinutes: 0, message: message.trim() };
}

/** Commits and tags as GitHub shows them, for whoever has no clone: what deciding about a tagged tree asks of git, and nothing else. */
export function createRemoteGit({ contents, tags }: Pick<GitHub, "contents" | "tags">, asked?: AskedTags): Git {
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
    root: noWorkTree,
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
      if (asked === undefined) throw new Error("Nobody said which tags matter.");
      const refs = (await tags.list(asked.prefix)).filter(({ name, type }) => type === "tag" && asked.matters(name));
      if (refs.length > maxTags)
        throw new MissingDataError(
          `GitHub has ${refs.length} annotated tags of ${asked.prefix}. Without a clone each is a request, so ${maxTags} are read at most. Delete those that nothing needs any more; with a clone, as \`assay promote\` has it, there is no such limit.`,
        );
      const found: GitTag[] = [];
      for (let at = 0; at < refs.length; at += lanes)
        found.push(
          ...(await Promise.all(refs.slice(at, at + lanes).map((ref) => readAnnotated(ref, tags)))).flatMap((tag) => tag ?? []),
        );
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
  fetchTags: refuse,
  pullLfs: refuse,
  addWorktree: refuse,
  currentBranch: refuse,
  defaultBranch: refuse,
  isShallow: refuse,
  listChanges: refuse,
  taggedSince: refuse,
  readTag: refuse,
  mergeFile: async () => undefined,
};
