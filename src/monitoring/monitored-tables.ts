import type { DriftColumn, DriftResult } from "../evidence/data-evidence.ts";
import { hasDrifted } from "../evidence/data-evidence.ts";
import type { Monitored } from "./monitor-model.ts";
import type { WorseMetric } from "./worse-windows.ts";

export type ColumnRole = "label" | "prediction" | "score";

/** A model in use, by tables of its predictions. */
export interface MonitoredTables extends Monitored {
  /** What the model said, and what turned out, compared like any column. */
  columns: (DriftColumn & { role: ColumnRole })[];
  worse: WorseMetric[];
}

/** What the model said and what turned out, as a comparison of tables. */
export function driftOfPredictions({ columns, reference, windows }: MonitoredTables): DriftResult {
  return {
    ...{ preset: "assay", columns, drifted: columns.filter(hasDrifted).length },
    rows: { reference: reference.rows, current: windows.reduce((rows, window) => rows + window.rows, 0) },
  };
}
