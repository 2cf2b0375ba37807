import * as z from "zod/mini";

/** What was found in a table: facts for people and gates. No cell's value is in it but those that may be shown. */
const text = (max: number) => z.string().check(z.maxLength(max));
const count = z.int().check(z.gte(0));

export const maxExamples = 20;
/** Names of data and rules may be longer than anybody reads. */
export const maxCheckName = 1_500;
export const maxColumns = 50;
export const maxColumnName = 200;
export const maxMessage = 2_000;
/** Of one kind; the worst are kept. */
export const [maxErrors, maxWarnings] = [500, 100];

export const qualityCheckSchema = z.strictObject({
  /** Stable: `missing`, `rule.amount.min`. */
  name: text(maxCheckName),
  /** What it is about; empty where it is the whole table, or where nothing was found. */
  columns: z.array(text(maxColumnName)).check(z.maxLength(maxColumns)),
  /** Of a failed check how bad it is, of others how bad it could have been. */
  severity: z.enum(["error", "warn"]),
  /** `unknown`: a rule that could not be computed, of whatever data. */
  status: z.enum(["pass", "fail", "unknown", "skipped"]),
  /** Rows that are at fault, of how many that were looked at; absent where it is not about single rows. */
  rows: z.optional(z.strictObject({ count, of: count })),
  /** Numbers of the first of these rows, 1 being the first row of data. `test`: they are of the test table, `old-test`: of the one before. */
  examples: z.array(z.int().check(z.gte(1))).check(z.maxLength(maxExamples)),
  examplesOf: z.optional(z.enum(["test", "old-test"])),
  /** Where the first of these rows stands; known of text files that are not too long. */
  place: z.optional(z.strictObject({ file: text(4_096), line: z.int().check(z.gte(1)) })),
  /** A sentence for people. */
  message: text(maxMessage),
});
export type QualityCheck = z.infer<typeof qualityCheckSchema>;

export const qualityResultSchema = z.strictObject({
  table: text(4_096),
  rows: count,
  columns: count,
  checks: z.array(qualityCheckSchema).check(z.maxLength(20_000)),
  /** Failed checks that are too many to name. */
  leftOut: count,
});
export type QualityResult = z.infer<typeof qualityResultSchema>;

/** Failed checks of a severity. */
export function failures({ checks }: QualityResult, severity: QualityCheck["severity"]): QualityCheck[] {
  return checks.filter((check) => check.status === "fail" && check.severity === severity);
}

/** Rules of a severity of which nobody knows whether they are kept. */
export function uncomputed({ checks }: QualityResult, severity?: QualityCheck["severity"]): QualityCheck[] {
  return checks.filter((check) => check.status === "unknown" && (severity ?? check.severity) === check.severity);
}
