import type { ColumnProfile, Profile } from "../data/profile.ts";
import { severityOf } from "./check-facts.ts";
import { type Finding, quotedColumn } from "./finding.ts";
import { inBatches, numbersOf, type Query, type SqlColumn, type SqlTable } from "./sql-table.ts";

const fewestRows = 100;
/** So many values would be there twice if whole numbers of their range came by chance. */
const expectedRepeats = 10;
/** Each is sorted or hashed whole. */
const columnsOfQuery = 10;

/** What such columns are called needs no warning: everybody sees what they are. */
const calledId =
  /^(id|uid|uuid|guid|key|index|row|row_?(id|number)|unnamed: 0|)$|(_|-|\s)(id|uuid|guid|key)$|[a-z](Id|ID|Uuid|UUID)$/i;

/**
 * Columns that name rows: every row has another value, and it is a whole number or a text without blanks. Numbers that are
 * measured differ in every row too where their range is wide, so their range must be narrow enough that some would repeat.
 */
export async function findIdLike(query: Query, table: SqlTable, profile: Profile): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const counts = new Map(profile.columns.filter(mayBeId).map((column) => [column.name, countOf(column)]));
  const columns = table.columns.filter(({ name }) => counts.has(name));
  for (const batch of inBatches(columns, columnsOfQuery)) {
    const facts = await numbersOf(query, `SELECT ${batch.map(factsSql).join(", ")} FROM ${table.relation}`);
    for (const [index, { name }] of batch.entries())
      if (facts[`odd${index}`] === 0 && facts[`distinct${index}`] === counts.get(name)) found.add(name);
  }
  return found;
}

/**
 * Those of the columns that are no content of a row: whole numbers, and texts that are called an id. Another text that differs in
 * every row may be the very thing that a model learns from, such as a sequence or an address.
 */
export function withoutContent(ids: ReadonlySet<string>, table: SqlTable): string[] {
  const texts = new Set(table.columns.filter(({ type }) => type !== "number").map(({ name }) => name));
  return [...ids].filter((name) => !texts.has(name) || calledId.test(name.trim()));
}

function factsSql({ type, number, text, exact }: SqlColumn, index: number): string {
  const isOdd = type === "number" ? `${number} <> floor(${number})` : `regexp_matches(${text}, '\\s')`;
  return `count(DISTINCT ${exact}) AS distinct${index}, count(*) FILTER (WHERE ${isOdd}) AS odd${index}`;
}

export function checkIdLike(ids: ReadonlySet<string>, known: readonly (string | undefined)[]): Finding[] {
  const severity = severityOf("id-like", 1);
  if (severity === undefined) return [];
  return [...ids]
    .filter((name) => !known.includes(name) && !calledId.test(name.trim()))
    .map((name) => ({
      check: "id-like",
      columns: [name],
      severity,
      measured: 1,
      message: `${quotedColumn(name)} has another value in every row, as an id has: a model can learn nothing from it, or rows by heart.`,
    }));
}

function countOf(column: ColumnProfile): number {
  return "distribution" in column ? column.distribution.count : 0;
}

function mayBeId(column: ColumnProfile): boolean {
  const count = countOf(column);
  if (count < fewestRows) return false;
  if (column.type === "text") return column.distinct === count;
  if (column.type !== "number" || column.infinite > 0) return false;
  const { knots, isExact } = column.distribution;
  if ((isExact && knots.length < count) || !knots.every(Number.isInteger)) return false;
  const range = (knots.at(-1) ?? 0) - (knots[0] ?? 0) + 1;
  return count ** 2 / (2 * range) > expectedRepeats;
}
