import type { MonitoredMetric } from "../../src/monitoring/monitor-model.ts";
import type { MonitoredTables } from "../../src/monitoring/monitored-tables.ts";
import { driftedColumns } from "./drift-states.ts";

interface Made {
  windows?: number;
  /** Windows at the end that are worse. */
  worse?: number;
  /** Of the windows and columns, which may come from outside. */
  name?: string;
  /** What it is judged by. */
  by?: "both" | "estimate" | "nothing";
}

/**
 * A model in use: its first windows have labels, the last ones only an estimate.
 */
export function createMonitored({ windows = 12, worse = 2, name = "", by = "both" }: Made = {}): MonitoredTables {
  const metrics = ["accuracy", "f1", "roc_auc"];
  const value = (metric: number) => 0.82 - 0.05 * metric;
  const usual = { low: 0.6, high: 0.9 };
  const made = Array.from({ length: windows }, (_, at) => {
    const isWorse = at >= windows - worse;
    const hasLabels = by === "both" && (at < windows / 2 || at % 2 === 1);
    return {
      ...{ name: `${name}2026-${String(at + 1).padStart(2, "0")}`, rows: 5_000 + at, labelled: hasLabels ? 4_900 : 0 },
      metrics: metrics.map((metric, m): MonitoredMetric => {
        const now = value(m) + 0.01 * Math.sin(at + m) - (isWorse ? 0.3 : 0);
        const interval = { low: now - 0.02, high: now + 0.02 };
        const estimated = { estimate: now + 0.005, samplingError: 0.005, interval, usual, alert: isWorse };
        if (by === "nothing") return { metric, value: null, undefinedBecause: "no row has a label" };
        if (!hasLabels) return { metric, value: null, undefinedBecause: "no row has a label", estimated };
        const verdict = isWorse ? "worse" : "same";
        const change = now - value(m);
        return {
          metric,
          value: now,
          interval,
          estimated,
          fromReference: { change, interval, pValue: 0.01, adjusted: 0.02, verdict },
        };
      }),
    };
  });
  return {
    task: "binary",
    reference: {
      ...{ rows: 60_000, labelled: 60_000 },
      metrics: metrics.map((metric, m) => ({ metric, value: value(m) })),
    },
    windows: made,
    errorChanges: worse === 0 ? [] : [{ noticed: 51_200, since: 50_400, before: 0.18, after: 0.48 }],
    calibrated: [true],
    columns: driftedColumns.slice(0, 3).map((column, at) => ({
      ...{ ...column, name: `${name}${column.name}` },
      role: (["score", "prediction", "label"] as const)[at] ?? "score",
    })),
    worse: made
      .slice(windows - worse)
      .flatMap(({ name: window, labelled }) =>
        metrics.map((metric) => ({ window, metric, from: labelled > 0 ? ("labels" as const) : ("estimate" as const) })),
      ),
  };
}
