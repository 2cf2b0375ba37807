import type { ColumnProfile, Profile } from "../data/profile.ts";
import { severityOf } from "./check-facts.ts";
import { type Finding, percent, quotedColumn } from "./finding.ts";
import { contentSql, inBatches, type Query, type SqlColumn, type SqlTable } from "./sql-table.ts";

const fewestRows = 100;
/** Rows that are looked at: enough to tell 0.95 from less. */
const sampledRows = 100_000;
/** Fewer rows of wide tables, so that they take no longer. */
const sampledCells = 20_000_000;
const mostClasses = 50;

export function isOfClasses(target: ColumnProfile): boolean {
  if ("counts" in target) return target.counts.others.count === 0 && target.counts.values.length <= mostClasses;
  return target.type === "number" && target.distribution.isExact && target.distribution.knots.length <= mostClasses;
}

/**
 * Columns that alone tell the target. How well is said by what neighbours have in common when the rows are sorted by the column,
 * ties in no order: of classes how often they are of one, beyond chance (the share of the label's variance that the column
 * explains, Goodman and Kruskal's tau); of numbers Chatterjee's xi. Both are near 0 for a column that says nothing and 1 only
 * if the target is a function of it, whatever function.
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
  const power = isOfClasses(known) ? agreementSql : xiSql;
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
const columnsOfContent = 100;

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

/** Rows chosen by what they hold, so that their order does not matter: features as `v0`, `v1`, …, the target, and what breaks ties. */
function sampleSql(table: SqlTable, target: SqlColumn): (features: readonly SqlColumn[]) => string {
  const wanted = Math.min(sampledRows, Math.floor(sampledCells / table.columns.length));
  const oneIn = Math.max(1, Math.round(table.rows / wanted));
  const isSampled = oneIn > 1 ? ` AND ${contentSql(table.columns.slice(0, columnsOfContent))} % ${oneIn} = 0` : "";
  return (features) => {
    const values = features.map(
      ({ type, number, time, text }, index) => `${type === "number" ? number : type === "time" ? time : text} AS v${index}`,
    );
    const others = [`${target.text} AS label`, `${target.number} AS target`, `${contentSql([...features, target])} AS content`];
    return `SELECT ${[...values, ...others].join(", ")} FROM ${table.relation} WHERE NOT ${target.missing}${isSampled}`;
  };
}

/** Of neighbours in the order of a value, how many are of one class, beyond chance. */
function agreementSql(value: string): string {
  return (
    `WITH sorted AS (SELECT label, lag(label) OVER (ORDER BY ${value} NULLS LAST, content) AS previous FROM sampled), ` +
    `classes AS (SELECT count(*) AS n FROM sampled GROUP BY label), ` +
    `chance AS (SELECT sum(n * (n - 1)) / greatest(1, sum(n) * (sum(n) - 1)) AS agree FROM classes) ` +
    `SELECT count(*) AS rows, (count(*) FILTER (WHERE label = previous) / greatest(1, count(previous)) - any_value(agree)) / ` +
    `nullif(1 - any_value(agree), 0) AS power FROM sorted, chance`
  );
}

/** In whole numbers, whose sums do not depend on their order. */
function xiSql(value: string): string {
  return (
    `WITH ranked AS (SELECT ${value} AS value, content, count(*) OVER () AS n, ` +
    `count(*) OVER (ORDER BY target) AS low, count(*) OVER (ORDER BY target DESC) AS high FROM sampled), ` +
    `sorted AS (SELECT n, low, high, lag(low) OVER (ORDER BY value NULLS LAST, content) AS previous FROM ranked) ` +
    `SELECT count(*) AS rows, 1 - (count(*) * sum(abs(low - previous))) / nullif(2 * sum(high * (n - high)), 0) AS power FROM sorted`
  );
}
