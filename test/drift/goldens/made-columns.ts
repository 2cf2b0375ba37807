import { z } from "zod";
import type { Column, Table } from "../../../src/data/table.ts";
import type { PandasColumn } from "../../../src/drift/evidently/columns.ts";
import type { PandasTable } from "../../../src/drift/evidently/compare-like-evidently.ts";
import { uniform } from "../../evaluation/goldens/generator.ts";

/** A column that made_columns.py makes too, with the same values to the last bit. */
export const madeColumnSchema = z.object({
  name: z.string(),
  kind: z.enum(["smooth", "heavy", "steps", "int", "category", "bool"]),
  seed: z.int(),
  distinct: z.int(),
  shift: z.number(),
  missing: z.number(),
  infinite: z.number(),
});
type MadeColumn = z.infer<typeof madeColumnSchema>;

/** Of both tables: `rows` of the reference and of the current data. */
export interface MadeTables {
  rows: [number, number];
  columns: readonly MadeColumn[];
}

/** @param side 0: the reference, 1: the current data */
export function madeTable({ rows, columns }: MadeTables, side: 0 | 1): Table {
  return { rows: rows[side], columns: columns.map((column) => madeColumn(column, rows[side], side)) };
}

/** As pandas holds it. */
export function madePandasTable({ rows, columns }: MadeTables, side: 0 | 1): PandasTable {
  return { rows: rows[side], columns: columns.map((column) => pandasColumn(column, madeColumn(column, rows[side], side))) };
}

function madeColumn(column: MadeColumn, rows: number, side: 0 | 1): Column {
  const { name, kind, distinct } = column;
  const [u0, u1, u2, u3, u4] = Array.from({ length: 5 }, (_, stream) => uniform(16 * (2 * column.seed + side) + stream, rows));
  if (!u0 || !u1 || !u2 || !u3 || !u4) throw new Error("Five streams were asked for.");
  const shift = column.shift * side;
  const isMissing = (row: number) => (u3[row] ?? 1) < column.missing;
  if (kind === "category" || kind === "bool") {
    const text = (value: number) =>
      kind === "bool" ? String(value < 0.25 + shift) : `c${Math.floor(value * value * distinct + shift)}`;
    return { kind: "text", name, values: Array.from(u0, (value, row) => (isMissing(row) ? null : text(value))) };
  }
  const values = u0.map((value, row) => {
    if (column.infinite > 0 && (u4[row] ?? 1) < column.infinite) return (u1[row] ?? 0) < 0.5 ? -Infinity : Infinity;
    if (isMissing(row)) return Number.NaN;
    if (kind === "smooth") return value + (u1[row] ?? 0) + (u2[row] ?? 0) + shift;
    if (kind === "heavy") return 1 / (1.001 - value) + shift;
    if (kind === "steps") return Math.floor(value * distinct) / 8 + shift;
    return Math.floor(value * distinct) + Math.floor(shift);
  });
  return { kind: "number", name, values };
}

function pandasColumn({ kind }: MadeColumn, column: Column): PandasColumn {
  const { name } = column;
  if (column.kind === "number") {
    const isWhole = kind === "int" && !column.values.some(Number.isNaN);
    return { name, dtype: isWhole ? "int" : "float", values: column.values };
  }
  const counts = new Map<string, number>();
  let missing = 0;
  for (const value of column.values) {
    if (value === null) missing++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { name, dtype: kind === "category" ? "string" : missing > 0 ? "object" : "bool", counts, missing };
}
