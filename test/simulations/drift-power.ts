import { markdownTable } from "markdown-table";
import { parseProfile, serializeProfile } from "../../src/data/profile-schema.ts";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import { compareWithProfile } from "../../src/drift/compare-with-profile.ts";
import { compareLikeEvidently } from "../../src/drift/evidently/compare-like-evidently.ts";
import type { DriftResult } from "../../src/evidence/data-evidence.ts";
import type { Random } from "../../src/statistics/random.ts";
import { curveCells, curveTable, curveWorst } from "./drift-curve.ts";
import {
  categories,
  type Draw,
  type DrawnColumn,
  drawTable,
  lognormal,
  mixedColumns,
  normalColumn,
  pandasTable,
  poisson,
} from "./drift-tables.ts";
import { type Cell, monteCarloError, percent, type Simulation, type Size, type Tally } from "./simulation.ts";

/** What is done to one of twenty columns. */
interface Change {
  what: string;
  rows: number;
  dtype: DrawnColumn["dtype"];
  before: Draw;
  after: Draw;
  /** Found in at least, or in at most, this share; undefined: only shown. */
  word?: { least: number } | { most: number };
}

const flag =
  (share: number): Draw =>
  (random) =>
    random.uniform() < share ? "yes" : "no";
const normal =
  (shift: number, scale = 1): Draw =>
  (_, draw) =>
    shift + scale * draw();
const found = { least: 0.9 };

const changes: readonly Change[] = [
  { what: "normal + 0.2 σ", rows: 2_000, dtype: "float", before: normalColumn, after: normal(0.2), word: found },
  {
    what: "lognormal(0, 2) → (0.5, 2)",
    rows: 2_000,
    dtype: "float",
    before: lognormal,
    after: (_, draw) => Math.exp(0.5 + 2 * draw()),
    word: found,
  },
  { what: "5% missing → 10%", rows: 2_000, dtype: "float", before: missing(0.05), after: missing(0.1), word: found },
  {
    what: "a new category in 3% of rows",
    rows: 2_000,
    dtype: "string",
    before: categories(50, 1),
    after: withNew(0.03),
    word: found,
  },
  {
    what: "5% of rows + 5 σ",
    rows: 2_000,
    dtype: "float",
    before: normalColumn,
    after: (random, draw) => draw() + (random.uniform() < 0.05 ? 5 : 0),
    word: found,
  },
  { what: "normal + 0.05 σ", rows: 100_000, dtype: "float", before: normalColumn, after: normal(0.05), word: { most: 0.01 } },
  { what: "normal × 1.3", rows: 2_000, dtype: "float", before: normalColumn, after: normal(0, 1.3) },
  { what: "Poisson 3 → 3.35", rows: 2_000, dtype: "int", before: poisson(3), after: poisson(3.35) },
  { what: "share 0.02 → 0.07", rows: 2_000, dtype: "string", before: flag(0.02), after: flag(0.07) },
  { what: "share 0.10 → 0.15", rows: 2_000, dtype: "string", before: flag(0.1), after: flag(0.15) },
  { what: "share 0.50 → 0.60", rows: 2_000, dtype: "string", before: flag(0.5), after: flag(0.6) },
];

function missing(share: number): Draw {
  return (random, draw) => (random.uniform() < share ? undefined : draw());
}

function withNew(share: number): Draw {
  const known = categories(50, 1);
  return (random, draw) => (random.uniform() < share ? "new" : known(random, draw));
}

const references = ["rows", "stored profile"] as const;

/** How often a change of one column of twenty is found, and by how much a column has to shift for that. */
export const driftPower: Simulation = { name: "drift-power", cells, report };

function cells(size: Size): Cell[] {
  const changed = changes
    .filter(({ rows, word }) => size === "full" || (word !== undefined && rows <= 2_000))
    .map((change): Cell => {
      const runs = change.rows > 10_000 ? 300 : 1_000;
      return {
        id: `change|${changes.indexOf(change)}`,
        runs: size === "full" ? runs : 40,
        cost: 40 * change.rows + 100_000,
        simulate: (random) => tally(change, random),
      };
    });
  return [...changed, ...curveCells(size)];
}

