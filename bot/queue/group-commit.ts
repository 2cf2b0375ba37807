import { setTimeout as sleep } from "node:timers/promises";

/** How many are committed together at most: a transaction stays short. */
const mostTogether = 100;
const momentMilliseconds = 10;

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Commits one group after the other: what comes while a transaction runs goes into the next one together. A disk that has to be
 * written to for every commit is then asked once a group instead of once an item.
 */
export class GroupCommit<Item, Result> {
  readonly #commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  #waiting: Waiting<Item, Result>[] = [];
  #committing: Promise<void> | undefined;
  #committedAt = Number.NEGATIVE_INFINITY;

  /** @param commit all of them or none; the results in their order */
  constructor(commit: (items: readonly Item[]) => Promise<readonly Result[]>) {
    this.#commit = commit;
  }

  /** Resolves when the item is committed. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#committing ??= this.#commitAll();
    });
  }

  /** Resolves when nothing was added for a moment, or after so long. */
  async quiet(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    const isBusy = () => this.#committing !== undefined || performance.now() - this.#committedAt < momentMilliseconds;
    while (isBusy() && performance.now() < end) await sleep(momentMilliseconds);
  }

  async #commitAll(): Promise<void> {
    // What arrives in the same turn is in the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commitGroup(this.#waiting.splice(0, mostTogether));
    this.#committing = undefined;
    this.#committedAt = performance.now();
  }

  async #commitGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#commit(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      // One that cannot be kept must not keep the others out.
      if (group.length > 1) for (const one of group) await this.#commitGroup([one]);
      else group[0]?.reject(error);
    }
  }
}
