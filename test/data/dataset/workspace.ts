import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll } from "vitest";
import type { Dataset, DatasetSource, Datasets } from "../../../src/data/dataset/dataset.ts";
import { type OpenOptions, openDatasets } from "../../../src/data/dataset/open-datasets.ts";
import { files } from "../../git/repository.ts";

/** A folder of this test file, and datasets opened in it. */
export function useWorkspace() {
  let folder: string;
  const opened: Datasets[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "assay-dataset-"));
  });
  afterAll(async () => {
    await Promise.all(opened.map((datasets) => datasets.close()));
    await rm(folder, { recursive: true });
  });
  const open = async (sources: Record<string, Omit<DatasetSource, "folder">>, options: Partial<OpenOptions> = {}) => {
    const datasets = await openDatasets(new Map(Object.entries(sources).map(([name, source]) => [name, { folder, ...source }])), {
      files,
      ...options,
    });
    opened.push(datasets);
    return datasets;
  };
  return {
    path: (name: string) => join(folder, name),
    async write(name: string, content: string | Uint8Array): Promise<string> {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
      return name;
    },
    open,
    /** The dataset `data` of these paths. */
    async openOne(
      paths: string | readonly string[],
      options: Partial<OpenOptions> & Pick<DatasetSource, "types"> = {},
    ): Promise<Dataset> {
      const datasets = await open({ data: { paths: [paths].flat(), types: options.types } }, options);
      return datasets.get("data");
    },
    /** Runs SQL in a DuckDB that may do anything, in the folder. */
    async duckDb(...statements: readonly string[]): Promise<void> {
      const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
      const connection = await instance.connect();
      await connection.run(`SET file_search_path = '${folder}'`);
      for (const sql of statements) await connection.run(sql.replaceAll("FOLDER", folder));
      connection.closeSync();
      instance.closeSync();
    },
  };
}
