/** Predictions as a scorer gave them, before they are joined with the test set on `id`. */
export interface RawPredictions {
  /** Undefined when the rows are in the test set's order (a scorer of ours). */
  ids: readonly string[] | undefined;
  /** Predicted labels as text, or numbers for regression. */
  predictions: readonly string[] | Float64Array;
  /** Columns `score` or `proba_<class>`, by class label; `score` is kept under the empty label. */
  scores: ReadonlyMap<string, Float64Array>;
}
