import { resolve } from "node:path";
import type { Period } from "../data/periods.ts";
import type { ColumnType } from "../data/profile.ts";
import { countTable, profileTable } from "../data/profile-values.ts";
import { readTable } from "../data/read-table.ts";
import type { Column, Table } from "../data/table.ts";
import { parseTime } from "../data/time-text.ts";
import { compareWithProfile } from "../drift/compare-with-profile.ts";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { type Classes, classesOf, type ModelTable } from "../monitoring/model-table.ts";
import { type Monitored, monitorModel } from "../monitoring/monitor-model.ts";
import type { ColumnRole, MonitoredTables } from "../monitoring/monitored-tables.ts";
import { type Window, type Windowing, windowsOf } from "../monitoring/windows.ts";
import { parseMetrics } from "./plain-files/chosen-metrics.ts";

export interface MonitorFilesRequest {
  /** Paths. */
  reference: string;
  current: string;
  label: string;
  prediction: string;
  /** Columns of scores: the positive label's, or one a label. */
  scores: readonly { label: string | undefined; column: string }[];
  /** Undefined: binary, where there are two labels. */
  task: "binary" | "multiclass" | "regression" | undefined;
  positive: string | undefined;
  metrics: string | undefined;
  windows: { size: number } | { number: number } | { by: string; period?: Period | undefined };
  /** Column that says in which order rows came; undefined: the file's. */
  order: string | undefined;
  tolerance: number;
}

/** More windows than this are an id or a time as `--by`. */
const mostWindows = 500;

/**
 * Looks at a model in use by two tables of its predictions: no `assay.yml`, no repository.
 * @throws UsageError when a column is missing or does not fit
 */
export async function monitorFiles(request: MonitorFilesRequest, files: Files): Promise<MonitoredTables> {
  const reference = await readSide(request.reference, request, "reference", files);
  const current = await readSide(request.current, request, "current", files);
  const tables = [modelTable(reference, request), modelTable(current, request)] as const;
  const task = request.task === "regression" ? request.task : undefined;
  const scored = request.scores.flatMap(({ label }) => label ?? []);
  const classes: Classes | undefined =
    task === "regression"
      ? undefined
      : classesOf(tables, { task: request.task === "multiclass" ? "multiclass" : "binary", positive: request.positive, scored });
  const kind = task ?? classes?.task ?? "binary";
  const monitored = monitorModel({
    ...{ task: kind, classes, tolerance: request.tolerance, reference: tables[0], current: tables[1] },
    metrics: request.metrics === undefined ? defaultMetrics(kind, request) : parseMetrics(kind, request.metrics),
    windows: cut(current, request),
  });
  if (monitored.reference.labelled === 0)
    throw new UsageError(
      `${request.reference}: no row has a label in ${request.label}. The reference needs rows whose labels are known.`,
    );
  return { ...monitored, columns: compareColumns(reference, current, request), worse: worseOf(monitored) };
}

function defaultMetrics(task: "binary" | "multiclass" | "regression", { scores }: MonitorFilesRequest): readonly string[] {
  if (task === "regression") return ["root_mean_squared_error", "mean_absolute_error"];
  const ranking = scores.length === 0 ? [] : [task === "binary" ? "roc_auc" : "roc_auc_ovr"];
  return ["accuracy", task === "binary" ? "f1" : "f1_macro", ...ranking];
}

