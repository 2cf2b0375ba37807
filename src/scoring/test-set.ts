import { readTable } from "../data/read-table.ts";
import type { Column, Table } from "../data/table.ts";
import { quoted, tableLimits } from "../data/table-request.ts";
import { UsageError } from "../errors/errors.ts";
import { shortDigest } from "../evidence/digest.ts";
import type { TestSet } from "../evidence/evidence.ts";
import type { Files } from "../files/files.ts";
import { createNodeFiles } from "../files/node-files.ts";
import type { Task } from "../spec/spec.ts";
import { plainRows, type RowDesign, type Truth } from "./predictions.ts";
import type { TestRows } from "./scorer.ts";

export interface TestSetRequest {
  /** Absolute path of the file. */
  path: string;
  /** The path as in `assay.yml`, for messages and evidence. */
  name: string;
  task: Task;
  /** Column that names a row; undefined: row number and the test set's digest. */
  id: string | undefined;
  target: string | undefined;
  files?: Files | undefined;
}

export interface TestSetRows {
  rows: TestRows;
  truth: Truth;
  design: RowDesign;
  testSet: TestSet;
}

/**
 * Reads a test set: rows for scorers, truth for metrics, and what evidence records of it. Without a declared id the rows
 * are called `1@<digest>`, `2@<digest>`…, so that predictions of another version of the file never fit by accident.
 * @throws UsageError when the file cannot be read, has no rows, lacks id or target, or ids are missing or not unique
 */
export async function readTestSet(request: TestSetRequest): Promise<TestSetRows> {
  const { path, name, task, id, target } = request;
  if (target === undefined) throw new UsageError(`${name}: test sets of scored tasks cannot be read yet.`);
  const files = request.files ?? createNodeFiles();
  if (id === target)
    throw new UsageError(`${name}: ${JSON.stringify(id)} is declared as both id and target; they must be two columns.`);
  const text = [id, task === "regression" ? undefined : target].filter((column) => column !== undefined);
  const table = await readTable(path, { text, name, files });
  if (table.rows === 0) throw new UsageError(`${name} has column names but no rows; at least one row is needed to evaluate.`);

  const { digest } = await files.digest(path);
  const ids = id === undefined ? rowNumbers(table.rows, digest) : declaredIds(findColumn(table, id, "id", name), name);
  return {
    rows: { path, name, table, idColumn: id, targetColumn: target },
    truth: truthOf(findColumn(table, target, "target", name), ids, task, name),
    design: plainRows,
    testSet: { path: name, digest, rows: table.rows },
  };
}

function rowNumbers(rows: number, digest: string): string[] {
  const suffix = `@${shortDigest(digest)}`;
  return Array.from({ length: rows }, (_, index) => `${index + 1}${suffix}`);
}

function findColumn(table: Table, column: string, role: "id" | "target", file: string): Column {
  const found = table.columns.find(({ name }) => name === column);
  if (found) return found;
  const names = quoted(
    table.columns.map(({ name }) => name),
    20,
  );
  throw new UsageError(`${file} has no column ${JSON.stringify(column)}, which evaluate.${role} names; it has ${names}.`);
}

function declaredIds(column: Column, file: string): readonly string[] {
  const ids = labelsOf(column, "id", file);
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const id of ids) (seen.has(id) ? duplicates : seen).add(id);
  if (duplicates.size > 0)
    throw new UsageError(
      `${file}: the id column ${JSON.stringify(column.name)} must name each row once, but ${duplicates.size} ` +
        `id${duplicates.size === 1 ? " is" : "s are"} there more than once: ${quoted([...duplicates])}. ` +
        "Choose a column that is unique, or leave evaluate.id out.",
    );
  return ids;
}

function truthOf(column: Column, ids: readonly string[], task: Task, file: string): Truth {
  const target = JSON.stringify(column.name);
  if (task !== "regression") {
    const labels = labelsOf(column, "target", file);
    const distinct = [...new Set(labels)].sort();
    if (task === "binary" && distinct.length > 2)
      throw new UsageError(
        `${file}: the task is binary, but the target ${target} has ${distinct.length} labels. Declare task: multiclass, or mend the labels.`,
      );
    return { kind: "classification", ids, labels };
  }
  if (column.kind === "text")
    throw new UsageError(
      `${file}: the task is regression, but the target ${target} is not numeric. Mend the values or declare another task.`,
    );
  refuseRows(
    rowsWhere(column.values.length, (row) => !Number.isFinite(column.values[row])),
    "target",
    target,
    file,
    "missing or infinite",
  );
  return { kind: "regression", ids, values: column.values };
}

/** A text column without missing values. */
function labelsOf(column: Column, role: "id" | "target", file: string): readonly string[] {
  const values: readonly (string | null)[] = column.kind === "text" ? column.values : Array.from(column.values, String);
  refuseRows(
    rowsWhere(values.length, (row) => values[row] === null),
    role,
    JSON.stringify(column.name),
    file,
    "missing",
  );
  return values.filter((value) => value !== null);
}

function rowsWhere(rows: number, isBad: (row: number) => boolean): number[] {
  const bad: number[] = [];
  for (let row = 0; row < rows; row++) if (isBad(row)) bad.push(row + 1);
  return bad;
}

function refuseRows(bad: readonly number[], role: "id" | "target", column: string, file: string, what: string): void {
  if (bad.length === 0) return;
  const shown = bad.slice(0, tableLimits.shownProblems).join(", ");
  const more = bad.length > tableLimits.shownProblems ? ", …" : "";
  throw new UsageError(
    `${file}: the ${role} ${column} is ${what} in ${bad.length} row${bad.length === 1 ? "" : "s"} ` +
      `(row ${shown}${more}, counted from 1 below the column names). Fill the values in or remove the rows.`,
  );
}
