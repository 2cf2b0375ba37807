import type { Comparison, Contents } from "./contents.ts";
import type { GitHub } from "./github.ts";
import type { Tags } from "./tags.ts";

/** Answers about commits and tag objects, which never change, kept for whoever asks next: the oldest give way. */
export class CommitCache {
  readonly #maxBytes: number;
  readonly #now: () => number;
  readonly #answers = new Map<string, { answer: Promise<unknown>; bytes: number; until: number }>();
  #bytes = 0;

  constructor(maxBytes = 64 * 1024 * 1024, now: () => number = Date.now) {
    this.#maxBytes = maxBytes;
    this.#now = now;
  }

  /** @param sizeOf what the answer takes, about, in bytes */
  once<T>(key: readonly unknown[], ask: () => Promise<T>, sizeOf: (answer: T) => number): Promise<T> {
    const name = JSON.stringify(key);
    const known = this.#answers.get(name);
    if (known && this.#now() < known.until) return known.answer as Promise<T>;
    if (known) this.#drop(name, known);
    const answer = ask();
    const entry = { answer, bytes: 0, until: Number.POSITIVE_INFINITY };
    this.#answers.set(name, entry);
    answer.then(
      (value) => {
        if (value === undefined) entry.until = this.#now() + keptAbsent;
        this.#keep(entry, name.length + overhead + sizeOf(value));
      },
      // What failed is asked again.
      () => this.#answers.delete(name),
    );
    return answer;
  }

  #keep(entry: { bytes: number }, bytes: number): void {
    entry.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#answers) {
      if (this.#bytes <= this.#maxBytes) return;
      // One that is still asked for takes nothing yet.
      if (freed === 0) continue;
      this.#drop(oldest, { bytes: freed });
    }
  }

  #drop(name: string, { bytes }: { bytes: number }): void {
    this.#answers.delete(name);
    this.#bytes -= bytes;
  }
}

/** Milliseconds. GitHub also says 404 of what was pushed a moment ago, and while a permission lapsed. */
const keptAbsent = 10_000;
/** Of an entry besides its key and its answer. */
const overhead = 200;
const isCommit = (ref: string) => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(ref);

/** GitHub, asked once what a commit or a tag object holds and how two commits differ. */
export function withCommitCache(github: GitHub, repositoryId: number, cache: CommitCache): GitHub {
  const { contents, tags } = github;
  // A branch's tip moves.
  const peek: Contents["peek"] = (path, ref) =>
    isCommit(ref)
      ? cache.once([repositoryId, "peek", path, ref], () => contents.peek(path, ref), sizeOfFile)
      : contents.peek(path, ref);
  const compare: Contents["compare"] = (base, head) =>
    isCommit(base)
      ? cache.once([repositoryId, "compare", base, head], () => contents.compare(base, head), sizeOfComparison)
      : contents.compare(base, head);
  const readObject: Tags["readObject"] = (sha) =>
    cache.once(
      [repositoryId, "tag", sha],
      () => tags.readObject(sha),
      ({ annotation }) => annotation.message.length,
    );
  return { ...github, contents: { ...contents, peek, compare }, tags: { ...tags, readObject } };
}

function sizeOfFile(file: { bytes: Buffer | undefined } | undefined): number {
  return file?.bytes?.length ?? 0;
}

function sizeOfComparison(comparison: Comparison | undefined): number {
  return (comparison?.paths ?? []).reduce((sum, path) => sum + 2 * path.length, 0);
}
