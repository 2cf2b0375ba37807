import * as z from "zod/mini";
import { columnTypes } from "../data/profile.ts";
import { digest } from "./digest-schema.ts";
import { tableQualitySchema } from "./quality-evidence.ts";

/** What evidence says of the data that a run was trained on: facts only. Nothing in it is a cell's value but labels that may be shown. */
const text = (max = 1_000) => z.string().check(z.maxLength(max));
const count = z.int().check(z.gte(0));
const finite = z.number();
const probability = finite.check(z.gte(0), z.lte(1));

/** One comparison of a column. It drifted when the effect is over its limit and, where there are p-values, chance does not explain it. */
export const driftTestSchema = z.strictObject({
  /** `values`: where they lie, or how often each occurs. `embedding`: of several columns together. */
  of: z.enum(["values", "missing", "infinite", "new-categories", "out-of-range", "embedding"]),
  /** `ks`, `js`, `share`, `wasserstein`, … */
  measure: text(50),
  value: finite,
  /** An effect up to it is none. */
  limit: finite,
  /** What chance alone exceeds in 1 of 20, with no drift at all. */
  noise: z.optional(finite),
  /** Of numbers: how far the sides lie apart, in about standard deviations whatever their shape (Wasserstein's distance of normal scores). */
  shift: z.optional(finite),
  pValue: z.optional(probability),
  /** After correction for all tests of all columns. */
  adjusted: z.optional(probability),
  drifted: z.boolean(),
});
export type DriftTest = z.infer<typeof driftTestSchema>;

/** Rows per bin on both sides; of numbers between edges, of categories by label. */
export const histogramSchema = z.strictObject({
  edges: z.optional(z.array(finite).check(z.maxLength(41))),
  /** Absent where values are not to be shown: then the bins have no names. */
  labels: z.optional(z.array(text(200)).check(z.maxLength(40))),
  reference: z.array(count).check(z.maxLength(40)),
  current: z.array(count).check(z.maxLength(40)),
});
export type Histogram = z.infer<typeof histogramSchema>;

export const driftColumnSchema = z.strictObject({
  name: text(),
  /** Of the reference; absent of a column that it lacks. */
  type: z.optional(z.enum(columnTypes)),
  /** `added` and `removed`: only one side has it. `retyped`: it holds something else now. */
  state: z.enum(["drifted", "stable", "added", "removed", "retyped", "not-compared"]),
  /** Why it was not compared, for people. */
  why: z.optional(text()),
  tests: z.array(driftTestSchema).check(z.maxLength(10)),
  /** Rows without a value, as a share. */
  missing: z.optional(z.strictObject({ reference: probability, current: probability })),
  histogram: z.optional(histogramSchema),
});
export type DriftColumn = z.infer<typeof driftColumnSchema>;

/** Whether a column counts as drifted: it moved, or it is not what it was. */
export function hasDrifted({ state }: Pick<DriftColumn, "state">): boolean {
  return state !== "stable" && state !== "not-compared";
}

/** How many times its limit an effect is. */
export function timesLimit({ value, limit }: Pick<DriftTest, "value" | "limit">): number {
  return limit > 0 ? value / limit : value;
}

/** A table compared with its reference. */
export const driftSchema = z.strictObject({
  preset: text(50),
  rows: z.strictObject({ reference: count, current: count }),
  /** Drifted ones first, by how far over their limit they are. */
  columns: z.array(driftColumnSchema).check(z.maxLength(10_000)),
  drifted: count,
  /** Of very many columns those that are not listed, which come last, and listed ones without their picture. */
  leftOut: z.optional(z.strictObject({ columns: count, pictures: count })),
  /** Whether the table as a whole has drifted, by a preset's own rule: the share of compared columns that drifted, and from where on. */
  dataset: z.optional(z.strictObject({ share: probability, limit: probability, drifted: z.boolean() })),
  /** The smallest shift of one numeric column, in standard deviations, that is found in 9 of 10 cases with so many rows. */
  smallestShift: z.optional(finite),
});
export type DriftResult = z.infer<typeof driftSchema>;

const tableSchema = z.strictObject({
  path: text(4_096),
  rows: count,
  columns: count,
  /** Of its profile, which is kept. */
  profile: z.optional(digest),
  /** Why none could be made. */
  profileMissing: z.optional(text(4_000)),
});

export const dataEvidenceSchema = z.strictObject({
  tables: z.array(tableSchema).check(z.maxLength(10)),
  /** The training data is the baseline's, byte for byte: there is nothing to compare. */
  unchanged: z.optional(z.literal(true)),
  drift: z.optional(z.array(z.extend(driftSchema, { table: text(4_096) })).check(z.maxLength(10))),
  /** Why drift was asked for and could not be looked for. */
  driftMissing: z.optional(text(4_000)),
  /** What is wrong with training tables, and with a test table that rules name; absent where nobody asked. */
  quality: z.optional(z.array(tableQualitySchema).check(z.maxLength(20))),
  /** Why quality was asked for and could not be looked at. */
  qualityMissing: z.optional(text(4_000)),
});
export type DataEvidence = z.infer<typeof dataEvidenceSchema>;
