import type { Table } from "../../src/data/table.ts";

/** Tables of one column. */
export function numbersTable(name: string, values: readonly number[]): Table {
  return { rows: values.length, columns: [{ kind: "number", name, values: Float64Array.from(values) }] };
}

export function textsTable(name: string, values: readonly (string | null)[]): Table {
  return { rows: values.length, columns: [{ kind: "text", name, values }] };
}
