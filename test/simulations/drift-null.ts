import { markdownTable } from "markdown-table";
import { mergeProfiles } from "../../src/data/merge-profiles.ts";
import type { Profile } from "../../src/data/profile.ts";
import { parseProfile, serializeProfile } from "../../src/data/profile-schema.ts";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import type { Table } from "../../src/data/table.ts";
import { compareWithProfile } from "../../src/drift/compare-with-profile.ts";
import { compareLikeEvidently } from "../../src/drift/evidently/compare-like-evidently.ts";
import type { Random } from "../../src/statistics/random.ts";
import { drawTable, mixedColumns, pandasTable } from "./drift-tables.ts";
import { type Cell, monteCarloError, percent, type Simulation, type Size, type Tally } from "./simulation.ts";

/** Of 100 pairs of tables that do not differ at most this share has any column marked, plus two Monte Carlo errors. */
const mostFalse = 0.05;

/** Rows of the reference and of the current data. */
const sizes = [
  [100, 100],
  [1_000, 1_000],
  [10_000, 10_000],
  [100_000, 100_000],
  [2_000, 200],
  [200, 2_000],
  [10_000, 100],
  [100, 10_000],
  [100_000, 1_000],
  [1_000, 100_000],
] as const;

/** How the reference comes: as rows; as the text of a stored profile; as one profile merged from those of its quarters. */
const references = ["rows", "stored profile", "merged profile"] as const;
type Reference = (typeof references)[number];

/** How often any of twenty columns is called drifted when none is. */
export const driftNull: Simulation = { name: "drift-null", cells, report };

function cells(size: Size): Cell[] {
  return sizes
    .filter(([reference, current]) => size === "full" || reference + current <= 11_000)
    .map(([reference, current]): Cell => {
      const rows = reference + current;
      const runs = { full: rows > 100_000 ? 300 : 1_000, quick: rows > 10_000 ? 40 : 100 };
      return {
        id: `${reference}|${current}`,
        runs: runs[size],
        cost: 20 * rows + 100_000,
        simulate: (random) => tally(reference, current, random),
      };
    });
}

function tally(rows: number, currentRows: number, random: Random): Tally {
  const [reference, current] = [drawTable(mixedColumns, rows, random), drawTable(mixedColumns, currentRows, random)];
  const counts: Tally = {};
  const made = profileTable(reference);
  for (const from of references) {
    const profile = profileOf(reference, made, from);
    const result = compareWithProfile(profile, countTable(profile, current));
    if (result.drifted > 0) counts[from] = 1;
  }
  const evidently = compareLikeEvidently(pandasTable(mixedColumns, reference), pandasTable(mixedColumns, current));
  if (evidently.drifted > 0) counts["evidently"] = 1;
  if (evidently.dataset?.drifted) counts["evidently dataset"] = 1;
  return { ...counts, tables: 1 };
}

function profileOf(table: Table, made: Profile, from: Reference): Profile {
  if (from === "rows") return made;
  if (from === "stored profile") return parseProfile(serializeProfile(made), "a stored profile");
  const types = new Map(made.columns.map(({ name, type }) => [name, type]));
  return mergeProfiles([0, 1, 2, 3].map((quarter) => profileTable(quarterOf(table, quarter), types)));
}

function quarterOf({ rows, columns }: Table, quarter: number): Table {
  const [from, to] = [Math.floor((quarter * rows) / 4), Math.floor(((quarter + 1) * rows) / 4)];
  return {
    rows: to - from,
    columns: columns.map((column) =>
      column.kind === "number"
        ? { ...column, values: column.values.slice(from, to) }
        : { ...column, values: column.values.slice(from, to) },
    ),
  };
}

function report(tallies: ReadonlyMap<string, Tally>) {
  const lines = [...tallies].flatMap(([id, tally]) =>
    references.map((from) => {
      const [reference = 0, current = 0] = id.split("|").map(Number);
      const tables = tally["tables"] ?? 0;
      const marked = tally[from] ?? 0;
      const margin = mostFalse + 2 * monteCarloError(mostFalse, tables) - marked / tables;
      return { reference, current, from, tables, marked, margin, evidently: tally["evidently"] ?? 0 };
    }),
  );
  const worst = lines.reduce((a, b) => (b.margin < a.margin ? b : a));
  const broken = lines.filter(({ margin }) => margin < 0);
  const count = (rows: number) => rows.toLocaleString("en");
  const text = markdownTable(
    [
      ["reference", "current", "reference given as", "any column marked", "by `evidently-0.7`", "pairs of tables"],
      ...lines.map(({ reference, current, from, tables, marked, margin, evidently }) => [
        count(reference),
        count(current),
        from,
        margin < 0 ? `**${percent(marked, tables)}**` : percent(marked, tables),
        percent(evidently, tables),
        count(tables),
      ]),
    ],
    { align: ["r", "r", "l", "r", "r", "r"] },
  );
  return {
    tables: [{ title: "Two tables of 20 columns that do not differ", text }],
    worst:
      `${broken.length} of ${lines.length} cells outside (any column marked in at most ${percent(mostFalse, 1)}, two Monte Carlo errors allowed); ` +
      `worst: ${count(worst.reference)} against ${count(worst.current)} rows, reference given as ${worst.from}: ${percent(worst.marked, worst.tables)} of ${worst.tables}`,
    kept: broken.length === 0,
  };
}
