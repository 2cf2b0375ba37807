import { measureTrainings, metricFor } from "../evaluation/measure-trainings.ts";
import type { Rows } from "../evaluation/rows.ts";
import { selectRows } from "../evaluation/select-rows.ts";
import type { MetricResult } from "../evidence/evidence.ts";
import type { Task } from "../spec/spec.ts";
import { pickRows } from "./classified-rows.ts";
import { type ErrorChange, errorChanges } from "./error-changes.ts";
import { type Classes, classifiedRows, type ModelTable, measurableRows } from "./model-table.ts";
import { type PerformanceChange, performanceChanges } from "./performance-change.ts";
import type { Window } from "./windows.ts";
import { windowsOf } from "./windows.ts";
import { type EstimatedMetric, estimatedMetrics } from "./without-labels/expected-metrics.ts";
import { createPerformanceEstimator, type EstimatedPerformance } from "./without-labels/performance-estimator.ts";

export interface MonitorRequest {
  task: Task;
  /** Of classification. */
  classes: Classes | undefined;
  metrics: readonly string[];
  /** Changes of a metric up to it are none; of numbers that are predicted, a share of the reference's value. */
  tolerance: number;
  /** Rows with labels that the model was not trained on. */
  reference: ModelTable;
  current: ModelTable;
  /** Of the current rows. */
  windows: readonly Window[];
}

export interface MonitoredWindow {
  name: string;
  rows: number;
  /** Rows whose labels are known. */
  labelled: number;
  metrics: MonitoredMetric[];
}

export interface MonitoredMetric extends MetricResult {
  /** From the reference, where labels are known. */
  fromReference?: PerformanceChange;
  /** Without labels. */
  estimated?: Omit<EstimatedPerformance, "metric">;
  /** The same of the rows without labels alone, where only some have one. */
  ofUnlabelled?: Pick<EstimatedPerformance, "estimate" | "interval">;
}

export interface Monitored {
  task: Task;
  reference: { rows: number; labelled: number; metrics: MetricResult[] };
  windows: MonitoredWindow[];
  /** Of the rows with labels, in their order; positions in the current table. */
  errorChanges: ErrorChange[];
  /** Of each class whether its scores are calibrated for the estimates; none where there are no scores. */
  calibrated: readonly boolean[];
}

/** Fewer windows of the reference do not show how far its own lie apart. */
const leastReferenceWindows = 5;

/**
 * A model in use beside a reference: window by window its metrics where labels are known, the estimate where its scores allow one,
 * and where its errors changed.
 */
export function monitorModel(request: MonitorRequest): Monitored {
  const { task, classes, reference, current, windows } = request;
  const [before, now] = [reference, current].map((table) => measurableRows(table, classes));
  if (!before || !now) throw new Error("There are two tables.");
  const measure = (rows: Rows): MetricResult[] =>
    request.metrics.map((name) => measureTrainings(name, metricFor(name, task), [rows], undefined));
  const referenceMetrics = measure(before.rows);
  const positions = new Int32Array(current.truth.length).fill(-1);
  for (const [position, place] of now.places.entries()) positions[place] = position;
  const known = windows.map(({ rows }) =>
    Int32Array.from(rows, (row) => positions[row] ?? -1).filter((position) => position >= 0),
  );
  const measured = known.map((rows) =>
    rows.length === 0 ? request.metrics.map(unlabelled) : measure(selectRows(now.rows, rows)),
  );
  const changes = performanceChanges(referenceMetrics, measured, toleratedBy(request));
  const withoutLabels = windows.map(({ name, rows }, w) => {
    const isPart = known[w]?.length !== 0 && known[w]?.length !== rows.length;
    return { name, rows: isPart ? rows.filter((row) => (positions[row] ?? -1) < 0) : new Uint32Array() };
  });
  const { calibrated, estimate } = estimatorOf(request);
  const [estimates, ofUnlabelled] = [estimate(windows), estimate(withoutLabels)];
  return {
    task,
    reference: { rows: reference.truth.length, labelled: before.places.length, metrics: referenceMetrics },
    windows: windows.map(({ name, rows }, w) => ({
      ...{ name, rows: rows.length, labelled: known[w]?.length ?? 0 },
      metrics: (measured[w] ?? []).map((metric, m): MonitoredMetric => {
        const [fromReference, estimated, rest] = [changes[w]?.[m], estimates[w]?.[m], ofUnlabelled[w]?.[m]];
        return {
          ...{ ...metric, ...(fromReference ? { fromReference } : {}), ...(estimated ? { estimated } : {}) },
          ...(rest ? { ofUnlabelled: { estimate: rest.estimate, interval: rest.interval } } : {}),
        };
      }),
    })),
    errorChanges: errorChangesInOrder(before.rows, now.rows, known, now.places),
    calibrated,
  };
}

