import type { MonitoredMetric, MonitoredWindow } from "../../monitoring/monitor-model.ts";
import { driftOfPredictions, type MonitoredTables } from "../../monitoring/monitored-tables.ts";
import { formatFixed, formatNumber, plural } from "../format.ts";
import { metricTitle } from "../metric-title.ts";
import { metricOfWindow, monitoredNotes, monitoredSummary, windowResult } from "../monitored.ts";
import { driftSection } from "./drift-section.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { windowsPlot } from "./windows-plot.ts";

/** Metrics past these are told by their number. */
const maxMetrics = 6;

/** A model in use: each metric window by window, and whether what it says, and what turned out, drifted. */
export function monitorSection(monitored: MonitoredTables | undefined): Html {
  if (monitored === undefined) return nothing;
  const { reference, windows, task } = monitored;
  const shown = reference.metrics.slice(0, maxMetrics);
  const figures = shown.map(({ metric, value }, at) => {
    const known = value === null ? "no value on the reference" : `reference ${formatNumber(value)}`;
    const plot = windowsPlot(windows, at, value, `${metric}, window by window`);
    return html`<figure><figcaption>${phrase(metricTitle(metric, task))} <span class="muted">${known}</span></figcaption>${plot}</figure>`;
  });
  const more = reference.metrics.length - shown.length;
  const notes = monitoredNotes(monitored).map((note) => html`<p class="muted">${note}</p>`);
  const rest = more > 0 ? html`<p class="muted">${plural(more, "more metric")} not drawn.</p>` : nothing;
  return html`<section class="block"><h3>The model in use</h3><p>The model is ${monitoredSummary(monitored)}. <span class="muted">${plural(reference.labelled, "row")} of the reference have labels.</span></p>${notes}<div class="charts">${figures}</div>${key()}${rest}${tables(monitored, shown.length)}</section>${driftSection(driftOfPredictions(monitored), undefined, { before: "Reference", now: "Now" }, "Predictions and labels")}`;
}

/** Windows that are worse first, the others folded, each in their order. */
function tables(monitored: MonitoredTables, metrics: number): Html {
  const bad = new Set(monitored.worse.map(({ window }) => window));
  const worse = monitored.windows.filter(({ name }) => bad.has(name));
  const others = monitored.windows.filter(({ name }) => !bad.has(name));
  const folded =
    others.length === 0
      ? nothing
      : html`<details><summary>${plural(others.length, "window")} no worse or not judged</summary>${table(others, monitored, metrics)}</details>`;
  return html`${worse.length === 0 ? nothing : table(worse, monitored, metrics)}${folded}`;
}

function table(windows: readonly MonitoredWindow[], monitored: MonitoredTables, metrics: number): Html {
  const heads = monitored.reference.metrics
    .slice(0, metrics)
    .map(({ metric }) => html`<th scope="col" class="n">${phrase(metricTitle(metric, monitored.task))}</th>`);
  const lines = windows.map((window) => line(window, monitored, metrics));
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Window</th>${heads}<th scope="col">Result</th></tr></thead><tbody>${lines}</tbody></table></div>`;
}

function line(window: MonitoredWindow, monitored: MonitoredTables, metrics: number): Html {
  const { worse, better, isJudged } = windowResult(window, monitored);
  const look = worse.length > 0 ? "fail" : isJudged ? "pass" : "inconclusive";
  const badge = worse.length > 0 ? "▲ worse" : isJudged ? "✓ no worse" : "not judged";
  const said = [...worse, ...better.map((what) => `better: ${what}`)].join(", ");
  const cells = window.metrics.slice(0, metrics).map((metric) => cell(metric));
  return html`<tr class="${look}"><th scope="row">${window.name}<small>${plural(window.rows, "row")}, ${formatFixed(window.labelled, 0)} with labels</small></th>${cells}<td><span class="badge ${look}">${badge}</span><small>${said}</small></td></tr>`;
}

function cell(metric: MonitoredMetric): Html {
  const { truth, estimate } = metricOfWindow(metric);
  const below = truth === undefined || estimate === undefined ? nothing : html`<small>${estimate}</small>`;
  return html`<td class="n" data-label="${metric.metric}">${truth ?? estimate ?? "—"}${below}</td>`;
}

function key(): Html {
  return html`<p class="key"><span><i class="k-dot base"></i>with labels, 95% interval</span><span><i class="k-held"></i>estimate without labels</span><span><i class="k-zero"></i>reference</span><span><i class="k-fill"></i>where the reference’s own windows lie</span></p>`;
}
