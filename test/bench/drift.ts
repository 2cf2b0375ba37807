import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { markdownTable } from "markdown-table";
import { categoryNames, numberNames, writeDriftFile } from "./drift-files.ts";
import { type TimedCommand, timeInTurn } from "./timing.ts";

const rows = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const runs = Number(process.env["BENCH_RUNS"] ?? 3);
const python = resolve(".cache/evidently/bin/python");
/** Of Assay's time, in that of the peer; of its memory, in GiB. */
const limits = { duckdb: 1.5, evidently: 1 / 20, gibibytes: 4 };

/**
 * Preset assay on two Parquet files, whole process with 1 GiB for Node's heap, beside DuckDB that computes exact quantiles and
 * category counts of the same columns, and beside Evidently's default preset.
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
      args: ["--max-old-space-size=1024", join(import.meta.dirname, script), ...args, ...files],
    });
    const own = node("Assay: preset assay", "drift-own.ts");
    const quantiles = node("DuckDB: 99 exact quantiles", "drift-duckdb.ts", "quantiles");
    const sorts = node("DuckDB: all values sorted", "drift-duckdb.ts", "sorts");
    const evidently = {
      name: "Evidently: default preset",
      file: python,
      args: [join(import.meta.dirname, "drift-evidently.py"), ...files],
    };
    const commands = process.env["BENCH_ALONE"] !== undefined ? [own] : [own, quantiles, sorts];
    const timed = new Map([...timeInTurn(commands, runs, 0), ...(commands.length > 1 ? timeEvidently(evidently) : [])]);
    const ours = timed.get(own.name)?.median ?? Number.NaN;
    const memory = memoryOf(own);
    const table = [...commands, evidently].flatMap((command) => {
      const median = timed.get(command.name)?.median;
      if (median === undefined) return [];
      const gibibytes = command === own ? memory : memoryOf(command);
      return [[command.name, (median / 1_000).toFixed(2), gibibytes.toFixed(2), (ours / median).toFixed(3)]];
    });
    const columns = `${numberNames.length} columns of numbers and ${categoryNames.length} of categories`;
    const count = rows.toLocaleString("en");
    process.stdout.write(`${count} against ${count} rows, ${columns}, median of ${runs} (Evidently: once)\n\n`);
    const head = ["whole process", "s", "GiB", "Assay's time ÷ it"];
    process.stdout.write(`${markdownTable([head, ...table], { align: ["l", "r", "r", "r"] })}\n\n`);
    const over = (name: string) => ours / (timed.get(name)?.median ?? Number.POSITIVE_INFINITY);
    const broken = [
      over(quantiles.name) > limits.duckdb ? `more than ${limits.duckdb}× DuckDB's exact quantiles` : "",
      over(evidently.name) > limits.evidently ? `less than ${1 / limits.evidently}× as fast as Evidently` : "",
      memory > limits.gibibytes ? `more than ${limits.gibibytes} GiB` : "",
    ].filter((what) => what !== "");
    process.stdout.write(broken.length === 0 ? "Within all limits.\n" : `BROKEN: ${broken.join("; ")}.\n`);
    if (broken.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeEvidently(command: TimedCommand): ReturnType<typeof timeInTurn> {
  if (existsSync(command.file)) return timeInTurn([command], 1, 0);
  process.stderr.write(
    "SKIPPED: Evidently beside it, because it is not installed here: run `bash .ci/python-tool.sh evidently`, which needs Python.\n",
  );
  return new Map();
}

function memoryOf({ file, args }: TimedCommand): number {
  const { gibibytes } = JSON.parse(String(spawnSync(file, args).stdout)) as { gibibytes: number };
  return gibibytes;
}
