import { createHash } from "node:crypto";
import { MissingDataError } from "../errors/errors.ts";
import type { Git, TreeEntry } from "./git.ts";
import { below, formatListing, parseListing } from "./listing.ts";
import { type MergedFile, mergeTrees, pathOf } from "./merge-trees.ts";

export interface Merge {
  base: string;
  ours: string;
  theirs: string;
}

/**
 * What a merge of two commits would have in its files, to be read as those of `theirs`: no commit is made, and no other is known.
 * A file that both sides changed is merged when it is asked for.
 * @param mergeFile of a git that has its program at hand
 */
export function createMergedGit(git: Git, { base, ours, theirs }: Merge, mergeFile: Git["mergeFile"]): Git {
  const list = async (commit: string) => parseListing(await git.listTreeRaw(commit));
  const whole = Promise.all([list(base), list(ours), list(theirs)]).then(
    ([before, left, right]) =>
      new Map(mergeTrees({ base: before, ours: left, theirs: right }).map((file) => [pathOf(file), file])),
  );
  // Whoever reads gets its error; nobody may.
  whole.catch(() => {});
  const together = new Map<string, Promise<{ entry: TreeEntry; bytes: Buffer }>>();

  async function mergeBoth(path: string): Promise<{ entry: TreeEntry; bytes: Buffer }> {
    const [before, left, right] = await Promise.all([base, ours, theirs].map((commit) => git.read(commit, path)));
    const mode = (await list(theirs)).find((entry) => entry.path === path)?.mode;
    const bytes =
      before && left && right && mode?.startsWith("100")
        ? await mergeFile({ base: before, ours: left, theirs: right })
        : undefined;
    if (!bytes || !mode)
      throw new MissingDataError(
        `${path} was changed in ${short(theirs)} and in ${short(ours)}, and its merge is not known here.`,
      );
    const hash = createHash(theirs.length === 40 ? "sha1" : "sha256");
    return { bytes, entry: { path, mode, id: hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex") } };
  }
  const bothAt = (path: string) => {
    const merged = together.get(path) ?? mergeBoth(path);
    together.set(path, merged);
    return merged;
  };
  const entryOf = async (file: MergedFile) => ("entry" in file ? file.entry : (await bothAt(file.path)).entry);
  const read: Git["read"] = async (_, path) => {
    const file = (await whole).get(path);
    if (file?.from === "both") return (await bothAt(path)).bytes;
    return file && git.read(file.from === "ours" ? ours : theirs, path);
  };
  return {
    ...git,
    resolve: async (revision) => revision,
    async listTreeRaw(_, paths = []) {
      const wanted = below(paths);
      const files = [...(await whole).values()].filter((file) => wanted(pathOf(file)));
      return formatListing(await Promise.all(files.map(entryOf)));
    },
    read,
    async readMany(commit, paths, maxBytes = Number.POSITIVE_INFINITY) {
      const found = await Promise.all(paths.map(async (path) => [path, await read(commit, path)] as const));
      return new Map(found.flatMap(([path, bytes]) => (bytes && bytes.length <= maxBytes ? [[path, bytes] as const] : [])));
    },
  };
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
