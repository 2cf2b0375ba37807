import type { Dataset, DatasetColumn } from "../data/dataset/dataset.ts";
import type { PandasColumn } from "../drift/evidently/columns.ts";
import type { PandasTable } from "../drift/evidently/compare-like-evidently.ts";

/** The table as pandas would hold it, whole columns in memory: what other tools' presets go by. */
export async function readLikePandas(dataset: Dataset, exclude: ReadonlySet<string>): Promise<PandasTable> {
  const columns: PandasColumn[] = [];
  for (const column of dataset.columns) if (!exclude.has(column.name)) columns.push(await readColumn(dataset, column));
  return { rows: dataset.rows, columns };
}

async function readColumn(dataset: Dataset, { name, kind }: DatasetColumn): Promise<PandasColumn> {
  if (kind === "time") return { name, dtype: "datetime" };
  if (kind === "number") {
    const { values, areIntegers } = await dataset.numbers(name);
    return { name, dtype: areIntegers && !values.some(Number.isNaN) ? "int" : "float", values };
  }
  const counts = await dataset.valueCounts(name);
  const missing = dataset.rows - [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (kind === "string") return { name, dtype: "string", counts, missing };
  return { name, dtype: missing > 0 ? "object" : "bool", counts, missing };
}
