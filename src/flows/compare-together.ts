import type { Dataset, DatasetSource, Datasets, QueryValue } from "../data/dataset/dataset.ts";
import { openDatasets } from "../data/dataset/open-datasets.ts";
import type { Column, Table } from "../data/table.ts";
import { compareTogether, type TogetherDrift } from "../drift/domain-classifier/domain-classifier.ts";
import { UsageError } from "../errors/errors.ts";
import { type CompareTablesRequest, isProfile } from "./compare-tables.ts";
import { type TableMachine, told } from "./with-table.ts";

/** Of each table; of larger ones rows are chosen by a hash of their number. */
const mostRows = 5_000;

/**
 * All columns of two tables together: whether a classifier can tell their rows apart.
 * @returns why there is nothing to say, where there is not
 * @throws UsageError of a profile, which has no rows
 */
export async function compareFilesTogether(
  {
    reference,
    current,
    exclude,
    types,
    folder,
    same,
  }: Pick<CompareTablesRequest, "reference" | "current" | "exclude" | "types" | "folder" | "same">,
  { files, progress }: TableMachine,
): Promise<TogetherDrift | string> {
  if (isProfile(reference))
    throw new UsageError(
      `All columns together are compared by rows, and ${reference} is a profile. Name the table, or leave \`together\` out.`,
    );
  if (same !== undefined)
    throw new UsageError(
      `All columns together are compared over all rows, and not of the same ${same.cycle}: leave \`together\` or \`same\` out.`,
    );
  const source = (path: string): DatasetSource => ({ paths: [path], folder, types });
  const sources = new Map([
    ["reference", source(reference)],
    ["current", source(current)],
  ]);
  const datasets = await openDatasets(sources, { files, onProgress: told(progress) });
  try {
    const [before, now] = [await sample(datasets, "reference", types), await sample(datasets, "current", types)];
    return compareTogether(before, now, new Set(exclude));
  } finally {
    await datasets.close();
  }
}

async function sample(datasets: Datasets, name: "reference" | "current", types: CompareTablesRequest["types"]): Promise<Table> {
  const columns = datasets.get(name).columns.filter((column) => column.kind !== "time" && types.get(column.name) !== "text");
  if (columns.length === 0) return { rows: 0, columns: [] };
  const chosen = columns.map(asked).join(", ");
  const { rows } = await datasets.query(`SELECT ${chosen} FROM ${name} ORDER BY hash(assay_row), assay_row LIMIT ${mostRows}`);
  return {
    rows: rows.length,
    columns: columns.map((column, i) =>
      columnOf(
        column,
        rows.map((row) => row[i] ?? null),
      ),
    ),
  };
}

function asked({ sqlName, kind }: Dataset["columns"][number]): string {
  const name = `"${sqlName.replaceAll('"', '""')}"`;
  return kind === "number" ? `CAST(${name} AS DOUBLE)` : `CAST(${name} AS VARCHAR)`;
}

function columnOf({ name, kind }: Dataset["columns"][number], values: readonly QueryValue[]): Column {
  if (kind !== "number") return { kind: "text", name, values: values.map((value) => (value === null ? null : String(value))) };
  // Values beyond what JSON has come as text.
  return { kind, name, values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))) };
}
