import type { ColumnProfile, Profile } from "../data/profile.ts";
import { severityOf } from "./check-facts.ts";
import { type Finding, percent, quotedColumn } from "./finding.ts";
import { contentSql, inBatches, type Query, type SqlColumn, type SqlTable } from "./sql-table.ts";

const fewestRows = 100;
/** Rows that are looked at: enough to tell 0.95 from less. */
const sampledRows = 100_000;
/** Fewer rows of wide tables, so that they take no longer. */
const sampledCells = 20_000_000;
/** Of a class of a few rows these may stand together by chance. */
const fewestByChance = 10;
const mostClasses = 50;

export function isOfClasses(target: ColumnProfile): boolean {
  if ("counts" in target) return target.counts.others.count === 0 && target.counts.values.length <= mostClasses;
  return target.type === "number" && target.distribution.isExact && target.distribution.knots.length <= mostClasses;
}

/**
 * Columns that alone tell the target. How well is said by how little neighbours differ when the rows are sorted by the column,
 * ties in random order: 0 where as much as by chance, 1 where as little as when they are sorted by the target itself. Of classes
 * that is how often neighbours are of two (about Goodman and Kruskal's tau), of numbers how far their ranks lie apart
 * (Chatterjee's xi, which this makes 1 for the target itself, however few rows there are).
 * @param features without columns that name rows
 */
export async function checkTargetLeakage(
  query: Query,
  table: SqlTable,
  profile: Profile,
  target: SqlColumn,
  features: readonly SqlColumn[],
): Promise<Finding[]> {
  const known = profile.columns.find(({ name }) => name === target.name);
  if (known === undefined || table.rows < fewestRows || (known.type !== "number" && !isOfClasses(known))) return [];
  const power = isOfClasses(known) ? disagreementSql : rankDistanceSql;
  const sampled = sampleSql(table, target);
  const findings: Finding[] = [];
  for (const batch of inBatches(features, featuresOfQuery)) {
    const questions = batch.map((_, index) => `SELECT ${index} AS feature, * FROM (${power(`v${index}`)})`);
    const answers = await query(
      `WITH sampled AS MATERIALIZED (${sampled(batch)}) ${questions.join(" UNION ALL ")} ORDER BY feature`,
    );
    for (const [index, { name }] of batch.entries())
      findings.push(
        ...decide(name, target.name, { rows: Number(answers[index]?.rows ?? 0), power: Number(answers[index]?.power ?? 0) }),
      );
  }
  return findings;
}

const featuresOfQuery = 100;

function decide(name: string, target: string, { rows, power }: { rows: number; power: number }): Finding[] {
  const severity = rows < fewestRows ? undefined : severityOf("target-leakage", power);
  if (severity === undefined) return [];
  return [
    {
      check: "target-leakage",
      columns: [name],
      severity,
      measured: power,
      message: `${quotedColumn(name)} alone tells ${percent(Math.min(power, 1))} of ${quotedColumn(target)}: does it hold what is only known afterwards?`,
    },
  ];
}

/** Some rows: features as `v0`, `v1`, …, the target, and what breaks ties. */
function sampleSql(table: SqlTable, target: SqlColumn): (features: readonly SqlColumn[]) => string {
  const wanted = Math.min(sampledRows, Math.floor(sampledCells / table.columns.length));
  const oneIn = Math.max(1, Math.round(table.rows / wanted));
  const isSampled = oneIn > 1 ? ` AND hash(${table.row}) % ${oneIn} = 0` : "";
  return (features) => {
    const values = features.map(
      ({ type, number, time, text }, index) => `${type === "number" ? number : type === "time" ? time : text} AS v${index}`,
    );
    // By what rows hold and not where they stand, and of the same rows each in a place of its own.
    const content = contentSql([...features, target]);
    const tie = `hash(${content}, row_number() OVER (PARTITION BY ${content}))`;
    const others = [`${target.text} AS label`, `${target.number} AS target`, `${tie} AS tie`];
    return `SELECT ${[...values, ...others].join(", ")} FROM ${table.relation} WHERE NOT ${target.missing}${isSampled}`;
  };
}

/** Neighbours of two classes in the order of a value, beside as many as by chance and as few as there can be. */
function disagreementSql(value: string): string {
  return (
    `WITH sorted AS (SELECT label, lag(label) OVER (ORDER BY ${value} NULLS LAST, tie) AS previous FROM sampled), ` +
    `classes AS (SELECT count(*) AS n FROM sampled GROUP BY label), ` +
    `chance AS (SELECT count(*) - 1 AS fewest, sum(n) - sum(n * n) / sum(n) AS expected FROM classes) ` +
    `SELECT count(*) AS rows, 1 - (count(*) FILTER (WHERE label <> previous) - any_value(fewest)) / ` +
    `CASE WHEN any_value(expected - fewest) >= ${fewestByChance} THEN any_value(expected - fewest) END AS power FROM sorted, chance`
  );
}

/** In whole numbers, whose sums do not depend on their order. */
function rankDistanceSql(value: string): string {
  return (
    `WITH ranked AS (SELECT ${value} AS value, tie, count(*) OVER () AS n, ` +
    `count(*) OVER (ORDER BY target) AS low, count(*) OVER (ORDER BY target DESC) AS high FROM sampled), ` +
    `sorted AS (SELECT n, low, high, lag(low) OVER (ORDER BY value NULLS LAST, tie) AS previous FROM ranked) ` +
    `SELECT count(*) AS rows, 1 - (sum(abs(low - previous)) - (max(low) - min(low))) / ` +
    `nullif(2 * sum(high * (n - high)) / count(*) - (max(low) - min(low)), 0) AS power FROM sorted`
  );
}
