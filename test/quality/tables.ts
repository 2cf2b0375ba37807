import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { DatasetSource, Datasets } from "../../src/data/dataset/dataset.ts";
import { openDatasets } from "../../src/data/dataset/open-datasets.ts";
import { checkQuality } from "../../src/quality/check-quality.ts";
import type { QualityCheck, QualityResult } from "../../src/quality/quality-result.ts";
import type { Query } from "../../src/quality/sql-table.ts";
import { queryOf, sqlTableOf } from "../../src/quality/sql-table-of.ts";
import { writtenColumns } from "../../src/quality/written-columns.ts";
import type { DataRule, RuleTerms, Severity } from "../../src/spec/data-rule.ts";
import { files } from "../git/repository.ts";

type Cells = readonly (string | number | null)[];

/** Columns by name. */
export type Columns = Readonly<Record<string, Cells>>;

/** Rows in another order. */
export function permuted(columns: Columns, order: readonly number[]): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, order.map((row) => cells[row] ?? null)]));
}

/** As a file has it: what is null is empty. */
function csvOf(columns: Columns): string {
  const entries = Object.entries(columns);
  const field = (cell: string | number | null) =>
    cell === null ? "" : /^[^",\n\r]+$/.test(String(cell)) ? String(cell) : `"${String(cell).replaceAll('"', '""')}"`;
  const rows = Array.from({ length: entries[0]?.[1].length ?? 0 }, (_, row) =>
    entries.map(([, cells]) => field(cells[row] ?? null)),
  );
  return `${[entries.map(([name]) => field(name)), ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

interface Asked {
  reference?: Columns;
  test?: Columns;
  others?: Readonly<Record<string, Columns>>;
  rules?: readonly (RuleTerms & { severity?: Severity })[];
  target?: string;
  id?: string;
  now?: Date;
  queryInTime?: (datasets: Datasets) => Query;
}

/** A database without a table. */
export async function inDuckDb<T>(use: (query: Query) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return await use(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** What `checkQuality` says of a table that lies in a file. */
export async function qualityOf(columns: Columns, asked: Asked = {}): Promise<QualityResult> {
  const folder = mkdtempSync(join(tmpdir(), "assay-quality-"));
  const tables: Record<string, Columns> = { table: columns, ...(asked.test && { test: asked.test }), ...asked.others };
  if (asked.reference) tables["reference"] = asked.reference;
  for (const [name, cells] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), csvOf(cells));
  const rules = (asked.rules ?? []).map(
    ({ severity = "error", ...terms }): DataRule => ({
      position: { file: "assay.yml", line: 1, column: 1 },
      table: undefined,
      severity,
      ...terms,
    }),
  );
  const { own, of } = writtenColumns(rules);
  const sources = Object.keys(tables).map((name): [string, DatasetSource] => [
    name,
    { paths: [`${name}.csv`], folder, written: name === "table" ? own : of(name) },
  ]);
  const datasets = await openDatasets(new Map(sources), { files });
  try {
    const dataset = datasets.get("table");
    const profile = await dataset.profile();
    const reference = asked.reference && (await datasets.get("reference").profile());
    const query = queryOf(datasets);
    return await checkQuality({
      name: "table.csv",
      table: sqlTableOf(dataset, profile),
      profile,
      query,
      queryInTime: asked.queryInTime?.(datasets) ?? query,
      reference: reference && { profile: reference, counts: await dataset.count(reference) },
      test: asked.test && sqlTableOf(datasets.get("test")),
      target: asked.target,
      id: asked.id,
      public: [],
      rules,
      others: new Map(Object.keys(asked.others ?? {}).map((name) => [name, sqlTableOf(datasets.get(name))])),
      now: asked.now ?? new Date("2026-01-31T12:00:00Z"),
    });
  } finally {
    await datasets.close();
    rmSync(folder, { recursive: true });
  }
}

/** Failed checks in short: name, columns and severity. */
export function failed({ checks }: QualityResult): string[] {
  return checks
    .filter(({ status }) => status === "fail")
    .map(({ name, columns, severity }) => `${severity} ${name}${columns.length > 0 ? ` ${columns.join(",")}` : ""}`);
}

export function found({ checks }: QualityResult, name: string, column?: string): QualityCheck {
  const check = checks.find((one) => one.name === name && (column === undefined || one.columns.includes(column)));
  if (!check) throw new Error(`There is no check ${name}.`);
  return check;
}

/** Numbers in [0, 1) that are the same in every run. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
