import { table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../markdown/escape.ts";
import { driftOfPredictions, type MonitoredTables } from "../monitoring/monitored-tables.ts";
import { driftRows } from "./drift.ts";
import { formatFixed, formatNumber, plural } from "./format.ts";
import { metricInWords, monitoredNotes, windowResult } from "./monitored.ts";

/** The latest windows are listed, and so many metrics of each. */
const [maxWindows, maxMetrics] = [12, 4];
const maxColumns = 8;
const maxName = 60;

/** A model in use, for the job's summary and the issue. */
export function monitoredBlocks(monitored: MonitoredTables | undefined): string[] {
  if (monitored === undefined) return [];
  const { windows, reference } = monitored;
  const shown = windows.slice(-maxWindows);
  const known = reference.metrics.slice(0, maxMetrics).map(({ metric, value }) => `${metric} ${formatNumber(value)}`);
  const title = `**The model in use**: ${escapeInline(known.join(", "), 500)} on ${plural(reference.labelled, "row")} of the reference.`;
  const before = windows.length - shown.length;
  return [
    before === 0 ? title : `${title} The last ${shown.length} of ${plural(windows.length, "window")}:`,
    table(
      [
        { title: "Window" },
        { title: "Rows (labels)", align: "right" },
        ...reference.metrics
          .slice(0, maxMetrics)
          .map(({ metric }) => ({ title: escapeInline(metric, maxName), align: "right" as const })),
        { title: "Result" },
      ],
      shown.map((window) => {
        const { worse, isJudged } = windowResult(window, monitored);
        const said =
          worse.length > 0 ? `▲ worse: ${worse.slice(0, maxMetrics).join(", ")}` : isJudged ? "no worse" : "not judged";
        return [
          codeSpan(window.name, maxName),
          `${formatFixed(window.rows, 0)} (${formatFixed(window.labelled, 0)})`,
          ...window.metrics.slice(0, maxMetrics).map(metricInWords),
          escapeInline(said, 500),
        ];
      }),
    ),
    ...monitoredNotes(monitored)
      .slice(-maxColumns)
      .map((note) => escapeInline(note, 500)),
    columnsLine(monitored),
  ];
}

/** `Prediction said: JS 0.012, within 0.05 · score p: ▲ KS 0.095, over 0.05`. */
function columnsLine(monitored: MonitoredTables): string {
  const roles = new Map(monitored.columns.map(({ name, role }) => [name, role]));
  return driftRows(driftOfPredictions(monitored))
    .slice(0, maxColumns)
    .map(
      ({ column, distance, note, hasDrifted }) =>
        `${roles.get(column.name) ?? ""} ${codeSpan(column.name, maxName)}: ${hasDrifted ? "▲ drifted, " : ""}${escapeInline(`${distance}, ${note}`, 300)}`,
    )
    .join(" · ");
}
