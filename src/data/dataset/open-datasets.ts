import type { Files } from "../../files/files.ts";
import { type DuckDb, sqlName } from "../duckdb.ts";
import { createDataset, createView } from "./create-dataset.ts";
import { type Dataset, type DatasetLimits, type DatasetSource, type Datasets, datasetLimits, type Progress } from "./dataset.ts";
import { openDuckDbSession } from "./duckdb-session.ts";
import { inferKinds } from "./infer-kinds.ts";
import { loadCsv } from "./load-csv.ts";
import { loadJson } from "./load-json.ts";
import { openParquet } from "./open-parquet.ts";
import type { OpenTable } from "./open-table.ts";
import { type DataFormat, findSourceFiles } from "./source-files.ts";

export interface OpenOptions {
  files: Files;
  limits?: Partial<DatasetLimits> | undefined;
  /** Default: those of the machine. */
  threads?: number | undefined;
  /** Bytes that DuckDB may hold before it writes to disk; default: half of the machine's memory, at most 2 GiB. */
  memory?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  load?: (() => Promise<DuckDb>) | undefined;
}

/** Text files of more bytes than this are kept compressed, which takes longer. */
const compressedFrom = 2 ** 30;

/**
 * Opens datasets: text formats are parsed once, into a database in a temporary folder; Parquet is read where it lies.
 * Values are taken as `inferKinds` says, or as declared.
 * @param sources by the names that messages and queries call them, such as `data`
 * @throws UsageError with file and line for what is no table
 */
export async function openDatasets(sources: ReadonlyMap<string, DatasetSource>, options: OpenOptions): Promise<Datasets> {
  const { files } = options;
  const limits = { ...datasetLimits, ...options.limits };
  const found = await Promise.all(
    [...sources].map(async ([name, source]) => ({
      name,
      source: await findSourceFiles(source, files, limits),
      types: source.types ?? new Map(),
      written: source.written ?? new Set<string>(),
    })),
  );
  const all = found.flatMap(({ source }) => source.files);
  const written = found.filter(({ source }) => source.format !== "parquet").flatMap(({ source }) => source.files);
  const session = await openDuckDbSession({
    files,
    readable: new Map(all.map(({ path, name }) => [path, name])),
    seconds: limits.seconds,
    threads: options.threads,
    memory: options.memory,
    compress: written.reduce((sum, { bytes }) => sum + bytes, 0) > compressedFrom,
    load: options.load,
  });
  try {
    const opened = new Map<string, { table: OpenTable; dataset: Dataset }>();
    let views: Promise<void> | undefined;
    const makeViews = async () => {
      for (const { table, dataset } of opened.values()) await createView(table, dataset);
    };
    for (const { name, source, types, written } of found) {
      const request = { name, source, files, session, limits, relation: session.newName(), onProgress: options.onProgress };
      const stored = await loaders[source.format](request);
      const table = { name, session, stored, kinds: await inferKinds(stored, types, session), declared: types, written };
      opened.set(name, { table, dataset: createDataset(table, limits) });
    }
    return {
      get(name) {
        const found = opened.get(name);
        if (!found) throw new RangeError(`no dataset ${sqlName(name)}`);
        return found.dataset;
      },
      async query(sql, { seconds } = {}) {
        session.restartClock();
        views ??= makeViews();
        await views;
        session.restartClock(seconds);
        return session.select(sql, limits.resultRows);
      },
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

const loaders: Readonly<Record<DataFormat, typeof loadCsv>> = {
  csv: loadCsv,
  tsv: loadCsv,
  json: loadJson,
  jsonl: loadJson,
  parquet: openParquet,
};
