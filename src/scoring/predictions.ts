import type { Digest } from "../evidence/digest.ts";

/**
 * What a model says about the rows of a test set, in the test set's row order.
 * Labels are text for classification; values are numbers for regression.
 */
export type Predictions = {
  /** Row ids, unique. */
  ids: readonly string[];
  /** SHA-256 over the canonical CSV of ids, predictions and scores. */
  digest: Digest;
} & (
  | {
      kind: "classification";
      labels: readonly string[];
      /** Class labels of the columns of `probabilities`. */
      classes: readonly string[];
      /** One array a class, of the rows' probabilities; or for binary tasks one `score` of the positive class alone; empty when the model gives none. */
      probabilities: readonly Float64Array[];
    }
  | { kind: "regression"; values: Float64Array }
);

/** Predictions before their digest is known. */
export type PredictionRows = WithoutDigest<Predictions>;
type WithoutDigest<T> = T extends unknown ? Omit<T, "digest"> : never;

/** The truth of a test set, in row order. */
export type Truth = { ids: readonly string[] } & (
  | { kind: "classification"; labels: readonly string[] }
  | { kind: "regression"; values: Float64Array }
);
