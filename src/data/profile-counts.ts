import { compareCodePoints } from "./value-counts.ts";

/** A table counted at the knots and categories of a profile, by the profile's types: what is compared with the profile. */
export interface TableCounts {
  rows: number;
  /** In the profile's order. */
  columns: readonly ColumnCounts[];
  /** Columns that the profile lacks, in the table's order. */
  added: readonly string[];
}

export type ColumnCounts =
  | { type: "absent"; name: string }
  | (PresentColumn &
      (
        | { type: "number"; infinite: number; distribution: DistributionCounts }
        /** `text`: of lengths in code points. */
        | { type: "time" | "text"; distribution: DistributionCounts }
        | { type: "category" | "boolean"; counts: CategoryCounts }
      ));

interface PresentColumn {
  name: string;
  missing: number;
  /** Values that are not of the profile's type, such as a word where it has numbers; in none of the other counts. */
  mistyped: number;
}

/** Where finite values lie between and on the knots of a profile's `Distribution`. */
export interface DistributionCounts {
  count: number;
  /** Rows with less than the knot of the same place; the first are out of range. */
  below: readonly number[];
  /** Rows with at most the knot of the same place; `count` less the last are out of range. */
  atMost: readonly number[];
  /** Undefined where there are no values. */
  least: number | undefined;
  greatest: number | undefined;
}

export interface CategoryCounts {
  /** Of the profile's `values`, in their order. */
  values: readonly number[];
  /** What is not among the profile's values: new, unless the profile has `others` too. */
  others: { distinct: number; count: number; mostFrequent: readonly { value: string; count: number }[] };
}

/** Values outside the profile that are kept by name. */
const maxNewValues = 20;

/** Counts finite values in any order. */
export interface KnotCounter {
  add(values: Float64Array): void;
  counts(): DistributionCounts;
}

export function createKnotCounter(knots: readonly number[]): KnotCounter {
  const sorted = Float64Array.from(knots);
  const size = sorted.length;
  /** Between and on knots in turn: less than the first, the first, between first and second … */
  const cells = new Float64Array(2 * size + 1);
  let least = Infinity;
  let greatest = -Infinity;
  return {
    add(values) {
      for (const value of values) {
        let low = 0;
        let high = size;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if ((sorted[middle] as number) < value) low = middle + 1;
          else high = middle;
        }
        const cell = 2 * low + (sorted[low] === value ? 1 : 0);
        cells[cell] = (cells[cell] as number) + 1;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
    },
    counts() {
      const below: number[] = [];
      const atMost: number[] = [];
      let count = 0;
      for (let knot = 0; knot < size; knot++) {
        count += cells[2 * knot] ?? 0;
        below.push(count);
        count += cells[2 * knot + 1] ?? 0;
        atMost.push(count);
      }
      count += cells[2 * size] ?? 0;
      return count === 0
        ? { count, below, atMost, least: undefined, greatest: undefined }
        : { count, below, atMost, least: least + 0, greatest: greatest + 0 };
    },
  };
}

/** @param found how often each value occurs, as `shortValue` calls it */
export function countCategories(values: readonly { value: string }[], found: ReadonlyMap<string, number>): CategoryCounts {
  const known = new Set(values.map(({ value }) => value));
  const others = [...found].filter(([value]) => !known.has(value)).map(([value, count]) => ({ value, count }));
  return {
    values: values.map(({ value }) => found.get(value) ?? 0),
    others: {
      distinct: others.length,
      count: others.reduce((sum, { count }) => sum + count, 0),
      mostFrequent: others.sort((a, b) => b.count - a.count || compareCodePoints(a.value, b.value)).slice(0, maxNewValues),
    },
  };
}
