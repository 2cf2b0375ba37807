import type { GitHub } from "../../src/github/github.ts";

/** Answers about commits, which never change, kept across subjects: the oldest give way. */
export type CommitCache = Map<string, Promise<unknown>>;

const maxEntries = 2_000;
const isCommit = (ref: string) => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(ref);

/** GitHub, asked once what a commit holds and how two commits differ. */
export function withCommitCache(github: GitHub, repositoryId: number, cache: CommitCache): GitHub {
  function once<T>(key: readonly string[], ask: () => Promise<T>): Promise<T> {
    const name = JSON.stringify([repositoryId, ...key]);
    const known = cache.get(name) as Promise<T> | undefined;
    if (known) return known;
    const asked = ask();
    cache.set(name, asked);
    // What failed is asked again.
    asked.catch(() => cache.delete(name));
    for (const oldest of cache.keys()) {
      if (cache.size <= maxEntries) break;
      cache.delete(oldest);
    }
    return asked;
  }
  const { contents } = github;
  return {
    ...github,
    contents: {
      ...contents,
      read: (path, ref) => (isCommit(ref) ? once(["read", path, ref], () => contents.read(path, ref)) : contents.read(path, ref)),
      // A branch's tip moves.
      compare: (base, head) =>
        isCommit(base) ? once(["compare", base, head], () => contents.compare(base, head)) : contents.compare(base, head),
    },
  };
}
