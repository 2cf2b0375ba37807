/** What a preset of ours says otherwise than the tool whose numbers it gives, and the largest difference of two numbers. */
export interface Differences {
  said: string[];
  largest: number;
  compared: number;
}

export interface DifferenceFinder {
  equal(about: string, ours: unknown, theirs: unknown): void;
  /** To 1e-6, of the number itself where it is larger than 1. */
  near(about: string, ours: number, theirs: number): void;
  found: Differences;
}

export function createDifferenceFinder(rows: readonly [number, number]): DifferenceFinder {
  const found: Differences = { said: [], largest: 0, compared: 0 };
  const say = (about: string, ours: unknown, theirs: unknown) =>
    found.said.push(`${about}, ${rows.join(" against ")} rows: ${String(ours)}, the tool itself ${String(theirs)}`);
  return {
    found,
    equal(about, ours, theirs) {
      found.compared++;
      if (ours !== theirs) say(about, ours, theirs);
    },
    near(about, ours, theirs) {
      found.compared++;
      const difference = Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs));
      if (!(difference <= 1e-6)) say(about, ours, theirs);
      else found.largest = Math.max(found.largest, difference);
    },
  };
}
