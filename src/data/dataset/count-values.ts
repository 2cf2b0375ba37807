import { fewCategories } from "../column-type.ts";
import { sqlText } from "../duckdb.ts";
import { maxCategories, type ValueCounts } from "../profile.ts";
import { type CategoryCounts, maxNewValues } from "../profile-counts.ts";
import { byFrequency } from "../value-counts.ts";
import { shortened } from "./column-reading.ts";
import type { DuckDbSession, Value } from "./duckdb-session.ts";

/** A column of texts, read from somewhere. */
export interface TextColumn {
  value: string;
  from: string;
}

/**
 * The most frequent values, as `valueCountsOf` has them.
 * @param onlyCategories no values where there are so many that they are no categories (`typeOfStrings`)
 */
export async function profileValues(
  { value, from }: TextColumn,
  onlyCategories: boolean,
  session: DuckDbSession,
): Promise<{ counts: ValueCounts; distinct: number; count: number }> {
  const rows = await session.rows(
    `WITH g AS MATERIALIZED (${groups(value, from)}),
      s AS MATERIALIZED (SELECT count(*) AS d, coalesce(CAST(sum(n) AS BIGINT), 0) AS n FROM g)
    SELECT 'distinct' AS part, NULL AS v, d AS n FROM s
    UNION ALL SELECT 'count', NULL, n FROM s
    UNION ALL (SELECT 'value', ${shortened("v")} AS v, n FROM g WHERE ${onlyCategories ? areCategories : "true"} ORDER BY n DESC, v LIMIT ${maxCategories})`,
  );
  const of = partsOf(rows);
  const values = of("value").sort(byFrequency);
  const [distinct, count] = [single(of("distinct")), single(of("count"))];
  const kept = values.reduce((sum, one) => sum + one.count, 0);
  return { counts: { values, others: { distinct: distinct - values.length, count: count - kept } }, distinct, count };
}

const areCategories = `(SELECT d <= ${fewCategories} OR d <= n / 2 FROM s)`;

/** As `countCategories` has it. */
export async function countAgainst(
  known: readonly { value: string }[],
  { value, from }: TextColumn,
  session: DuckDbSession,
): Promise<CategoryCounts> {
  const list = known.map((one) => sqlText(one.value)).join(", ");
  const rows = await session.rows(
    `WITH g AS MATERIALIZED (SELECT ${shortened("v")} AS v, n FROM (${groups(value, from)})),
      k AS MATERIALIZED (SELECT unnest([${list}]::VARCHAR[]) AS v),
      o AS MATERIALIZED (SELECT * FROM g ANTI JOIN k USING (v))
    SELECT 'known' AS part, v, n FROM g SEMI JOIN k USING (v)
    UNION ALL SELECT 'distinct', NULL, count(*) FROM o
    UNION ALL SELECT 'count', NULL, coalesce(CAST(sum(n) AS BIGINT), 0) FROM o
    UNION ALL (SELECT 'other', v, n FROM o ORDER BY n DESC, v LIMIT ${maxNewValues})`,
  );
  const of = partsOf(rows);
  const found = new Map(of("known").map((one) => [one.value, one.count]));
  const others = { distinct: single(of("distinct")), count: single(of("count")), mostFrequent: of("other").sort(byFrequency) };
  return { values: known.map((one) => found.get(one.value) ?? 0), others };
}

/** Of a union the rows come in any order. */
function partsOf(rows: readonly Value[][]): (part: string) => { value: string; count: number }[] {
  return (part) => rows.filter(([of]) => of === part).map(([, value, count]) => ({ value: String(value), count: Number(count) }));
}

function single([row]: readonly { count: number }[]): number {
  return row?.count ?? 0;
}

function groups(value: string, from: string): string {
  return `SELECT v, count(*) AS n FROM (SELECT ${value} AS v FROM ${from}) WHERE v IS NOT NULL GROUP BY v`;
}