function unlabelled(metric: string): MetricResult {
  return { metric, value: null, undefinedBecause: "no row has a label" };
}

function toleratedBy({ task, tolerance }: MonitorRequest): (metric: MetricResult) => number {
  return ({ value }) => (task === "regression" ? tolerance * Math.abs(value ?? 0) : tolerance);
}

/** Names of the estimates, by those of the metrics. */
const estimateNames: Readonly<Record<"binary" | "multiclass", Readonly<Record<string, EstimatedMetric>>>> = {
  binary: Object.fromEntries(estimatedMetrics.map((name) => [name, name])),
  multiclass: {
    accuracy: "accuracy",
    roc_auc_ovr: "roc_auc",
    average_precision: "average_precision",
    f1_macro: "f1",
    precision_macro: "precision",
    recall_macro: "recall",
  },
};

type Estimate = MonitoredMetric["estimated"];

/** `estimate`: of each window its metrics; of no rows, and where there are no scores, none. */
function estimatorOf({ classes, reference, current, metrics, windows }: MonitorRequest): {
  calibrated: readonly boolean[];
  estimate: (parts: readonly Window[]) => Estimate[][];
} {
  const [before, now] = [reference, current].map((table) => classifiedRows(table, classes));
  if (!before || !now || classes === undefined) return { calibrated: [], estimate: () => [] };
  const names = metrics.map((metric) => estimateNames[classes.task][metric]);
  const asked = [...new Set(names.filter((name) => name !== undefined))];
  const order = Uint32Array.from(before.truth.keys());
  const size = Math.max(
    1,
    Math.round(windows.reduce((rows, window) => rows + window.rows.length, 0) / Math.max(1, windows.length)),
  );
  const cut = order.length / size >= leastReferenceWindows ? { size } : { number: 2 * leastReferenceWindows };
  const referenceWindows = windowsOf(order, cut).map(({ rows }) => pickRows(before, rows));
  const estimator = createPerformanceEstimator(before, referenceWindows, asked);
  const estimateWindow = ({ rows }: Window): Estimate[] => {
    if (rows.length === 0) return [];
    const found = new Map(estimator.estimate(pickRows(now, rows)).map(({ metric, ...estimate }) => [metric, estimate] as const));
    return names.map((name) => {
      const estimate = name === undefined ? undefined : found.get(name);
      return estimate === undefined || Number.isNaN(estimate.estimate) ? undefined : estimate;
    });
  };
  return { calibrated: estimator.calibrated, estimate: (parts) => parts.map(estimateWindow) };
}

/** In the order of the windows' rows. */
function errorChangesInOrder(before: Rows, now: Rows, known: readonly Int32Array[], places: Uint32Array): ErrorChange[] {
  const order = known.flatMap((rows) => [...rows]);
  const all = errorsOf(now);
  const errors = Float64Array.from(order, (position) => all[position] ?? 0);
  const placeOf = (at: number) => places[order[at] ?? 0] ?? 0;
  return errorChanges(errorsOf(before), errors).map((change) => ({
    ...change,
    noticed: placeOf(change.noticed),
    since: placeOf(change.since),
  }));
}

function errorsOf(rows: Rows): Float64Array {
  if (rows.kind === "regression") return rows.predicted.map((value, row) => Math.abs(value - (rows.truth[row] ?? 0)));
  if (rows.kind !== "classification") throw new Error("Only labels and numbers have errors.");
  return Float64Array.from(rows.truth, (label, row) => (label === rows.predicted[row] ? 0 : 1));
}
