import { markdownTable } from "markdown-table";
import type { TableCounts } from "../../src/data/profile-counts.ts";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import type { Table } from "../../src/data/table.ts";
import { compareWithProfile } from "../../src/drift/compare-with-profile.ts";
import type { Random } from "../../src/statistics/random.ts";
import { drawTable, mixedColumns } from "./drift-tables.ts";
import { type Cell, monteCarloError, percent, type Size, type Tally } from "./simulation.ts";

/** A shift of the size that the report prints as the smallest that is found in 9 of 10 has to be found in this share. */
const leastFound = 0.9;
const sizes = [200, 500, 1_000, 2_000, 5_000, 20_000] as const;
const shifts = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8] as const;

/** Of one of twenty columns, the first, which is normal. */
export function curveCells(size: Size): Cell[] {
  return sizes
    .filter((rows) => size === "full" || rows === 500)
    .map((rows): Cell => {
      const runs = size === "full" ? (rows > 10_000 ? 200 : 500) : 40;
      return { id: `curve|${rows}`, runs, cost: 40 * rows + 500_000, simulate: (random) => tally(rows, random) };
    });
}

function tally(rows: number, random: Random): Tally {
  const profile = profileTable(drawTable(mixedColumns, rows, random));
  const current = drawTable(mixedColumns, rows, random);
  const counts = countTable(profile, current);
  const tallied: Tally = { tables: 1 };
  const smallest = compareWithProfile(profile, counts).smallestShift;
  for (const shift of smallest === undefined ? shifts : [...shifts, smallest]) {
    const result = compareWithProfile(profile, {
      ...counts,
      columns: [...shifted(profile, current, shift), ...counts.columns.slice(1)],
    });
    const isFound = result.columns.some(({ name, state }) => name === mixedColumns[0]?.name && state === "drifted");
    const what = shift === smallest ? "smallest" : String(shift);
    if (isFound) tallied[what] = 1;
    if (what === "smallest") tallied["sum of smallest"] = shift;
  }
  return tallied;
}

function shifted(profile: Parameters<typeof countTable>[0], { rows, columns }: Table, shift: number): TableCounts["columns"] {
  const [first] = columns;
  if (first?.kind !== "number") throw new Error("The first column is to be one of numbers.");
  const moved: Table = { rows, columns: [{ ...first, values: first.values.map((value) => value + shift) }] };
  return countTable({ ...profile, columns: profile.columns.slice(0, 1) }, moved).columns;
}

function linesOf(tallies: ReadonlyMap<string, Tally>) {
  return [...tallies]
    .filter(([id]) => id.startsWith("curve|"))
    .map(([id, tally]) => {
      const tables = tally["tables"] ?? 0;
      const found = tally["smallest"] ?? 0;
      const margin = found / tables - leastFound + 2 * monteCarloError(leastFound, tables);
      return { rows: Number(id.split("|")[1]), tally, tables, found, margin, smallest: (tally["sum of smallest"] ?? 0) / tables };
    });
}

export function curveTable(tallies: ReadonlyMap<string, Tally>): { title: string; text: string }[] {
  const lines = linesOf(tallies);
  const table = markdownTable(
    [
      ["rows", ...shifts.map((shift) => `${shift} σ`), "smallest found in 9 of 10", "found", "pairs of tables"],
      ...lines.map(({ rows, tally, tables, found, smallest, margin }) => [
        `2 × ${rows.toLocaleString("en")}`,
        ...shifts.map((shift) => percent(tally[String(shift)] ?? 0, tables)),
        `${smallest.toFixed(2)} σ`,
        margin < 0 ? `**${percent(found, tables)}**` : percent(found, tables),
        tables.toLocaleString("en"),
      ]),
    ],
    { align: "r" },
  );
  const chart = [
    "```mermaid",
    "xychart-beta",
    `    title "Shifts found, by rows a side: ${lines.map(({ rows }) => rows.toLocaleString("en")).join(", ")} (from below)"`,
    `    x-axis "shift in standard deviations" [${shifts.join(", ")}]`,
    '    y-axis "found in percent" 0 --> 100',
    ...lines.map(
      ({ tally, tables }) =>
        `    line [${shifts.map((shift) => ((100 * (tally[String(shift)] ?? 0)) / tables).toFixed(1)).join(", ")}]`,
    ),
    "```",
  ];
  return [{ title: "A shift of one normal column of 20", text: `${table}\n\n${chart.join("\n")}` }];
}

export function curveWorst(tallies: ReadonlyMap<string, Tally>): { said: string; kept: boolean } {
  const lines = linesOf(tallies);
  const worst = lines.reduce((a, b) => (b.margin < a.margin ? b : a));
  return {
    said:
      `the shift that is printed as found in 9 of 10, at worst with 2 × ${worst.rows.toLocaleString("en")} rows: ` +
      `found in ${percent(worst.found, worst.tables)} of ${worst.tables}`,
    kept: worst.margin >= 0,
  };
}