/** Only columns that are needed are kept; the label may be missing in the rows of now. */
async function readSide(path: string, request: MonitorFilesRequest, side: "reference" | "current", files: Files): Promise<Table> {
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

function modelTable(table: Table, { label, prediction, scores, task }: MonitorFilesRequest): ModelTable {
  const numbers = (name: string) => {
    const column = columnOf(table, name);
    if (column?.kind === "text" && column.values.some((value) => value !== null))
      throw new UsageError(
        `Column ${name} holds ${JSON.stringify(column.values.find((value) => value !== null)?.slice(0, 40))} where a number was expected.`,
      );
    return column?.kind === "number" ? column.values : new Float64Array(table.rows).fill(Number.NaN);
  };
  if (task === "regression") return { kind: "regression", predicted: numbers(prediction), truth: numbers(label) };
  return {
    kind: "classification",
    predicted: textsOf(table, prediction),
    truth: textsOf(table, label),
    scores: scores.map(({ column }) => asProbabilities(column, numbers(column))),
  };
}

function asProbabilities(name: string, values: Float64Array): Float64Array {
  const other = values.find((value) => value < 0 || value > 1);
  if (other === undefined) return values;
  throw new UsageError(`--score: column ${name} holds ${other}, and probabilities from 0 to 1 are expected.`);
}

function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

function textsOf(table: Table, name: string): readonly (string | null)[] {
  const column = columnOf(table, name);
  if (column === undefined) return new Array<null>(table.rows).fill(null);
  return column.kind === "text"
    ? column.values.map((value) => (value === "" ? null : value))
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

function cut(table: Table, { windows, order }: MonitorFilesRequest): Window[] {
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (order !== undefined) sortRows(rows, columnOf(table, order));
  const found = windowsOf(rows, "by" in windows ? byColumn(table, windows) : windows);
  if (found.length === 0 && "by" in windows) throw new UsageError(`--by: no row has a value in column ${windows.by}.`);
  if (found.length > mostWindows)
    throw new UsageError(`There are ${found.length} windows, and at most ${mostWindows} are looked at. Take larger ones.`);
  return found;
}

function byColumn(table: Table, { by, period }: { by: string; period?: Period | undefined }): Windowing {
  const values = textsOf(table, by);
  if (period === undefined) return { by: values };
  return { times: Float64Array.from(values, (value) => (value === null ? Number.NaN : timeOf(value, by))), period };
}

function timeOf(value: string, column: string): number {
  const time = parseTime(value);
  if (time !== undefined) return time;
  throw new UsageError(
    `Column ${column} holds ${JSON.stringify(value.slice(0, 40))} where a day or time of ISO 8601 was expected, of which periods are: 2026-03-14.`,
  );
}

/** Numbers by size, other values as text, as which ISO's times are in order; rows without one come last. */
function sortRows(rows: Uint32Array, column: Column | undefined): void {
  if (column?.kind === "number") {
    const size = (row: number) => (Number.isNaN(column.values[row]) ? Number.POSITIVE_INFINITY : (column.values[row] ?? 0));
    rows.sort((a, b) => (size(a) === size(b) ? a - b : size(a) < size(b) ? -1 : 1));
  } else if (column !== undefined) {
    const last = "\u{10ffff}";
    const text = (row: number) => column.values[row] ?? last;
    rows.sort((a, b) => (text(a) === text(b) ? a - b : text(a) < text(b) ? -1 : 1));
  }
}

/** By preset assay. Labels are compared where they are known: that they come late is no drift. */
function compareColumns(reference: Table, current: Table, request: MonitorFilesRequest): MonitoredTables["columns"] {
  const { label, prediction, scores } = request;
  const types = new Map<string, ColumnType>(
    request.task === "regression" ? [] : [label, prediction].map((name) => [name, "category"] as const),
  );
  const compare = (names: readonly string[], role: (name: string) => ColumnRole, pick: (table: Table) => Table) => {
    const [before, now] = [reference, current].map((table) => pick(onlyColumns(table, names)));
    if (!before || !now || now.rows === 0) return [];
    const profile = profileTable(before, types);
    return compareWithProfile(profile, countTable(profile, now)).columns.map((column) => ({
      ...column,
      role: role(column.name),
    }));
  };
  const said = [...new Set([prediction, ...scores.map(({ column }) => column)])];
  return [
    ...compare(
      said,
      (name) => (name === prediction ? "prediction" : "score"),
      (table) => table,
    ),
    ...compare([label], () => "label", withValues),
  ];
}

function onlyColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: table.columns.filter(({ name }) => names.includes(name)) };
}

/** The rows of a table of one column that have a value. */
function withValues(table: Table): Table {
  const [column] = table.columns;
  if (column === undefined) return { rows: 0, columns: [] };
  const kept: Column =
    column.kind === "number"
      ? { ...column, values: column.values.filter((value) => !Number.isNaN(value)) }
      : { ...column, values: column.values.filter((value) => value !== null && value !== "") };
  return { rows: kept.values.length, columns: [kept] };
}

function worseOf({ windows }: Monitored): MonitoredTables["worse"] {
  return windows.flatMap(({ name: window, metrics }) =>
    metrics.flatMap(({ metric, value, fromReference, estimated }): MonitoredTables["worse"] => {
      if (fromReference?.verdict === "worse") return [{ window, metric, from: "labels" }];
      const isLow = value === null && estimated !== undefined && estimated.estimate < estimated.usual.low;
      return isLow ? [{ window, metric, from: "estimate" }] : [];
    }),
  );
}
