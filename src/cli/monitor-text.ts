import { markdownTable } from "markdown-table";
import { type DriftResult, hasDrifted } from "../evidence/data-evidence.ts";
import type { MonitoredFiles } from "../flows/monitor-files.ts";
import type { MonitoredMetric } from "../monitoring/monitor-model.ts";
import { driftRows } from "../report/drift.ts";
import { formatChange, formatFixed, formatNumber, plural } from "../report/format.ts";

/** A model in use, as a terminal shows it. */
export function monitorText(monitored: MonitoredFiles): string {
  const { reference, windows, errorChanges, columns, calibrated } = monitored;
  const metrics = reference.metrics.map(({ metric }) => metric);
  const known = reference.metrics.map(({ metric, value }) => `${metric} ${formatNumber(value)}`);
  const header = ["window", "rows", "labels", ...metrics, "result"];
  const rows = windows.map((window) => [
    ...[window.name, formatFixed(window.rows, 0), formatFixed(window.labelled, 0)],
    ...window.metrics.map(cell),
    resultOf(window.name, monitored),
  ]);
  const hasEstimates = windows.some((window) => window.metrics.some(({ estimated }) => estimated !== undefined));
  return [
    `The reference: ${known.join(", ")} on ${plural(reference.labelled, "row")}`,
    markdownTable([header, ...rows]),
    ...(hasEstimates ? [howEstimated(calibrated)] : []),
    ...errorChanges.map(
      ({ since, before, after }) =>
        `Mean error from about row ${formatFixed(since + 1, 0)} on (ADWIN): ${formatNumber(before)} → ${formatNumber(after)}`,
    ),
    columnsText(monitored, columns),
  ].join("\n\n");
}

/** `0.825 ±0.003, est. 0.827`. */
function cell({ value, interval, estimated }: MonitoredMetric): string {
  const half = interval === undefined ? "" : ` ±${((interval.high - interval.low) / 2).toPrecision(2)}`;
  const truth = value === null ? [] : [`${formatNumber(value)}${half}`];
  return [...truth, ...(estimated ? [`est. ${formatNumber(estimated.estimate)}`] : [])].join(", ") || "—";
}

function resultOf(window: string, { windows, worse }: MonitoredFiles): string {
  const found = windows.find(({ name }) => name === window);
  const bad = worse.filter((one) => one.window === window);
  const better = found?.metrics.filter(({ fromReference }) => fromReference?.verdict === "better") ?? [];
  const said = [
    ...bad.map(({ metric, from }) => {
      const change = found?.metrics.find((one) => one.metric === metric)?.fromReference?.change;
      return from === "labels" ? `WORSE: ${metric} ${formatChange(change, 3)}` : `WORSE by estimate: ${metric}`;
    }),
    ...better.map(({ metric, fromReference }) => `better: ${metric} ${formatChange(fromReference?.change, 3)}`),
  ];
  if (said.length > 0) return said.join(", ");
  const isJudged = found?.metrics.some(({ fromReference, estimated }) => fromReference !== undefined || estimated !== undefined);
  return isJudged ? "no change shown" : "not judged";
}

function howEstimated(calibrated: readonly boolean[]): string {
  const how = calibrated.some((is) => is) ? "scores calibrated on the reference" : "from the scores as they are";
  return `est.: without labels, ${how}. It does not see that the same rows come to mean something else; only labels tell.`;
}

function columnsText({ reference, windows }: MonitoredFiles, columns: MonitoredFiles["columns"]): string {
  const result: DriftResult = {
    ...{ preset: "assay", columns, drifted: columns.filter(hasDrifted).length },
    rows: { reference: reference.rows, current: windows.reduce((rows, window) => rows + window.rows, 0) },
  };
  const roles = new Map(columns.map(({ name, role }) => [name, role]));
  const rows = driftRows(result).map(({ column, distance, note, hasDrifted }) => [
    ...[column.name, roles.get(column.name) ?? "", distance],
    `${hasDrifted ? "DRIFTED: " : ""}${note}`,
  ]);
  return markdownTable([["column", "of", "distance", "result"], ...rows]);
}
