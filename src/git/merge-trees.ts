import type { TreeEntry } from "./git.ts";

export interface Sides {
  /** The commit that both come from. */
  base: readonly TreeEntry[];
  ours: readonly TreeEntry[];
  theirs: readonly TreeEntry[];
}

/** A file of a merge, as the side has it that changed it; or changed by both, so that only its content can be merged. */
export type MergedFile = { entry: TreeEntry; from: "ours" | "theirs" } | { path: string; from: "both" };

/** What comes out when two sides are merged by whole files, in git's order. Renames are none here: a file went, and another came. */
export function mergeTrees({ base, ours, theirs }: Sides): readonly MergedFile[] {
  const [before, left, right] = [base, ours, theirs].map((entries) => new Map(entries.map((entry) => [entry.path, entry])));
  const paths = [...new Set([...ours, ...theirs].map(({ path }) => path))];
  const merged = paths.flatMap((path): MergedFile[] => {
    const [was, our, their] = [before?.get(path), left?.get(path), right?.get(path)];
    if (isSame(our, their) || isSame(was, their)) return our ? [{ entry: our, from: "ours" }] : [];
    if (isSame(was, our)) return their ? [{ entry: their, from: "theirs" }] : [];
    return [{ path, from: "both" }];
  });
  return merged.toSorted((a, b) => Buffer.compare(Buffer.from(pathOf(a)), Buffer.from(pathOf(b))));
}

export function pathOf(file: MergedFile): string {
  return "entry" in file ? file.entry.path : file.path;
}

function isSame(a: TreeEntry | undefined, b: TreeEntry | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}
