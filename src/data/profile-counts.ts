import { byFrequency } from "./value-counts.ts";

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
export const maxNewValues = 20;

/** Counts values in any order, those that are not finite apart. */
export interface KnotCounter {
  add(values: Float64Array): void;
  counts(): { distribution: DistributionCounts; missing: number; infinite: number };
}

export function createKnotCounter(knots: readonly number[]): KnotCounter {
  // A power of two of places, so that each step halves them without a branch that the processor has to guess.
  const half = 2 ** Math.ceil(Math.log2(knots.length + 1)) / 2;
  const sorted = new Float64Array(2 * half).fill(Number.POSITIVE_INFINITY);
  sorted.set(knots);
  /** Between and on knots in turn: less than the first, the first, between first and second … */
  const cells = new Float64Array(4 * half + 1);
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [missing, infinite] = [0, 0];
  return {
    add(values) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
        if (value - value !== 0) {
          if (Number.isNaN(value)) missing++;
          else infinite++;
          continue;
        }
        let low = 0;
        for (let step = half; step >= 1; step >>= 1) low += step & -Number((sorted[low + step - 1] as number) < value);
        const cell = 2 * low + Number(sorted[low] === value);
        cells[cell] = (cells[cell] as number) + 1;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
    },
    counts() {
      const below: number[] = [];
      const atMost: number[] = [];
      let count = 0;
      for (let knot = 0; knot < knots.length; knot++) {
        count += cells[2 * knot] ?? 0;
        below.push(count);
        count += cells[2 * knot + 1] ?? 0;
        atMost.push(count);
      }
      count += cells[2 * knots.length] ?? 0;
      const ends = count === 0 ? { least: undefined, greatest: undefined } : { least: least + 0, greatest: greatest + 0 };
      return { distribution: { count, below, atMost, ...ends }, missing, infinite };
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
      mostFrequent: others.sort(byFrequency).slice(0, maxNewValues),
    },
  };
}
