import { isMarker, readColumnAs, textOf } from "../data/dataset/column-reading.ts";
import type { ColumnKind, Dataset, Datasets } from "../data/dataset/dataset.ts";
import { rowColumn } from "../data/dataset/stored-columns.ts";
import { sqlName } from "../data/duckdb.ts";
import type { ColumnType, Profile } from "../data/profile.ts";
import { isCode } from "./row-condition.ts";
import type { Query, SqlColumn, SqlTable } from "./sql-table.ts";

/** An open dataset as the checks' queries see it. @param profile only a table that is checked needs it */
export function sqlTableOf(dataset: Dataset, profile?: Profile): SqlTable {
  const types = new Map(profile?.columns.map(({ name, type }) => [name, type]));
  return {
    relation: sqlName(dataset.name),
    row: `(${rowColumn} + 1)`,
    rows: dataset.rows,
    columns: dataset.columns.map(({ name, kind, sqlName: alias, writtenName }) =>
      sqlColumn({ name, kind, alias, writtenName }, types.get(name) ?? (kind === "string" ? "category" : kind)),
    ),
  };
}

/** @param column as queries have it: NULL where there is no value, and of its kind */
export function sqlColumn({ name, kind, alias, writtenName }: NamedColumn, type: ColumnType): SqlColumn {
  const value = sqlName(alias);
  const text = kind === "string" ? `CAST(${value} AS VARCHAR)` : textOf(kind, value);
  const [storage, stored] = kind === "string" ? (["text", text] as const) : ([kind, value] as const);
  const written = writtenName === undefined ? text : `CASE WHEN ${value} IS NOT NULL THEN ${sqlName(writtenName)} END`;
  const marker = kind === "string" ? isMarker(text) : "false";
  const number = readColumnAs("number", storage, stored).value;
  return {
    name,
    alias,
    type,
    missing: `(${value} IS NULL)`,
    text,
    exact: kind === "string" ? text : value,
    written,
    identity: kind === "number" ? identityOf(number, text, written) : text,
    number: kind === "string" ? `CASE WHEN NOT ${marker} THEN ${number} END` : number,
    time: readColumnAs("time", storage, stored).value,
    marker,
  };
}

interface NamedColumn {
  name: string;
  kind: ColumnKind;
  alias: string;
  writtenName?: string | undefined;
}

/** Numbers beyond what a DOUBLE tells apart, such as ids of 19 digits, are as they stand there too. */
function identityOf(number: string, text: string, written: string): string {
  return `CASE WHEN ${isCode(written)} OR abs(${number}) > ${Number.MAX_SAFE_INTEGER} THEN ${written} ELSE ${text} END`;
}

/** @param seconds that a query may take */
export function queryOf(datasets: Datasets, seconds?: number): Query {
  return async (sql) => {
    const { columns, rows } = await datasets.query(sql, { seconds });
    return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
  };
}
