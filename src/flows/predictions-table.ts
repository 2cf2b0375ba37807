import { resolve } from "node:path";
import { isMissingMarker, parseNumber } from "../data/number-text.ts";
import { readTable } from "../data/read-table.ts";
import type { Column, Table } from "../data/table.ts";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import type { ModelTable } from "../monitoring/model-table.ts";
import { sentence } from "./called.ts";
import type { MonitorFilesRequest } from "./monitor-files.ts";

type Side = "reference" | "current";

/**
 * One table of a model's predictions. Only columns that are needed are kept; the label may be missing in the rows of now.
 * @throws UsageError when there are no rows, or a column is missing
 */
export async function readPredictions(request: MonitorFilesRequest, side: Side, files: Files): Promise<Table> {
  const path = request[side];
  const by = side === "current" && "by" in request.windows ? [request.windows.by] : [];
  const order = side === "current" && request.order !== undefined ? [request.order] : [];
  const scores = request.scores.map(({ column }) => column);
  const labels = [request.label, request.prediction];
  const columns = [...new Set([...labels, ...scores, ...by, ...order])];
  const text = [...(request.task === "regression" ? [] : labels), ...by.filter((name) => !scores.includes(name))];
  const optional = side === "current" ? [request.label] : [];
  const table = await readTable(resolve(path), { columns, text, optional, name: path, files });
  if (table.rows === 0) throw new UsageError(`${path}: there are no rows.`);
  return table;
}

/**
 * What the model said and what turned out. Messages name the row of what does not fit and not the value: they are in logs, which may be
 * public, and what stands in a wrong column may be private.
 * @throws UsageError when a column does not hold what is expected
 */
export function modelTable(table: Table, request: MonitorFilesRequest, side: Side): ModelTable {
  const { label, prediction, scores, task } = request;
  const file = request[side];
  const numbers = (name: string) => numbersOf(table, name, file);
  if (task === "regression") return { kind: "regression", predicted: numbers(prediction), truth: numbers(label) };
  const probabilities = (name: string) => {
    const values = numbers(name);
    const row = values.findIndex((value) => value < 0 || value > 1);
    if (row < 0) return values;
    const asked = `${request.called("score")}: column ${name} of ${file}`;
    throw new UsageError(sentence(`${asked} holds no probability from 0 to 1 in ${rowName(row)}.`));
  };
  return {
    kind: "classification",
    predicted: textsOf(table, prediction),
    truth: textsOf(table, label),
    scores: scores.map(({ column }) => probabilities(column)),
  };
}

function numbersOf(table: Table, name: string, file: string): Float64Array {
  const column = columnOf(table, name);
  if (column?.kind === "number") return column.values;
  const isOther = (text: string | null) =>
    text !== null && text !== "" && parseNumber(text) === undefined && !isMissingMarker(text);
  const row = column?.values.findIndex((value) => isOther(value)) ?? -1;
  if (row >= 0)
    throw new UsageError(
      `${file}: column ${name} holds no number in ${rowName(row)}, where one was expected. Mend the value, or leave it empty.`,
    );
  return Float64Array.from({ length: table.rows }, (_, at) => parseNumber(column?.values[at] ?? "") ?? Number.NaN);
}

/** Rows of data count from 1. */
export function rowName(row: number): string {
  return `row ${(row + 1).toLocaleString("en-US")}`;
}

export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

export function textsOf(table: Table, name: string): readonly (string | null)[] {
  const column = columnOf(table, name);
  if (column === undefined) return new Array<null>(table.rows).fill(null);
  return column.kind === "text"
    ? column.values.map((value) => (value === "" ? null : value))
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}
