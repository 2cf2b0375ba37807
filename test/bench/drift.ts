import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import { categoryNames, numberNames, writeDriftFile } from "./drift-files.ts";
import { type TimedCommand, timeInTurn } from "./timing.ts";

const rows = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const runs = Number(process.env["BENCH_RUNS"] ?? 3);
const limit = 1.5;

/**
 * A profile of one file and the counts of another at it, whole process, beside DuckDB that computes exact quantiles and category
 * counts of the same columns of both files.
 */
export default { name: "drift", run };

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-drift-"));
  try {
    const files = ["reference", "current"].map((name) => join(folder, `${name}.parquet`));
    for (const [index, file] of files.entries()) await writeDriftFile(file, rows, index + 1);
    const node = (name: string, script: string, ...args: string[]): TimedCommand => ({
      name,
      file: process.execPath,
      args: [join(import.meta.dirname, script), ...args, ...files],
    });
    const own = node("Assay: profile and counts", "drift-own.ts");
    const quantiles = node("DuckDB: 99 exact quantiles", "drift-duckdb.ts", "quantiles");
    const sorts = node("DuckDB: all values sorted", "drift-duckdb.ts", "sorts");
    const commands = [own, quantiles, sorts];
    const timed = timeInTurn(commands, runs, 0);
    const ours = timed.get(own.name)?.median ?? Number.NaN;
    const table = commands.map((command) => {
      const median = timed.get(command.name)?.median ?? Number.NaN;
      return [command.name, (median / 1_000).toFixed(2), memoryOf(command).toFixed(2), (ours / median).toFixed(2)];
    });
    const columns = `${numberNames.length} columns of numbers and ${categoryNames.length} of categories`;
    process.stdout.write(
      `${rows.toLocaleString("en")} against ${rows.toLocaleString("en")} rows, ${columns}, median of ${runs}\n\n`,
    );
    process.stdout.write(
      `${markdownTable([["whole process", "s", "GiB", "Assay's time ÷ it"], ...table], { align: ["l", "r", "r", "r"] })}\n\n`,
    );
    const ratio = ours / (timed.get(quantiles.name)?.median ?? Number.NaN);
    process.stdout.write(ratio <= limit ? "Within all limits.\n" : `BROKEN: more than ${limit}× DuckDB's exact quantiles.\n`);
    if (!(ratio <= limit)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function memoryOf({ file, args }: TimedCommand): number {
  const { gibibytes } = JSON.parse(String(spawnSync(file, args).stdout)) as { gibibytes: number };
  return gibibytes;
}
