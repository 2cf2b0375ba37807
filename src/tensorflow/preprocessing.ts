import * as z from "zod/mini";

const name = z.string().check(z.maxLength(1_000));
const finite = z.number();
const deviation = z.number().check(z.positive());

/**
 * How a table's columns become a network's inputs and its outputs become predictions; the file `preprocessing.json` beside a
 * TensorFlow.js model. Inputs in order: each numeric column, `(value − mean) / deviation`; then for each categorical column one
 * input a category, and one for every value that training did not see.
 */
export const preprocessingSchema = z.strictObject({
  schema: z.literal("assay.preprocessing/v1"),
  /** `fill` stands in for a missing value; null: there is none, and a missing value is an error. */
  numeric: z.array(z.strictObject({ name, fill: z.nullable(finite), mean: finite, deviation })).check(z.maxLength(10_000)),
  /** `fill` null: a missing value counts as one that training did not see. */
  categorical: z
    .array(
      z.strictObject({
        name,
        categories: z.array(z.string().check(z.maxLength(10_000))).check(z.maxLength(1_000)),
        fill: z.nullable(z.string()),
      }),
    )
    .check(z.maxLength(10_000)),
  output: z.discriminatedUnion("kind", [
    /** One probability a class, in this order; undefined classes: not known to the model. */
    z.strictObject({
      kind: z.literal("classes"),
      classes: z.optional(z.array(z.string().check(z.maxLength(10_000))).check(z.minLength(1), z.maxLength(1_000))),
    }),
    /** The network gives `(value − mean) / deviation`. */
    z.strictObject({ kind: z.literal("number"), mean: finite, deviation }),
  ]),
});
export type Preprocessing = z.infer<typeof preprocessingSchema>;

export const preprocessingFile = "preprocessing.json";

/** Byte-stable text of the file. */
export function formatPreprocessing(preprocessing: Preprocessing): string {
  return `${JSON.stringify(preprocessing, null, 2)}\n`;
}
