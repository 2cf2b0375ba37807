import type { Severity } from "../spec/data-rule.ts";

/** A check that is made of every table. It fails where what it measures is above a limit. */
export interface CheckFacts {
  /** What is looked for, for people. */
  finds: string;
  /** What is compared with the limits: `share` of the rows, or something of its own. */
  measure: "share" | "columns" | "power" | "factor" | "points";
  warn?: number;
  error?: number;
  /** What makes it an error, whatever its measure. */
  errorWhen?: string;
  /** What else it takes, and what it leaves alone. */
  unless?: string;
}

/** Chosen so that a healthy table has no error and few warnings. */
export const checkFacts = {
  "empty-table": { finds: "a table without rows", measure: "columns", error: 0 },
  schema: {
    finds: "columns that the reference has and the table lacks, or the other way round",
    measure: "columns",
    warn: 0,
    errorWhen: "the table lacks one",
  },
  empty: {
    finds: "a column without any value",
    measure: "columns",
    warn: 0,
    errorWhen: "the reference has values there, or it is the target",
  },
  missing: { finds: "rows without a value", measure: "share", warn: 0.3, unless: "the column is empty" },
  infinite: { finds: "numbers that are infinite", measure: "share", warn: 0 },
  constant: {
    finds: "a column with one value in every row",
    measure: "columns",
    warn: 0,
    unless: "there are fewer than 10 rows",
  },
  "almost-constant": {
    finds: "one value in nearly every row",
    measure: "share",
    warn: 0.999,
    unless: "there are fewer than 1,000 rows; the target",
  },
  "type-mismatch": {
    finds:
      "words among numbers (up to 1 in 5), or numbers among words (up to 1 in 20); with a reference all that is not of its type",
    measure: "share",
    warn: 0,
    errorWhen: "the reference has none",
  },
  "string-variants": { finds: "spellings of one value that differ in case or blanks", measure: "share", warn: 0 },
  "id-like": {
    finds: "a column of which every row has another value, as of an id",
    measure: "columns",
    warn: 0,
    unless: "it is the id, is called one, has fractions, or there are fewer than 100 rows",
  },
  "duplicate-rows": { finds: "rows that repeat an earlier one in all but the id", measure: "share", warn: 0.01 },
  "label-conflicts": {
    finds: "rows with the same features and another label",
    measure: "share",
    warn: 0.01,
    unless: "nearly every row (95%) has features of its own: then each such row counts",
  },
  "target-leakage": {
    finds: "a column that alone tells the target",
    measure: "power",
    warn: 0.95,
    error: 0.999,
    unless: "there are fewer than 100 rows",
  },
  "out-of-range": {
    finds: "numbers beyond the reference's least and greatest",
    measure: "share",
    warn: 0.01,
    error: 0.5,
    unless: "it is an id, or so many are to be expected by chance (p above 0.01 of all columns together)",
  },
  "new-categories": {
    finds: "values that the reference lacks",
    measure: "share",
    warn: 0.01,
    error: 0.2,
    unless: "so many are to be expected from how many the reference has once (Good and Turing)",
  },
  cardinality: {
    finds: "many more or many fewer different values than in the reference",
    measure: "factor",
    warn: 2,
    unless: "they are fewer than 10 more or less, or the number of rows explains it",
  },
  "class-balance": {
    finds: "labels whose shares differ from the reference's",
    measure: "points",
    warn: 0.1,
    error: 0.3,
    unless: "chance explains it (p above 0.001)",
  },
  "train-test-overlap": {
    finds: "test rows that are in the table too, in all but the id",
    measure: "share",
    warn: 0,
    error: 0.01,
    unless: "rows of both tables repeat each other so often as well; of fewer than 5 rows it is a warning",
  },
  "date-leakage": { finds: "test rows dated before the table's last row", measure: "share", warn: 0 },
} as const satisfies Record<string, CheckFacts>;

export type CheckName = keyof typeof checkFacts;

/** How bad it is; undefined: it is in order. */
export function severityOf(check: CheckName, measured: number): Severity | undefined {
  const { warn, error }: CheckFacts = checkFacts[check];
  if (error !== undefined && measured > error) return "error";
  return warn !== undefined && measured > warn ? "warn" : undefined;
}

/** How bad a failure of it can be. */
export function worstSeverity(check: CheckName): Severity {
  const { error, errorWhen }: CheckFacts = checkFacts[check];
  return error === undefined && errorWhen === undefined ? "warn" : "error";
}
