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
  | {
      kind: "multilabel";
      /** Every label of truth and predictions, sorted. */
      classes: readonly string[];
      /** One 0/1 array a class. */
      indicators: readonly Uint8Array[];
      /** One array a class, of the probability that it applies; empty when the model gives none. */
      probabilities: readonly Float64Array[];
    }
  | {
      kind: "scored";
      /** Numeric columns by name; of a row that was scored several times their means. */
      scores: ReadonlyMap<string, Float64Array>;
      /** How often each row was scored, where any was more than once. */
      repeats: Int32Array | undefined;
    }
);

/** Predictions before their digest is known. */
export type PredictionRows = WithoutDigest<Predictions>;
type WithoutDigest<T> = T extends unknown ? Omit<T, "digest"> : never;

/** The truth of a test set, in row order. */
export type Truth = { ids: readonly string[] } & (
  | { kind: "classification"; labels: readonly string[] }
  | { kind: "regression"; values: Float64Array }
  /** The labels of each row; `classes` are all of them, sorted. */
  | { kind: "multilabel"; classes: readonly string[]; indicators: readonly Uint8Array[] }
  | { kind: "scored" }
);

/** What is declared of the test rows besides their truth; all of it in row order. */
export interface RowDesign {
  /** Sample weights, finite and ≥ 0, not all 0. */
  weights: Float64Array | undefined;
  /** Position of each row's group among the groups, which are numbered from 0 without gaps. */
  group: { column: string; of: Int32Array; groups: number } | undefined;
  slices: readonly SliceRows[];
}

/** The rows of each value of a declared column, all values in their order of appearance. */
export interface SliceRows {
  column: string;
  minRows: number;
  values: readonly { value: string; rows: Int32Array }[];
}

export const plainRows: RowDesign = { weights: undefined, group: undefined, slices: [] };
