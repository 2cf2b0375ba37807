import * as z from "zod/mini";
import { digest } from "./digest-schema.ts";

/** What evidence says of what is wrong with a table: no cell's value is in it but those that may be shown. */
const text = (max: number) => z.string().check(z.maxLength(max));
const count = z.int().check(z.gte(0));
const severity = z.enum(["error", "warn"]);
/** Rows that are at fault, of how many that were looked at. */
const rowsAtFault = z.strictObject({ count, of: count });

/** Faults of a table that are recorded, the new and the bad ones first. */
export const maxFaults = 500;

/** A check that the table does not pass. */
export const faultSchema = z.strictObject({
  /** Stable: `missing`, `rule.amount.min`. */
  check: text(1_500),
  /** What it is about; empty where it is the whole table. */
  columns: z.array(text(200)).check(z.maxLength(50)),
  severity,
  /** Absent where it is not about single rows. */
  rows: z.optional(rowsAtFault),
  /** Numbers of the first of these rows, 1 being the first row of data. */
  examples: z.array(z.int().check(z.gte(1))).check(z.maxLength(20)),
  /** The rows are the test table's, or those of the baseline's where the change is judged on that too. */
  examplesOf: z.optional(z.enum(["test", "old-test"])),
  /** Where the first of these rows stands; known of text files that are not too long, for a few faults. */
  place: z.optional(z.strictObject({ file: text(4_096), line: z.int().check(z.gte(1)) })),
  /** A sentence for people. */
  message: text(2_000),
  /** That the baseline's table does not pass it either, and how. */
  before: z.optional(z.strictObject({ severity, rows: z.optional(rowsAtFault) })),
});
export type Fault = z.infer<typeof faultSchema>;

export const tableQualitySchema = z.strictObject({
  table: text(4_096),
  rows: count,
  columns: count,
  /** Of all that it was asked of the table and with what: with the same, the answer is the same. Absent where that cannot be known. */
  asked: z.optional(digest),
  faults: z.array(faultSchema).check(z.maxLength(maxFaults)),
  /** Faults that are too many to name. */
  leftOut: count,
  /** Checks that it passes. */
  passed: count,
});
export type TableQuality = z.infer<typeof tableQualitySchema>;
