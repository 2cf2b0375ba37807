import type { Period } from "../data/periods.ts";
import type { ColumnType } from "../data/profile.ts";
import { countTable, profileTable } from "../data/profile-values.ts";
import type { Column, Table } from "../data/table.ts";
import { compareWithProfile } from "../drift/compare-with-profile.ts";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { type Classes, classesOf } from "../monitoring/model-table.ts";
import { monitorModel } from "../monitoring/monitor-model.ts";
import type { ColumnRole, MonitoredTables } from "../monitoring/monitored-tables.ts";
import { worseMetrics } from "../monitoring/worse-windows.ts";
import type { Called } from "./called.ts";
import { cutWindows } from "./cut-windows.ts";
import { parseMetrics } from "./plain-files/chosen-metrics.ts";
import { modelTable, readPredictions } from "./predictions-table.ts";

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
  /** For messages. */
  called: Called;
}

/**
 * Looks at a model in use by two tables of its predictions: no `assay.yml`, no repository.
 * @throws UsageError when a column is missing or does not fit
 */
export async function monitorFiles(request: MonitorFilesRequest, files: Files): Promise<MonitoredTables> {
  const reference = await readPredictions(request, "reference", files);
  const current = await readPredictions(request, "current", files);
  const tables = [modelTable(reference, request, "reference"), modelTable(current, request, "current")] as const;
  const task = request.task === "regression" ? request.task : undefined;
  const scored = request.scores.flatMap(({ label }) => label ?? []);
  const classes: Classes | undefined =
    task === "regression"
      ? undefined
      : classesOf(tables, {
          task: request.task === "multiclass" ? "multiclass" : "binary",
          ...{ positive: request.positive, scored, called: request.called },
        });
  const kind = task ?? classes?.task ?? "binary";
  const monitored = monitorModel({
    ...{ task: kind, classes, tolerance: request.tolerance, reference: tables[0], current: tables[1] },
    metrics: request.metrics === undefined ? defaultMetrics(kind, request) : parseMetrics(kind, request.metrics),
    windows: cutWindows(current, request),
  });
  if (monitored.reference.labelled === 0)
    throw new UsageError(
      `${request.reference}: no row has a label in ${request.label}. The reference needs rows whose labels are known.`,
    );
  return { ...monitored, columns: compareColumns(reference, current, request), worse: worseMetrics(monitored) };
}

function defaultMetrics(task: "binary" | "multiclass" | "regression", { scores }: MonitorFilesRequest): readonly string[] {
  if (task === "regression") return ["root_mean_squared_error", "mean_absolute_error"];
  const ranking = scores.length === 0 ? [] : [task === "binary" ? "roc_auc" : "roc_auc_ovr"];
  return ["accuracy", task === "binary" ? "f1" : "f1_macro", ...ranking];
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
