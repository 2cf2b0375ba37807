import type { Dataset } from "../data/dataset/dataset.ts";
import type { Column, Table } from "../data/table.ts";

/** A table in memory in the order of its rows, and which of its columns are times, of which nothing is read. */
export interface OrderedTable extends Table {
  times: ReadonlySet<string>;
}

export async function readInOrder(dataset: Dataset, exclude: ReadonlySet<string>): Promise<OrderedTable> {
  const columns: Column[] = [];
  const times = new Set<string>();
  for (const { name, kind } of dataset.columns) {
    if (exclude.has(name)) continue;
    if (kind === "time") times.add(name);
    if (kind === "number") columns.push({ kind, name, values: (await dataset.numbers(name)).values });
    else columns.push({ kind: "text", name, values: kind === "time" ? [] : await dataset.texts(name) });
  }
  return { rows: dataset.rows, columns, times };
}
