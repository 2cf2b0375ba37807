import { z } from "zod";
import { chunkedDrift, compareLikeNannyml, type NannymlOptions } from "../../../src/drift/nannyml/compare-like-nannyml.ts";
import { createDifferenceFinder, type Differences } from "./differences.ts";
import { madeColumnSchema, madeTable } from "./made-columns.ts";

const methodSchema = z.object({
  /** Null where p-values decide. */
  threshold: z.number().nullable(),
  /** Null of a chunk without values. */
  values: z.array(z.number().nullable()),
  alerts: z.array(z.boolean()),
});
const tableSchema = z.object({
  rows: z.tuple([z.int(), z.int()]),
  chunking: z.union([z.object({ size: z.int() }), z.object({ number: z.int() })]),
  columns: z.array(madeColumnSchema.extend({ is: z.record(z.string(), methodSchema) })),
});
type NannymlGolden = z.infer<typeof tableSchema>;

/** What make-nannyml.py writes. */
export const nannymlGoldens = z.object({ tables: z.array(tableSchema) });

export function nannymlDifferences(golden: NannymlGolden): Differences {
  const [reference, current] = [madeTable(golden, 0), madeTable(golden, 1)];
  const { equal, near, found } = createDifferenceFinder(golden.rows);
  const result = compareLikeNannyml(reference, current, { chunking: golden.chunking });
  for (const [i, { name, is }] of golden.columns.entries()) {
    const [before, now] = [reference.columns[i], current.columns[i]];
    if (!before || !now) throw new Error(`Column ${name} was not made.`);
    for (const [method, theirs] of Object.entries(is)) {
      const about = `${name} by ${method}`;
      const options = { chunking: golden.chunking, [before.kind === "number" ? "numbers" : "categories"]: method };
      const ours = chunkedDrift(before, now, options as NannymlOptions);
      if (typeof ours === "string") {
        equal(about, ours, "compared");
        continue;
      }
      equal(about, ours.chunks.length, theirs.values.length);
      equal(about, ours.threshold === undefined, theirs.threshold === null);
      if (ours.threshold !== undefined) near(`${about}, threshold`, ours.threshold, theirs.threshold ?? Number.NaN);
      for (const [at, { value, alert }] of ours.chunks.entries()) {
        const expected = theirs.values[at] ?? null;
        if (expected === null) equal(`${about}, chunk ${at}`, value, undefined);
        else near(`${about}, chunk ${at}`, value ?? Number.NaN, expected);
        equal(`${about}, alert of chunk ${at}`, alert, theirs.alerts[at]);
      }
    }
    const alerts = is["jensen_shannon"]?.alerts.some((alert) => alert) ?? false;
    equal(name, result.columns.find((column) => column.name === name)?.state, alerts ? "drifted" : "stable");
  }
  return found;
}
