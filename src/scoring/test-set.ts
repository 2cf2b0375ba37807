import { readTable } from "../data/read-table.ts";
import type { Table } from "../data/table.ts";
import { quoted } from "../data/table-request.ts";
import { UsageError } from "../errors/errors.ts";
import { shortDigest } from "../evidence/digest.ts";
import type { TestSet } from "../evidence/evidence.ts";
import type { Files } from "../files/files.ts";
import type { Task } from "../spec/spec.ts";
import type { RowDesign, Truth } from "./predictions.ts";
import { type DesignColumns, readDesign } from "./row-design.ts";
import type { TestRows } from "./scorer.ts";
import { completeTextOf, type DeclaredBy, type DeclaredColumn, findColumn, textOf } from "./test-column.ts";
import { truthOf } from "./truth.ts";

export interface TestSetRequest extends DesignColumns {
  /** Absolute path of the file. */
  path: string;
  /** The path as in `assay.yml`, for messages and evidence. */
  name: string;
  task: Task;
  /** Column that names a row; undefined: row number and the test set's digest. */
  id: string | undefined;
  /** Column with the truth; undefined only of `scored` tasks. */
  target: string | undefined;
  /** Default: `evaluate.` of assay.yml. */
  by?: DeclaredBy | undefined;
  files: Files;
}

export interface TestSetRows {
  rows: TestRows;
  truth: Truth;
  design: RowDesign;
  testSet: TestSet;
}

/**
 * Reads a test set: rows for scorers, truth for metrics, how the rows count, and what evidence records of it. Without a declared
 * id the rows are called `1@<digest>`, `2@<digest>`…, so that predictions of another version of the file never fit by accident.
 * @throws UsageError when the file cannot be read, has no rows, lacks a declared column, or a column is not what it is declared as
 */
export async function readTestSet(request: TestSetRequest): Promise<TestSetRows> {
  const { path, name, task, id, target, group, weight, files } = request;
  checkRoles(request);
  const text = [id, task === "regression" ? undefined : target].filter((column) => column !== undefined);
  const table = await readTable(path, { text, name, files });
  if (table.rows === 0) throw new UsageError(`${name} has column names but no rows; at least one row is needed to evaluate.`);

  const { digest } = await files.digest(path);
  const ids =
    id === undefined
      ? rowNumbers(table.rows, digest)
      : declaredIds(table, { role: "id", column: id, file: name, by: request.by });
  return {
    rows: { path, name, table, idColumn: id, targetColumn: target, groupColumn: group, weightColumn: weight },
    truth: readTruth(table, ids, request),
    design: await readDesign(request, { table, path, file: name, files }),
    testSet: { path: name, digest, rows: table.rows },
  };
}

/** One column cannot be two of these. */
export function checkRoles({
  name,
  id,
  target,
  group,
  weight,
}: Pick<TestSetRequest, "name" | "id" | "target" | "group" | "weight">): void {
  const roles = Object.entries({ id, target, group, weight });
  for (const [index, [role, column]] of roles.entries()) {
    const other = roles.slice(index + 1).find(([, same]) => column !== undefined && same === column);
    if (other)
      throw new UsageError(
        `${name}: ${JSON.stringify(column)} is declared as both ${role} and ${other[0]}; they must be two columns.`,
      );
  }
}

function readTruth(table: Table, ids: readonly string[], { task, target, name, by }: TestSetRequest): Truth {
  const declared = target === undefined ? undefined : ({ role: "target", column: target, file: name, by } as const);
  const column = declared && findColumn(table, declared);
  if (task === "scored") return { kind: "scored", ids };
  if (!declared || !column)
    throw new UsageError(`${name}: a ${task} task needs the column with the truth. Declare evaluate.target.`);
  return truthOf(column, ids, task, declared);
}

function rowNumbers(rows: number, digest: string): string[] {
  const suffix = `@${shortDigest(digest)}`;
  return Array.from({ length: rows }, (_, index) => `${index + 1}${suffix}`);
}

function declaredIds(table: Table, declared: DeclaredColumn): readonly string[] {
  const { column, file, by = "evaluate." } = declared;
  const ids = completeTextOf(textOf(findColumn(table, declared)), declared);
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const id of ids) (seen.has(id) ? duplicates : seen).add(id);
  if (duplicates.size > 0)
    throw new UsageError(
      `${file}: the id column ${JSON.stringify(column)} must name each row once, but ${duplicates.size} ` +
        `id${duplicates.size === 1 ? " is" : "s are"} there more than once: ${quoted([...duplicates])}. ` +
        `Choose a column that is unique, or leave ${by}id out.`,
    );
  return ids;
}
