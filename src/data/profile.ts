/** What a column holds. `text`: nearly every value is its own, so its length is looked at. `time`: milliseconds since 1970 in UTC. */
export const columnTypes = ["number", "boolean", "category", "text", "time"] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Where a column's finite numbers lie: an empirical distribution function at a few values, exact there. */
export interface Distribution {
  /** Finite values. */
  count: number;
  /**
   * Ascending and distinct, from the least value to the greatest; at most `maxKnots`. Where there are more values than that,
   * fewer than `count / (maxKnots - 1)` rows lie strictly between two of them.
   */
  knots: readonly number[];
  /** Rows with at most the value of the same place; the last is `count`. */
  atMost: readonly number[];
  /** Whether `knots` are all values that there are. */
  isExact: boolean;
  /** 0 where there are no values. */
  mean: number;
  /** With `count` in the denominator. */
  std: number;
}

/** How often each value occurs. */
export interface ValueCounts {
  /** The most frequent first, ties by code points; at most `maxCategories`. */
  values: readonly { value: string; count: number }[];
  /** Of those that are not in `values`; after merging, `distinct` is the most that there can be. */
  others: { distinct: number; count: number };
}

interface AnyColumn {
  name: string;
  /** Rows without a value: empty, null or NaN; a time that is infinite. */
  missing: number;
}

export type ColumnProfile = AnyColumn &
  (
    | { type: "number"; infinite: number; distribution: Distribution }
    | { type: "time"; distribution: Distribution }
    | { type: "category" | "boolean"; counts: ValueCounts }
    /** Lengths in code points; after merging, `distinct` is the most that there can be. */
    | { type: "text"; distribution: Distribution; distinct: number }
  );

/** A table as drift and quality see it; small, and it can stand in for the table. */
export interface Profile {
  schema: "assay.profile/v1";
  rows: number;
  columns: readonly ColumnProfile[];
}

export const maxKnots = 500;
export const maxCategories = 1_000;
/** A value with more code points stands in a profile as its beginning and its digest. */
export const maxValueLength = 200;
