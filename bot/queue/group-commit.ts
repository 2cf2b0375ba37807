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
  readonly #isAboutItem: (error: unknown) => boolean;
  #waiting: Waiting<Item, Result>[] = [];
  #committing: Promise<void> | undefined;
  #committedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param commit all of them or none; the results in their order
   * @param isAboutItem whether an error says that the item cannot be kept, and nothing of the others
   */
  constructor(commit: (items: readonly Item[]) => Promise<readonly Result[]>, isAboutItem: (error: unknown) => boolean) {
    this.#commit = commit;
    this.#isAboutItem = isAboutItem;
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
      if (group.length > 1) await this.#commitEachAlone(group);
      else group[0]?.reject(error);
    }
  }

  /** One that cannot be kept must not keep the others out; a store that does not answer is not asked for each of them. */
  async #commitEachAlone(group: readonly Waiting<Item, Result>[]): Promise<void> {
    let ill: { error: unknown } | undefined;
    for (const { item, resolve, reject } of group) {
      try {
        if (ill) throw ill.error;
        const [result] = await this.#commit([item]);
        resolve(result as Result);
      } catch (error) {
        if (!this.#isAboutItem(error)) ill = { error };
        reject(error);
      }
    }
  }
}
