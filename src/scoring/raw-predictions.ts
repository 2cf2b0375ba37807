import type { Column } from "../data/table.ts";

/** Predictions as a scorer gave them, before they are joined with the test set on `id`. */
export interface RawPredictions {
  /** The file that they were read from, as messages name it; undefined: a scorer of ours gave them. */
  source?: string | undefined;
  /** Undefined when the rows are in the test set's order. */
  ids: readonly string[] | undefined;
  /** Predicted labels as text (of `multilabel` tasks `red|round`; "" where the file has none), or numbers for regression; empty: there is no such column. */
  predictions: readonly string[] | Float64Array;
  /** Columns `score` or `proba_<class>`, by class label; `score` is kept under the empty label. */
  scores: ReadonlyMap<string, Float64Array>;
  /** What `scored` tasks read: the columns that may be scores, as they were read. */
  columns?: readonly Column[] | undefined;
}

/** @returns how many rows there are */
export function countRows({ ids, predictions, columns }: RawPredictions): number {
  return (ids ?? predictions).length || (columns?.[0]?.values.length ?? 0);
}
