import type { Dataset } from "../data/dataset/dataset.ts";
import type { Period } from "../data/periods.ts";
import type { Column, Table } from "../data/table.ts";
import { parseTime } from "../data/time-text.ts";
import { type Chunk, chunksByPeriod } from "../drift/nannyml/chunks.ts";
import { inOrder } from "../drift/nannyml/in-order.ts";
import { UsageError } from "../errors/errors.ts";

/** A table in memory in the order of its rows, and which of its columns are times, of which nothing is read. */
interface OrderedTable extends Table {
  times: ReadonlySet<string>;
  /** Where its rows are put into the order of their periods, which are its chunks. */
  chunks?: readonly Chunk[];
}

export interface ChunkPeriod {
  /** A column of times. */
  by: string;
  period: Period;
}

/** @throws UsageError when there is no such column of times */
export async function readInChunks(
  dataset: Dataset,
  exclude: ReadonlySet<string>,
  chunkPeriod: ChunkPeriod | undefined,
): Promise<OrderedTable> {
  const table = await readInOrder(dataset, exclude);
  if (chunkPeriod === undefined) return table;
  const { by, period } = chunkPeriod;
  const kind = dataset.columns.find(({ name }) => name === by)?.kind;
  if (kind !== "time")
    throw new UsageError(
      `${kind === undefined ? "There is no column" : "There are no times of ISO 8601 in column"} ${JSON.stringify(by)}: chunks of a ${period} go by one.`,
    );
  const texts = await dataset.texts(by);
  const times = Float64Array.from(texts, (text) => (text === null ? undefined : parseTime(text)) ?? Number.NaN);
  const { order, chunks } = chunksByPeriod(times, period);
  return { ...table, ...inOrder(table, order), chunks };
}

async function readInOrder(dataset: Dataset, exclude: ReadonlySet<string>): Promise<OrderedTable> {
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
