import { isMissingMarker, parseNumber } from "../data/number-text.ts";
import type { ColumnProfile, Profile } from "../data/profile.ts";
import { severityOf } from "./check-facts.ts";
import { type Finding, quotedColumn, rowsInWords } from "./finding.ts";
import { columnOf, inBatches, numbersOf, type Query, type SqlColumn, type SqlTable } from "./sql-table.ts";

/** Up to so many words among numbers are taken for a fault, and up to so many numbers among words; more are what the column is. */
const mostWords = 0.2;
const mostNumbers = 0.05;
const columnsOfQuery = 200;

/** Columns of texts of which some spell numbers. */
export async function checkMixedTypes(
  query: Query,
  table: SqlTable,
  profile: Profile,
  skip: ReadonlySet<string>,
): Promise<Finding[]> {
  const texts = profile.columns.filter(({ name, type }) => (type === "category" || type === "text") && !skip.has(name));
  // What a profile has all values of needs no reading.
  const known = texts.flatMap((column) => spelledInProfile(column) ?? []);
  const read = texts
    .filter((column) => spelledInProfile(column) === undefined)
    .flatMap(({ name }) => columnOf(table, name) ?? []);
  for (const columns of inBatches(read, columnsOfQuery)) {
    const counts = await numbersOf(query, `SELECT ${columns.map(countsSql).join(", ")} FROM ${table.relation}`);
    for (const [index, { name, type }] of columns.entries())
      known.push({ name, type, numbers: counts[`numbers${index}`] ?? 0, words: counts[`words${index}`] ?? 0 });
  }
  return known.flatMap(decideMixedType);
}

interface MixedColumn {
  name: string;
  type: SqlColumn["type"];
  numbers: number;
  words: number;
}

function spelledInProfile(column: ColumnProfile): MixedColumn | undefined {
  if (!("counts" in column) || column.counts.others.count > 0) return undefined;
  let [numbers, words] = [0, 0];
  for (const { value, count } of column.counts.values) {
    if (isMissingMarker(value)) continue;
    if (parseNumber(value) === undefined) words += count;
    else numbers += count;
  }
  return { name: column.name, type: column.type, numbers, words };
}

function countsSql({ text, number, marker }: SqlColumn, index: number): string {
  return (
    `count(${number}) AS numbers${index}, ` +
    `count(${text}) - count(${number}) - count(*) FILTER (WHERE coalesce(${marker}, false)) AS words${index}`
  );
}

function decideMixedType({ name, type, numbers, words }: MixedColumn): Finding[] {
  const of = numbers + words;
  if (numbers === 0 || words === 0) return [];
  const isOfNumbers = words / of <= mostWords;
  // In free text a number is a text like any other.
  if (!isOfNumbers && (type === "text" || numbers / of > mostNumbers)) return [];
  const count = isOfNumbers ? words : numbers;
  const severity = severityOf("type-mismatch", count / of);
  if (severity === undefined) return [];
  const what = isOfNumbers ? ["numbers", "something else"] : ["words", "a number"];
  return [
    {
      check: "type-mismatch",
      columns: [name],
      severity,
      measured: count / of,
      rows: { count, of },
      where: isOfNumbers ? { is: "not", type: "number", column: name } : { is: "number", column: name },
      message: `${quotedColumn(name)} holds ${what[0]}, and ${what[1]} in ${rowsInWords(count, of)}.`,
    },
  ];
}
