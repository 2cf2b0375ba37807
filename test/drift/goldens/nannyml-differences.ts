import { z } from "zod";
import { periods } from "../../../src/data/periods.ts";
import type { Table } from "../../../src/data/table.ts";
import { type Chunking, chunksByPeriod } from "../../../src/drift/nannyml/chunks.ts";
import { chunkedDrift, compareLikeNannyml, type NannymlOptions } from "../../../src/drift/nannyml/compare-like-nannyml.ts";
import { inOrder } from "../../../src/drift/nannyml/in-order.ts";
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
  chunking: z.union([
    z.object({ size: z.int() }),
    z.object({ number: z.int() }),
    z.object({ period: z.enum(periods), days: z.int() }),
  ]),
  columns: z.array(madeColumnSchema.extend({ is: z.record(z.string(), methodSchema) })),
});
type NannymlGolden = z.infer<typeof tableSchema>;

/** What make-nannyml.py writes. */
export const nannymlGoldens = z.object({ tables: z.array(tableSchema) });

/** Both tables, of periods in the order of these. */
export function chunkedTables(golden: NannymlGolden): { reference: Table; current: Table; chunking: Chunking } {
  const [reference, current] = [madeTable(golden, 0), madeTable(golden, 1)];
  const { chunking, rows } = golden;
  if (!("period" in chunking)) return { reference, current, chunking };
  const [before, now] = [0, 1].map((side) => chunksByPeriod(madeTimes(rows[side] ?? 0, chunking.days, side), chunking.period));
  if (!before || !now) throw new Error("There are two tables.");
  return {
    ...{ reference: inOrder(reference, before.order), current: inOrder(current, now.order) },
    chunking: { reference: before.chunks, current: now.chunks },
  };
}

/** As make-nannyml.py has them. */
function madeTimes(rows: number, days: number, side: number): Float64Array {
  const start = Date.UTC(2025, 11, 30) + side * days * 86_400_000;
  const step = Math.floor((86_400 * days) / rows);
  return Float64Array.from({ length: rows }, (_, row) => start + ((row * 7919) % rows) * step * 1000);
}

export function nannymlDifferences(golden: NannymlGolden): Differences {
  const { reference, current, chunking } = chunkedTables(golden);
  const { equal, near, found } = createDifferenceFinder(golden.rows);
  const result = compareLikeNannyml(reference, current, { chunking });
  for (const [i, { name, is }] of golden.columns.entries()) {
    const [before, now] = [reference.columns[i], current.columns[i]];
    if (!before || !now) throw new Error(`Column ${name} was not made.`);
    for (const [method, theirs] of Object.entries(is)) {
      const about = `${name} by ${method}`;
      const options = { chunking, [before.kind === "number" ? "numbers" : "categories"]: method };
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
