import type { Comparison, MetricResult } from "../../evidence/evidence.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import type { Task } from "../../spec/spec.ts";
import { changeNumbers, valueNumbers } from "../change-numbers.ts";
import { describeDirection } from "../gate-row.ts";
import type { SideNames } from "../measured.ts";
import { greaterIsBetter, metricTitle } from "../metric-title.ts";
import { plotOfChange, plotOfValue } from "../plotted-interval.ts";
import { changeStanding } from "../slices.ts";
import { changeCell } from "./gates-table.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { intervalPlot, type PlotLook } from "./interval-plot.ts";
import { plotKey } from "./plot-key.ts";

const looks = { better: "pass", worse: "fail", open: "open" } as const;

export function lookOf(standing: "better" | "worse" | "open" | undefined): PlotLook {
  return standing === undefined ? "open" : looks[standing];
}

/** Metrics of both models that no gate reads. */
export function changesTable(comparisons: readonly Comparison[], task: Task | undefined, { before, now }: SideNames): Html {
  if (comparisons.length === 0) return nothing;
  const rows = comparisons.map((comparison) => {
    const numbers = changeNumbers(comparison);
    const { interval } = numbers;
    const title = metricTitle(comparison.metric, task);
    const ends = interval ? `, 95% interval ${interval.low} to ${interval.high}` : "";
    const label = `${phraseToText(title)}: change ${numbers.change}${ends}`;
    const standing = changeStanding(comparison);
    const plot = intervalPlot(plotOfChange(comparison), lookOf(standing), label);
    return html`<tr><th scope="row">${phrase(title)}<small>${describeDirection(comparison.greaterIsBetter)}</small></th><td class="n" data-label="${before}">${numbers.baseline}</td><td class="n" data-label="${now}">${numbers.candidate}</td><td class="plot">${plot}</td><td class="n" data-label="Change">${changeCell(numbers)}</td><td>${said(comparison, standing)}</td></tr>`;
  });
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Metric</th><th scope="col" class="n">${before}</th><th scope="col" class="n">${now}</th><th scope="col">Change, with its 95% interval</th><th scope="col" class="n"><span class="hidden">Change in numbers</span></th><th scope="col">By itself</th></tr></thead><tbody>${rows}</tbody></table></div>${plotKey(comparisons.map((comparison) => plotOfChange(comparison)))}`;
}

function said({ identical, change }: Comparison, standing: ReturnType<typeof changeStanding>): Html {
  if (identical) return html`<span class="badge">identical</span>`;
  if (standing === "better") return html`<span class="badge pass"><span aria-hidden="true">▲</span> better</span>`;
  if (standing === "worse") return html`<span class="badge fail"><span aria-hidden="true">▼</span> worse</span>`;
  if (standing === "open") return html`<span class="muted">no change shown</span>`;
  return html`<span class="muted">${change === null ? "undefined" : "cannot be told"}</span>`;
}

/** Metrics of one model alone; those from 0 to 1 are drawn on that scale. */
export function valuesTable(metrics: readonly MetricResult[], task: Task | undefined, now: string): Html {
  if (metrics.length === 0) return nothing;
  const rows = metrics.map((metric) => {
    const { value, interval } = valueNumbers(metric);
    const title = metricTitle(metric.metric, task);
    const ends = interval ? `, 95% interval ${interval.low} to ${interval.high}` : "";
    const because = metric.undefinedBecause ?? metric.noIntervalBecause;
    const drawn = isShare(metric, task) ? plotOfValue(metric) : undefined;
    const plot = intervalPlot(drawn, "open", `${phraseToText(title)}: ${value}${ends}`, { low: 0, high: 1 }, true);
    const direction = task === "scored" ? "" : describeDirection(greaterIsBetter(metric.metric));
    return html`<tr><th scope="row">${phrase(title)}<small>${direction}</small></th><td class="n" data-label="${now}">${value}${interval ? html`<small class="range">${interval.low} to ${interval.high}</small>` : nothing}</td><td class="plot">${plot}</td><td>${because === undefined ? nothing : html`<span class="muted">${because}</span>`}</td></tr>`;
  });
  const scale = metrics.some((metric) => isShare(metric, task)) ? ", from 0 to 1" : "";
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Metric</th><th scope="col" class="n">${now}</th><th scope="col">95% interval${scale}</th><th scope="col"><span class="hidden">Remarks</span></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function isShare({ value, interval }: MetricResult, task: Task | undefined): boolean {
  if (task === "regression" || value === null || interval === undefined) return false;
  return [value, interval.low, interval.high].every((number) => number >= 0 && number <= 1);
}
