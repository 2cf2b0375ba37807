import type { Column, Table } from "../../data/table.ts";

/** The rows of a table at those positions. A column that was not read stays without values. */
export function inOrder(table: Table, order: Uint32Array): Table {
  return { rows: order.length, columns: table.columns.map((column) => columnInOrder(column, order)) };
}

function columnInOrder(column: Column, order: Uint32Array): Column {
  if (column.kind === "number") return { ...column, values: Float64Array.from(order, (row) => column.values[row] ?? Number.NaN) };
  return { ...column, values: column.values.length === 0 ? [] : Array.from(order, (row) => column.values[row] ?? null) };
}
