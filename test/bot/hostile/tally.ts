import { expect } from "vitest";

/** What no case may end with. */
const kinds = ["escapes", "wrong posts", "passed"] as const;
type Kind = (typeof kinds)[number];

/** Counts the corpus' cases: those that there are, those that ended as they have to, and what happened that may not. */
export interface Tally {
  declare(count: number): void;
  played(of: string): void;
  /** Of what may not happen, what did: an empty list is what a case ends with. */
  expectNone(kind: Kind, found: readonly unknown[]): void;
  readonly declared: number;
  /** The sum of all kinds of cases in the last line. */
  lines(): readonly string[];
}

export function createTally(): Tally {
  const ended = new Map<string, number>();
  const happened = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
  let declared = 0;
  return {
    declare(count) {
      declared += count;
    },
    played: (of) => void ended.set(of, (ended.get(of) ?? 0) + 1),
    expectNone(kind, found) {
      happened.set(kind, (happened.get(kind) ?? 0) + found.length);
      expect(found, kind).toEqual([]);
    },
    get declared() {
      return declared;
    },
    lines() {
      const held = [...ended.values()].reduce((total, count) => total + count, 0);
      const cases = held === declared ? `${held} cases` : `${held} of ${declared} cases held`;
      return [
        ...[...ended].map(([of, count]) => `${String(count).padStart(5)} ${of}`),
        `hostile corpus: ${[cases, ...[...happened].map(([kind, count]) => `${count} ${kind}`)].join(", ")}`,
      ];
    },
  };
}