function tally({ rows, dtype, before, after }: Change, random: Random): Tally {
  const name = "changed";
  const columns = (draw: Draw) => mixedColumns.with(0, { name, dtype, draw });
  const [reference, current] = [drawTable(columns(before), rows, random), drawTable(columns(after), rows, random)];
  const counts: Tally = { tables: 1 };
  const add = (from: string, { columns: compared, drifted }: DriftResult) => {
    const isFound = compared.some((column) => column.name === name && column.state === "drifted");
    if (isFound) counts[`${from}|found`] = 1;
    if (drifted > (isFound ? 1 : 0)) counts[`${from}|others`] = 1;
  };
  const made = profileTable(reference);
  for (const from of references) {
    const profile = from === "rows" ? made : parseProfile(serializeProfile(made), "a stored profile");
    add(from, compareWithProfile(profile, countTable(profile, current)));
  }
  add("evidently", compareLikeEvidently(pandasTable(columns(before), reference), pandasTable(columns(after), current)));
  return counts;
}

function report(tallies: ReadonlyMap<string, Tally>) {
  const lines = [...tallies]
    .filter(([id]) => id.startsWith("change|"))
    .flatMap(([id, tally]) => {
      const change = changes[Number(id.split("|")[1])];
      return change === undefined ? [] : references.map((from) => lineOf(change, from, tally));
    });
  const judged = lines.filter(({ margin }) => Number.isFinite(margin));
  const worst = judged.reduce((a, b) => (b.margin < a.margin ? b : a));
  const broken = judged.filter(({ margin }) => margin < 0);
  const text = markdownTable(
    [
      [
        "change of one column of 20",
        "rows",
        "reference given as",
        "found",
        "wanted",
        "another column marked",
        "found by `evidently-0.7`",
        "pairs of tables",
      ],
      ...lines.map(({ change, from, tables, found, others, evidently, margin }) => [
        change.what,
        `2 × ${change.rows.toLocaleString("en")}`,
        from,
        margin < 0 ? `**${percent(found, tables)}**` : percent(found, tables),
        wanted(change),
        percent(others, tables),
        percent(evidently, tables),
        tables.toLocaleString("en"),
      ]),
    ],
    { align: ["l", "r", "l", "r", "r", "r", "r", "r"] },
  );
  const curve = curveWorst(tallies);
  return {
    tables: [{ title: "What is found", text }, ...curveTable(tallies)],
    worst:
      `${broken.length} of ${judged.length} cells outside (two Monte Carlo errors allowed); closest: ${worst.change.what}, reference given as ${worst.from}: ` +
      `found in ${percent(worst.found, worst.tables)} of ${worst.tables}, wanted ${wanted(worst.change)}; ${curve.said}`,
    kept: broken.length === 0 && curve.kept,
  };
}

function lineOf(change: Change, from: (typeof references)[number], tally: Tally) {
  const tables = tally["tables"] ?? 0;
  const found = tally[`${from}|found`] ?? 0;
  return {
    ...{ change, from, tables, found },
    others: tally[`${from}|others`] ?? 0,
    evidently: tally["evidently|found"] ?? 0,
    margin: marginOf(change, found / tables, tables),
  };
}

/** Above 0: inside what is promised, two Monte Carlo errors allowed. */
function marginOf({ word }: Change, share: number, tables: number): number {
  if (word === undefined) return Number.NaN;
  if ("least" in word) return share - word.least + 2 * monteCarloError(word.least, tables);
  return word.most + 2 * monteCarloError(word.most, tables) - share;
}

function wanted({ word }: Change): string {
  if (word === undefined) return "–";
  return "least" in word ? `≥ ${percent(word.least, 1)}` : `≤ ${percent(word.most, 1)}`;
}
