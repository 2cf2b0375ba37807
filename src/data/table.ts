/** A column as read: numbers as float64 with NaN for missing, anything else as text with null for missing. */
export type Column =
  | { kind: "number"; name: string; values: Float64Array }
  | { kind: "text"; name: string; values: readonly (string | null)[] };

/** A table in memory, by columns; test sets, predictions and small training tables. */
export interface Table {
  rows: number;
  /** In the file's order. */
  columns: readonly Column[];
}
