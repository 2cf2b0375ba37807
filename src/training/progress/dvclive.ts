import { join } from "node:path";
import type { Files } from "../../files/files.ts";
import type { NumberFiles } from "./number-files.ts";
import { readMetricsFile } from "./read-line.ts";
import { createSeries } from "./series.ts";

const folderName = "dvclive";
const plotsName = "plots/metrics";
const maxMetricsBytes = 1_024 ** 2;
const maxPlotBytes = 16 * 1_024 ** 2;
const maxPlots = 200;
const maxDepth = 4;
const maxFolders = 200;

/**
 * Follows the files of DVCLive: `metrics.json` has the latest numbers, and `plots/metrics/<name>.tsv` all of one name.
 * Format: https://dvc.org/doc/dvclive/how-it-works
 */
export async function watchDvcLive(files: Files, workingDirectory: string): Promise<NumberFiles> {
  const folder = join(workingDirectory, folderName);
  const metrics = join(folder, "metrics.json");
  const latest = createSeries();
  const plotted = createSeries();
  // What lies there before the training is an earlier one's.
  let modified = await lastModified(metrics);
  const before = new Map<string, bigint | undefined>();
  for (const name of await plots()) before.set(name, await lastModified(plotPath(name)));

  return {
    async poll({ last }) {
      if (last) await readPlots();
      const now = await lastModified(metrics);
      if (now === undefined || now === modified) return undefined;
      modified = now;
      // It may be half written, or too large to be one.
      const reading = readMetricsFile((await files.readText(metrics, maxMetricsBytes).catch(() => undefined)) ?? "");
      if (reading?.step === undefined) return undefined;
      for (const [name, value] of Object.entries(reading.measures)) latest.add(name, reading.step, value);
      return reading;
    },
    history: () => plotted.history() ?? latest.history(),
  };

  async function readPlots(): Promise<void> {
    for (const name of await plots()) {
      const path = plotPath(name);
      if ((await lastModified(path)) === before.get(name)) continue;
      const text = await files.readText(path, maxPlotBytes).catch(() => undefined);
      for (const [step, value] of readPlot(text ?? "")) plotted.add(name, step, value);
    }
  }

  function plotPath(name: string): string {
    return join(folder, plotsName, `${name}.tsv`);
  }

  /** Names as they were logged, `train/loss`. */
  async function plots(): Promise<string[]> {
    const found: string[] = [];
    const pending = [{ below: "", depth: 0 }];
    for (let visited = 0; visited < maxFolders; visited += 1) {
      const at = pending.shift();
      if (!at) break;
      const { below, depth } = at;
      for (const entry of await files.entries(join(folder, plotsName, below), maxPlots).catch(() => [])) {
        const path = below === "" ? entry.name : `${below}/${entry.name}`;
        if (entry.isFolder && depth < maxDepth) pending.push({ below: path, depth: depth + 1 });
        if (!entry.isFolder && path.endsWith(".tsv") && found.length < maxPlots) found.push(path.slice(0, -".tsv".length));
      }
    }
    return found.sort();
  }

  /** A folder that cannot be looked into holds nothing for us. */
  function lastModified(path: string): Promise<bigint | undefined> {
    return files.stat(path).then(
      (stat) => stat?.modifiedNs,
      () => undefined,
    );
  }
}

/** Rows of a table with a column `step`, whose last column is the number; with `timestamp=True` there is a third. */
function readPlot(text: string): [step: number, value: number][] {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const columns = header.split("\t");
  const stepColumn = columns.indexOf("step");
  if (stepColumn === -1) return [];
  return lines.flatMap((line): [number, number][] => {
    const cells = line.split("\t");
    if (cells.length !== columns.length) return [];
    const [step, value] = [cells[stepColumn], cells.at(-1)].map((cell) => (cell ? Number(cell) : Number.NaN));
    return Number.isSafeInteger(step) && Number.isFinite(value) ? [[Number(step), Number(value)]] : [];
  });
}
