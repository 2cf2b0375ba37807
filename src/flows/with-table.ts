import type { Dataset, DatasetSource, Progress } from "../data/dataset/dataset.ts";
import { openDatasets } from "../data/dataset/open-datasets.ts";
import type { Files } from "../files/files.ts";

export interface TableMachine {
  files: Files;
  progress: (line: string) => void;
}

/** Opens a table for as long as `use` runs. */
export async function withTable<T>(
  source: DatasetSource,
  machine: TableMachine,
  use: (dataset: Dataset) => Promise<T>,
): Promise<T> {
  const datasets = await openDatasets(new Map([["data", source]]), { files: machine.files, onProgress: told(machine.progress) });
  try {
    return await use(datasets.get("data"));
  } finally {
    await datasets.close();
  }
}

const toldEvery = 5_000;

/** A line of a long read now and then; short reads say nothing. */
export function told(progress: (line: string) => void): (progress: Progress) => void {
  let last = performance.now();
  return ({ what, done, of }) => {
    if (performance.now() - last < toldEvery) return;
    last = performance.now();
    progress(`${what}: ${Math.floor((100 * done) / Math.max(1, of))}%`);
  };
}
