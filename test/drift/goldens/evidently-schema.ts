import { z } from "zod";
import { madeColumnSchema } from "./made-columns.ts";

const measured = z.object({ score: z.number(), drifted: z.boolean() });
const foundSchema = z.object({
  type: z.string(),
  /** Of columns that Evidently compares. */
  default: z.optional(z.object({ measure: z.string(), score: z.number(), drifted: z.boolean() })),
  byMeasure: z.optional(z.record(z.string(), measured)),
});

const tableSchema = z.object({
  rows: z.tuple([z.int(), z.int()]),
  columns: z.array(madeColumnSchema.extend({ is: foundSchema })),
  dataset: z.object({ drifted: z.int(), share: z.number(), isDrift: z.boolean() }).nullable(),
});
export type EvidentlyGolden = z.infer<typeof tableSchema>;

/** What make-evidently.py writes. */
export const evidentlyGoldens = z.object({ tables: z.array(tableSchema) });
