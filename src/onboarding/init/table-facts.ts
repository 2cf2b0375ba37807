import type { Column, Table } from "../../data/table.ts";

/** A table of the repository, as far as it could be read. */
export interface TableFacts {
  path: string;
  /** Who has its content: git, a `.dvc` file, or a stage of `dvc.yaml` that makes it. */
  kept: "git" | "dvc-file" | "stage";
  /** Undefined where it is not on this disk or could not be read; `unread` says why. */
  content: { rows: number; columns: readonly ColumnFacts[] } | undefined;
  unread?: string;
}

export interface ColumnFacts {
  name: string;
  kind: "number" | "text";
  /** Different values, missing ones not counted; at most `countedLabels` + 1 are counted. */
  distinct: number;
  /** Each value of a column with few of them, as text, with its rows, in the order of scikit-learn's `classes_`. */
  labels: readonly { label: string; rows: number }[];
  /** No two rows have one value, and none is missing. */
  unique: boolean;
  /** Numbers that are all whole. */
  whole: boolean;
}

const countedLabels = 50;

export function describeTable(table: Table): TableFacts["content"] {
  return { rows: table.rows, columns: table.columns.map((column) => describeColumn(column, table.rows)) };
}

function describeColumn(column: Column, rows: number): ColumnFacts {
  const counts = new Map<string, number>();
  let missing = 0;
  let whole = column.kind === "number";
  for (const value of column.values) {
    if (value === null || Number.isNaN(value)) missing++;
    else {
      if (typeof value === "number" && !Number.isInteger(value)) whole = false;
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    }
  }
  const few = counts.size <= countedLabels;
  return {
    name: column.name,
    kind: column.kind,
    distinct: few ? counts.size : countedLabels + 1,
    labels: few ? [...counts].map(([label, count]) => ({ label, rows: count })).sort(byLabel(column.kind)) : [],
    unique: missing === 0 && counts.size === rows,
    whole,
  };
}

function byLabel(kind: Column["kind"]) {
  return (a: { label: string }, b: { label: string }) =>
    kind === "number" ? Number(a.label) - Number(b.label) : a.label < b.label ? -1 : a.label > b.label ? 1 : 0;
}
