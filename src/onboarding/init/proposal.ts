/** A line of `assay.yml` that is proposed, or a map of lines. */
export interface Entry {
  key: string;
  /** What it was guessed from, a sentence; undefined where there is nothing to explain. */
  why?: string | undefined;
  content: Content;
}

export type Content =
  | { value: unknown }
  | { entries: readonly Entry[] }
  /** What a person has to write there, a sentence: the line stays empty, and the file is not valid until it is filled in. */
  | { missing: string };

export interface ModelProposal {
  name: string;
  /** Why it is called that. */
  why: string;
  entries: readonly Entry[];
  /** What to know or to do beside the file, sentences. */
  notes: readonly string[];
  /** Files that it needs and the repository has not, by path in the repository. */
  files: ReadonlyMap<string, string>;
}

export const value = (key: string, given: unknown, why?: string): Entry => ({ key, why, content: { value: given } });
export const map = (key: string, entries: readonly (Entry | undefined)[]): Entry => ({
  key,
  content: { entries: entries.filter((entry) => entry !== undefined) },
});
export const missing = (key: string, what: string): Entry => ({ key, content: { missing: what } });

/** The entries below these that say something, with their dotted keys. */
export function flatten(entries: readonly Entry[], parent: string): readonly { path: string; entry: Entry }[] {
  return entries.flatMap((entry) => {
    const path = `${parent}.${entry.key}`;
    const below = "entries" in entry.content ? flatten(entry.content.entries, path) : [];
    return [{ path, entry }, ...below];
  });
}
