import { markdownTable } from "markdown-table";
import { sentence } from "../flows/called.ts";
import type { MonitoredWindow } from "../monitoring/monitor-model.ts";
import { driftOfPredictions, type MonitoredTables } from "../monitoring/monitored-tables.ts";
import { isModelJudged } from "../monitoring/worse-windows.ts";
import { driftRows } from "../report/drift.ts";
import { formatFixed, formatNumber, plural } from "../report/format.ts";
import { metricInWords, monitoredNotes, notJudged, windowResult } from "../report/monitored.ts";

/** A model in use, as a terminal shows it. */
export function monitorText(monitored: MonitoredTables): string {
  const { reference, windows } = monitored;
  const metrics = reference.metrics.map(({ metric }) => metric);
  const known = reference.metrics.map(({ metric, value }) => `${metric} ${formatNumber(value)}`);
  const header = ["window", "rows", "labels", ...metrics, "result"];
  const rows = windows.map((window) => [
    ...[window.name, formatFixed(window.rows, 0), formatFixed(window.labelled, 0)],
    ...window.metrics.map(metricInWords),
    resultOf(window, monitored),
  ]);
  return [
    `The reference: ${known.join(", ")} on ${plural(reference.labelled, "row")}`,
    markdownTable([header, ...rows]),
    ...monitoredNotes(monitored),
    columnsText(monitored),
    ...(isModelJudged(monitored) ? [] : [sentence(`${notJudged}.`)]),
  ].join("\n\n");
}

function resultOf(window: MonitoredWindow, monitored: MonitoredTables): string {
  const { worse, better, isJudged } = windowResult(window, monitored);
  const said = [...worse.map((what) => `WORSE: ${what}`), ...better.map((what) => `better: ${what}`)];
  if (said.length > 0) return said.join(", ");
  return isJudged ? "no change shown" : "not judged";
}

function columnsText(monitored: MonitoredTables): string {
  const roles = new Map(monitored.columns.map(({ name, role }) => [name, role]));
  const rows = driftRows(driftOfPredictions(monitored)).map(({ column, distance, note, hasDrifted }) => [
    ...[column.name, roles.get(column.name) ?? "", distance],
    `${hasDrifted ? "DRIFTED: " : ""}${note}`,
  ]);
  return markdownTable([["column", "of", "distance", "result"], ...rows]);
}
