import { checkFacts, severityOf } from "./check-facts.ts";
import { type Finding, quotedColumn, rowsInWords } from "./finding.ts";
import { contentSql, numbersOf, type Query, type SqlColumn, type SqlTable } from "./sql-table.ts";

/** Rows that say the same as an earlier one. @param columns without those that name rows */
export async function checkDuplicates(
  query: Query,
  { relation, row, rows }: SqlTable,
  columns: readonly SqlColumn[],
): Promise<Finding[]> {
  if (columns.length === 0 || rows === 0) return [];
  const content = contentSql(columns);
  const { repeats = 0 } = await numbersOf(
    query,
    `SELECT sum(n - 1) AS repeats FROM (SELECT count(*) AS n FROM ${relation} GROUP BY ${content})`,
  );
  const severity = severityOf("duplicate-rows", repeats / rows);
  if (severity === undefined) return [];
  return [
    {
      check: "duplicate-rows",
      columns: [],
      severity,
      measured: repeats / rows,
      rows: { count: repeats, of: rows },
      where: { numbers: repeatsSql(relation, row, content) },
      message: `${rowsInWords(repeats, rows)} repeat an earlier row.`,
    },
  ];
}

/** Numbers of the rows whose content is that of an earlier one. */
export function repeatsSql(relation: string, row: string, content: string, among = "true"): string {
  return (
    `SELECT number FROM (SELECT ${row} AS number, ${content} AS content FROM ${relation} WHERE ${among}) ` +
    `JOIN (SELECT ${content} AS content, min(${row}) AS first FROM ${relation} WHERE ${among} GROUP BY 1 HAVING count(*) > 1) ` +
    `USING (content) WHERE number > first`
  );
}

/** So many rows with features of their own leave no room for conflicts by chance. */
const distinctFeatures = 0.95;

/** Rows with the same features and another label. @param label of a class */
export async function checkLabelConflicts(
  query: Query,
  { relation, row }: SqlTable,
  label: SqlColumn,
  features: readonly SqlColumn[],
): Promise<Finding[]> {
  if (features.length === 0) return [];
  const content = contentSql(features);
  const groups = `SELECT ${content} AS content, count(*) AS n, count(DISTINCT ${label.text}) AS labels FROM ${relation} WHERE NOT ${label.missing} GROUP BY 1`;
  const facts = await numbersOf(
    query,
    `SELECT sum(n) AS of, count(*) AS kinds, sum(n) FILTER (WHERE labels > 1) AS conflicting FROM (${groups})`,
  );
  const { of = 0, kinds = 0, conflicting = 0 } = facts;
  const severity = severityOf("label-conflicts", measuredConflicts(conflicting, kinds, of));
  if (severity === undefined) return [];
  return [
    {
      check: "label-conflicts",
      columns: [label.name],
      severity,
      measured: conflicting / of,
      rows: { count: conflicting, of },
      where: {
        numbers: `SELECT ${row} AS number FROM ${relation} WHERE NOT ${label.missing} AND ${content} IN (SELECT content FROM (${groups}) WHERE labels > 1)`,
      },
      message: `${rowsInWords(conflicting, of)} have the features of another row and another label in ${quotedColumn(label.name)}.`,
    },
  ];
}

function measuredConflicts(conflicting: number, kinds: number, of: number): number {
  if (conflicting === 0) return 0;
  return kinds / of >= distinctFeatures ? 1 : conflicting / of;
}

/** Test rows that the table has too. */
export async function checkOverlap(
  query: Query,
  table: SqlTable,
  { test, is }: { test: SqlTable; is: "test" | "old-test" },
  ids: ReadonlySet<string>,
): Promise<Finding[]> {
  const shared = table.columns.flatMap((column) => {
    const other = test.columns.find(({ name }) => name === column.name);
    // As the table has it, so that the same value has one content.
    return other === undefined || ids.has(column.name) ? [] : [{ mine: column, theirs: { ...other, type: column.type } }];
  });
  if (shared.length === 0 || test.rows === 0 || table.rows === 0) return [];
  const [mine, theirs] = [
    contentSql(shared.map((pair) => comparable(pair.mine))),
    contentSql(shared.map((pair) => comparable(pair.theirs))),
  ];
  const isShared = `${theirs} IN (SELECT ${mine} FROM ${table.relation})`;
  const facts = await numbersOf(
    query,
    `SELECT (SELECT count(*) FROM ${test.relation} WHERE ${isShared}) AS shared, ` +
      `(SELECT sum(n) FROM (SELECT count(*) AS n FROM ${table.relation} GROUP BY ${mine} HAVING n > 1)) AS repeated, ` +
      `(SELECT sum(n) FROM (SELECT count(*) AS n FROM ${test.relation} GROUP BY ${theirs} HAVING n > 1)) AS repeatedInTest`,
  );
  const { shared: count = 0, repeated = 0, repeatedInTest = 0 } = facts;
  const measured = measuredOverlap({ shared: count, testRows: test.rows, repeated, repeatedInTest, rows: table.rows });
  const severity = severityOf("train-test-overlap", count < fewestForError ? Math.min(measured, fewAreNoError) : measured);
  if (severity === undefined) return [];
  return [
    {
      check: "train-test-overlap",
      columns: [],
      severity,
      measured,
      rows: { count, of: test.rows },
      where: { numbers: `SELECT ${test.row} AS number FROM ${test.relation} WHERE ${isShared}`, of: is },
      message: `${rowsInWords(count, test.rows)} of the ${is === "test" ? "test table" : "test table of before"} are in this table too.`,
    },
  ];
}

/** A value of one table may be kept in another way than in the other. */
function comparable(column: SqlColumn): SqlColumn {
  return { ...column, exact: column.type === "number" ? column.number : column.type === "time" ? column.time : column.text };
}

/** In a small table one row may be 1%. */
const fewestForError = 5;
const fewAreNoError = checkFacts["train-test-overlap"].error;

interface OverlapCounts {
  /** Test rows that the table has too. */
  shared: number;
  testRows: number;
  rows: number;
  /** Rows of the table, and of the test table, that others of the same table repeat. */
  repeated: number;
  repeatedInTest: number;
}

/**
 * The share of shared test rows beyond what coincides anyway. That is estimated twice: by how many rows of the table repeat others of
 * it, and by how many test rows repeat each other, which so many rows more would do more often. The smaller one counts: a table whose
 * rows all stand there twice says nothing about coincidence.
 */
function measuredOverlap({ shared, testRows, rows, repeated, repeatedInTest }: OverlapCounts): number {
  const share = shared / testRows;
  const deviations = (p: number) => 3 * Math.sqrt((p * (1 - p)) / testRows);
  const inTable = repeated / rows;
  const inTest = repeatedInTest / testRows;
  // Of so few rows that never repeat each other, three more could.
  const mostInTest = Math.min(1, inTest + deviations(inTest) + 3 / testRows);
  const amongAll = (p: number) => 1 - (1 - p) ** (rows / testRows);
  const most = Math.min(inTable + deviations(inTable), amongAll(mostInTest));
  return share > most ? share - Math.min(inTable, amongAll(inTest)) : 0;
}
