import { z } from "zod";
import type { PandasColumn } from "../../../src/drift/evidently/columns.ts";
import type { PandasTable } from "../../../src/drift/evidently/compare-like-evidently.ts";
import { uniform } from "../../evaluation/goldens/generator.ts";

/** A column that make-evidently.py makes too, with the same values to the last bit. */
const columnSchema = z.object({
  name: z.string(),
  kind: z.enum(["smooth", "heavy", "steps", "int", "category", "bool"]),
  seed: z.int(),
  distinct: z.int(),
  shift: z.number(),
  missing: z.number(),
  infinite: z.number(),
});

const measured = z.object({ score: z.number(), drifted: z.boolean() });
const tested = z.object({ measure: z.string(), score: z.number(), drifted: z.boolean() });
/** `default`: of columns that Evidently compares. */
const foundSchema = z.object({
  type: z.string(),
  default: z.optional(tested),
  byMeasure: z.optional(z.record(z.string(), measured)),
});
const tableSchema = z.object({
  rows: z.tuple([z.int(), z.int()]),
  columns: z.array(columnSchema.extend({ is: foundSchema })),
  dataset: z.object({ drifted: z.int(), share: z.number(), isDrift: z.boolean() }).nullable(),
});
export const goldenSchema = z.object({ tables: z.array(tableSchema) });
export type GoldenTable = z.infer<typeof tableSchema>;
type MadeColumn = z.infer<typeof columnSchema>;

/** @param side 0: the reference, 1: the current data */
export function madeTable({ rows, columns }: GoldenTable, side: 0 | 1): PandasTable {
  return { rows: rows[side], columns: columns.map((column) => madeColumn(column, rows[side], side)) };
}

function madeColumn(column: MadeColumn, rows: number, side: 0 | 1): PandasColumn {
  const { name, kind, distinct } = column;
  const [u0, u1, u2, u3, u4] = Array.from({ length: 5 }, (_, stream) => uniform(16 * (2 * column.seed + side) + stream, rows));
  if (!u0 || !u1 || !u2 || !u3 || !u4) throw new Error("Five streams were asked for.");
  const shift = column.shift * side;
  const isMissing = (row: number) => (u3[row] ?? 1) < column.missing;
  const areMissing = u3.some((value) => value < column.missing);
  if (kind === "category" || kind === "bool") {
    const text = (value: number) =>
      kind === "bool" ? String(value < 0.25 + shift) : `c${Math.floor(value * value * distinct + shift)}`;
    const counts = new Map<string, number>();
    let missing = 0;
    for (const [row, value] of u0.entries()) {
      if (isMissing(row)) missing++;
      else counts.set(text(value), (counts.get(text(value)) ?? 0) + 1);
    }
    return { name, dtype: kind === "category" ? "string" : areMissing ? "object" : "bool", counts, missing };
  }
  const values = u0.map((value, row) => {
    if (column.infinite > 0 && (u4[row] ?? 1) < column.infinite) return (u1[row] ?? 0) < 0.5 ? -Infinity : Infinity;
    if (isMissing(row)) return Number.NaN;
    if (kind === "smooth") return value + (u1[row] ?? 0) + (u2[row] ?? 0) + shift;
    if (kind === "heavy") return 1 / (1.001 - value) + shift;
    if (kind === "steps") return Math.floor(value * distinct) / 8 + shift;
    return Math.floor(value * distinct) + Math.floor(shift);
  });
  return { name, dtype: kind === "int" && !areMissing ? "int" : "float", values };
}
