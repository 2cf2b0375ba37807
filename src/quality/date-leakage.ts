import { severityOf } from "./check-facts.ts";
import { type Finding, quotedColumn, rowsInWords } from "./finding.ts";
import { columnOf, numbersOf, type Query, type SqlTable } from "./sql-table.ts";

/** Test rows that are older than rows that the model learns from. */
export async function checkDateLeakage(query: Query, table: SqlTable, test: SqlTable): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const column of table.columns.filter(({ type }) => type === "time")) {
    const other = columnOf(test, column.name);
    if (other === undefined) continue;
    const isEarlier = `${other.time} < (SELECT max(${column.time}) FROM ${table.relation})`;
    const { earlier = 0, of = 0 } = await numbersOf(
      query,
      `SELECT count(*) FILTER (WHERE ${isEarlier}) AS earlier, count(${other.time}) AS of FROM ${test.relation}`,
    );
    const severity = of === 0 ? undefined : severityOf("date-leakage", earlier / of);
    if (severity === undefined) continue;
    findings.push({
      check: "date-leakage",
      columns: [column.name],
      severity,
      measured: earlier / of,
      rows: { count: earlier, of },
      where: { numbers: `SELECT ${test.row} AS number FROM ${test.relation} WHERE ${isEarlier}`, of: "test" },
      message: `By ${quotedColumn(column.name)}, ${rowsInWords(earlier, of)} of the test table are older than the last row of this one: a model that is to foretell must not have seen what came later.`,
    });
  }
  return findings;
}
