import type { Git } from "./git.ts";
import { parseListing } from "./listing.ts";

/**
 * Commits of a repository that is far away, read from here as far as a commit that is here has the very same files.
 * @param known the commit that may be here
 */
export function createReadThrough(far: Git, here: Git, known: string): Git {
  const idsOf = async (git: Git, commit: string) =>
    new Map(parseListing(await git.listTreeRaw(commit)).map(({ path, id }) => [path, id]));
  let own: ReturnType<typeof idsOf> | undefined;
  const readMany: Git["readMany"] = async (commit, paths, maxBytes) => {
    if ((await here.resolve(known)) === undefined) return far.readMany(commit, paths, maxBytes);
    own ??= idsOf(here, known);
    const [asked, there] = [await idsOf(far, commit), await own];
    const same = paths.filter((path) => asked.has(path) && asked.get(path) === there.get(path));
    const isSame = new Set(same);
    const others = paths.filter((path) => !isSame.has(path));
    const [near, away] = await Promise.all([here.readMany(known, same, maxBytes), far.readMany(commit, others, maxBytes)]);
    return new Map([...near, ...away]);
  };
  return { ...far, readMany, read: async (commit, path) => (await readMany(commit, [path])).get(path) };
}
