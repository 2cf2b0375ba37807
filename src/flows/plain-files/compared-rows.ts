import { resolve } from "node:path";
import type { Column, Table } from "../../data/table.ts";
import { quoted } from "../../data/table-request.ts";
import { UsageError } from "../../errors/errors.ts";
import { digestOf } from "../../evidence/digest.ts";
import type { TestSet } from "../../evidence/evidence.ts";
import type { Files } from "../../files/files.ts";
import { shownLabels } from "../../scoring/join.ts";
import type { RowDesign, Truth } from "../../scoring/predictions.ts";
import type { PredictionsFile } from "../../scoring/predictions-file.ts";
import { readDesign } from "../../scoring/row-design.ts";
import { checkRoles, readTestSet } from "../../scoring/test-set.ts";
import { didYouMean } from "../../spec/did-you-mean.ts";
import type { Task } from "../../spec/spec.ts";
import { alignedColumn, asNumbers } from "./file-columns.ts";
import type { PlainRequest } from "./request.ts";
import type { Side } from "./sides.ts";

/** The rows that files are about. */
export interface ComparedRows {
  truth: Truth;
  testSet: TestSet;
  /** Of the test set; empty without one. */
  table: Table;
}

/** The rows of `--data`. */
export async function rowsOfData(task: Task, data: string, request: PlainRequest, files: Files): Promise<ComparedRows> {
  if (task !== "scored" && request.target === undefined)
    throw new UsageError(`--target is missing: name the column of ${data} that holds the truth of a ${task} task.`);
  const { id, target } = request;
  checkRoles({ ...request, name: data, id, target });
  const read = await readTestSet({ path: resolve(data), name: data, task, id, target, by: "--", files });
  checkPositive(read.truth, task, request);
  return { truth: read.truth, testSet: read.testSet, table: read.rows.table };
}

function checkPositive(truth: Truth, task: Task, { positive, data, target }: PlainRequest): void {
  if (positive === undefined) return;
  if (task !== "binary") throw new UsageError(`--positive: a ${task} task has no positive label. Leave the option out.`);
  const labels = new Set(truth.kind === "classification" ? truth.labels : []);
  if (!labels.has(positive))
    throw new UsageError(
      `--positive: ${JSON.stringify(positive)} is not a label of ${data}; the column ${JSON.stringify(target)} has ${shownLabels(labels)}. Write one of them.`,
    );
}

/**
 * The rows of scored files by themselves: the ids of the first, which all others must have.
 * @throws UsageError when files are of other rows, or samples of other documents
 */
export function rowsOfFiles(sides: readonly Side[]): ComparedRows {
  const [first, ...others] = sides.flatMap(({ trainings }) => trainings);
  if (first === undefined) throw new Error("There is no file.");
  const ids = [...new Set(idsOf(first))];
  for (const other of others) {
    checkSameIds(first, ids, other);
    checkSameDocuments(first, other);
  }
  const digest = digestOf(JSON.stringify(ids));
  return {
    truth: { kind: "scored", ids },
    testSet: { path: first.raw.source ?? "", digest, rows: ids.length },
    table: { rows: ids.length, columns: [] },
  };
}

function idsOf({ raw, table }: PredictionsFile): readonly string[] {
  if (raw.ids) return raw.ids;
  const names = table.columns.map(({ name }) => name);
  throw new UsageError(
    `${raw.source} has no column "id"; it has ${quoted(names, 20)}. Rows are told apart by it: write one, or name the column with --id.`,
  );
}

function checkSameIds(first: PredictionsFile, ids: readonly string[], other: PredictionsFile): void {
  const [known, theirs] = [new Set(ids), new Set(idsOf(other))];
  const [missing, more] = [ids.filter((id) => !theirs.has(id)), [...theirs].filter((id) => !known.has(id))];
  const [a, b] = [first.raw.source, other.raw.source];
  const problems = [
    ...(missing.length > 0 ? [`${missing.length} only in ${a} (${quoted(missing)})`] : []),
    ...(more.length > 0 ? [`${more.length} only in ${b} (${quoted(more)})`] : []),
  ];
  if (problems.length > 0)
    throw new UsageError(
      `${a} and ${b} are not about the same rows: of their ids ${problems.join(" and ")}. Score both models on the same rows.`,
    );
}

/** lm-evaluation-harness says of each document what it was; ids are mere numbers. */
function checkSameDocuments(first: PredictionsFile, other: PredictionsFile): void {
  const [ours, theirs] = [hashesOf(first), hashesOf(other)];
  const differ = [...ours].filter(([id, hash]) => theirs.get(id) !== undefined && theirs.get(id) !== hash).map(([id]) => id);
  if (differ.length > 0)
    throw new UsageError(
      `${first.raw.source} and ${other.raw.source} are samples of other documents: doc_hash differs for doc_id ${quoted(differ)}. Run both models on the same version of the task.`,
    );
}

function hashesOf(file: PredictionsFile): ReadonlyMap<string, string> {
  const column = file.format === "table" ? undefined : file.table.columns.find(({ name }) => name === "doc_hash");
  if (column?.kind !== "text") return new Map();
  return new Map(column.values.flatMap((hash, line) => (hash === null ? [] : [[file.raw.ids?.[line] ?? "", hash] as const])));
}

/** Groups, weights and slices, from columns of the test set, else of the files. */
export async function designOf(
  rows: ComparedRows,
  sides: readonly Side[],
  request: PlainRequest,
  files: Files,
): Promise<RowDesign> {
  const { truth, table } = rows;
  const { slices, group, minRows } = request;
  const found = (role: string, name: string): Column | undefined =>
    table.columns.some((column) => column.name === name) ? undefined : columnOfFiles(role, name, rows, sides);
  const fromFiles = [...slices.map((name) => found("slices", name)), ...(group === undefined ? [] : [found("group", group)])];
  const weight = request.weight === undefined ? undefined : found("weight", request.weight);
  const columns = [...fromFiles, weight && asNumbers(weight)].filter((column) => column !== undefined);
  const unique = columns.filter(({ name }, at) => columns.findIndex((column) => column.name === name) === at);
  const file = rows.testSet.path;
  return readDesign(
    { group, weight: request.weight, slices: slices.map((column) => ({ column, minRows })) },
    { table: { rows: truth.ids.length, columns: [...table.columns, ...unique] }, path: resolve(file), file, files },
  );
}

function columnOfFiles(role: string, name: string, { truth, table, testSet }: ComparedRows, sides: readonly Side[]): Column {
  const all = sides.flatMap(({ trainings }) => trainings);
  for (const file of all) {
    const column = alignedColumn(file, name, truth.ids);
    if (column) return column;
  }
  const there = new Set([...table.columns, ...all.flatMap(({ table: { columns } }) => columns)].map((column) => column.name));
  const where = [...new Set([testSet.path, ...all.map(({ raw }) => raw.source)])].join(", ");
  const meant = didYouMean(name, there);
  const question = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
  throw new UsageError(
    `--${role}: no column ${JSON.stringify(name)} in ${where}; there is ${quoted([...there], 20)}.${question}`,
  );
}
