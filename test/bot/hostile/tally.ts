import { expect } from "vitest";

/** Counts the corpus' cases: those that there are, and those that ended as they have to. */
export interface Tally {
  declare(count: number): void;
  played(kind: string): void;
  readonly declared: number;
  readonly cases: number;
  /** One a kind. */
  lines(): readonly string[];
}

export function createTally(): Tally {
  const kinds = new Map<string, number>();
  let declared = 0;
  return {
    declare(count) {
      declared += count;
    },
    played: (kind) => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1),
    get declared() {
      return declared;
    },
    get cases() {
      return [...kinds.values()].reduce((total, count) => total + count, 0);
    },
    lines: () => [...kinds].map(([kind, count]) => `${String(count).padStart(5)} ${kind}`),
  };
}

/** Of everything that may not happen, what did: an empty list is what a case ends with. */
export function expectNone(found: readonly string[]): void {
  expect(found).toEqual([]);
}
