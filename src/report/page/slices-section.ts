import type { Interval, Slice } from "../../evidence/evidence.ts";
import type { GateResult } from "../../gates/verdict.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import { changeNumbers, valueNumbers } from "../change-numbers.ts";
import { plural } from "../format.ts";
import type { MeasuredPair, SideNames } from "../measured.ts";
import { metricTitle } from "../metric-title.ts";
import { type IntervalPlot, plotOfChange, plotOfValue } from "../plotted-interval.ts";
import { sliceName } from "../slice-name.ts";
import {
  leftOutPhrases,
  type SliceRow,
  slicedMetrics,
  sliceMetrics,
  sliceRows,
  slicesCaution,
  slicesSummary,
} from "../slices.ts";
import { lookOf } from "./changes-table.ts";
import { changeCell } from "./gates-table.ts";
import { type Html, html, nothing, phrase, trusted } from "./html.ts";
import { domainOf, intervalPlot } from "./interval-plot.ts";
import type { PairOnPage } from "./pair-on-page.ts";
import { plotKey } from "./plot-key.ts";

const maxMetrics = 12;
const maxRows = 60;
const maxMissing = 30;

/** One list a metric, its slices as intervals on one scale, the worst first. */
export function slicesSection({ pair, rows: allRows, gates, claims, task, names }: PairOnPage): Html {
  if ((pair.slices?.length ?? 0) + (pair.slicesMissing?.length ?? 0) === 0) return nothing;
  const metrics = sliceMetrics(pair, gates);
  const ruled = slicedMetrics(gates);
  const lists = metrics.slice(0, maxMetrics).map((metric, index) => {
    const rows = sliceRows(pair, metric, claims);
    if (rows.length === 0) return nothing;
    const open = index === 0 || ruled.has(metric);
    return html`<details${trusted(open ? " open" : "")}><summary>${phrase(metricTitle(metric, task))}</summary>${sliceTable(pair, metric, rows, { allRows, margin: limitOf(gates, metric), names })}</details>`;
  });
  const left = leftOutPhrases(pair, maxMissing).map((sentence) => html`<p class="muted">${phrase(sentence)}</p>`);
  const more =
    metrics.length > maxMetrics
      ? html`<p class="muted">${metrics.length - maxMetrics} more metrics are not listed.</p>`
      : nothing;
  const compared = pair.slices?.some(({ comparisons }) => comparisons.length > 0);
  const caution = compared ? html` <span class="muted">${phrase(slicesCaution(claims, task))}</span>` : nothing;
  return html`<section class="block"><h3>Slices</h3><p>${phrase(slicesSummary(pair, metrics[0], claims, task))}.${caution}</p>${lists}${more}${left}</section>`;
}

/** The limit that every slice is held against, where there is one and it is in the metric's own units. */
function limitOf(gates: readonly GateResult[], metric: string): number | undefined {
  const [first, ...others] = gates
    .map(({ gate }) => gate)
    .filter((gate) => gate.metric === metric && gate.slice && gate.slice.value === undefined);
  if (first === undefined || others.some((gate) => gate.kind !== first.kind) || first.kind !== "no-worse-than" || first.relative)
    return undefined;
  return first.margin;
}

function sliceTable(
  pair: MeasuredPair,
  metric: string,
  rows: readonly SliceRow[],
  { allRows, margin, names: { before, now } }: { allRows: number; margin: number | undefined; names: SideNames },
): Html {
  const whole = pair.comparisons.find((comparison) => comparison.metric === metric);
  const value = pair.candidate?.metrics.find((each) => each.metric === metric);
  const plots = rows.map((row) => plotOf(row, value?.value ?? undefined, margin));
  const domain = shared(plots.filter((plot) => plot !== undefined));
  const frame = { domain, flips: rows.some(({ slice }) => slice.flipped), names: { before, now } };
  const all = whole || value ? [overall(pair, allRows, { comparison: whole, value }, frame)] : [];
  const lines = rows.slice(0, maxRows).map((row, index) => sliceLine(row, plots[index], frame));
  const rest =
    rows.length > maxRows ? html`<p class="muted">${plural(rows.length - maxRows, "more slice")} not listed.</p>` : nothing;
  const compared = rows.some(({ comparison }) => comparison);
  return html`<div class="scroll"><table class="gates slices"><thead><tr><th scope="col">Slice</th><th scope="col" class="n">Rows</th>${
    compared
      ? html`<th scope="col" class="n">${before}</th><th scope="col" class="n">${now}</th>`
      : html`<th scope="col" class="n">Value</th>`
  }<th scope="col">${compared ? "Change" : "Value"}, with its 95% interval</th>${
    compared ? html`<th scope="col" class="n"><span class="hidden">Change in numbers</span></th>` : nothing
  }${frame.flips ? html`<th scope="col" class="n">Rows worse / better</th>` : nothing}</tr></thead><tbody>${[...all, ...lines]}</tbody></table></div>${rest}${plotKey(plots)}`;
}

function plotOf(
  { comparison, value }: SliceRow,
  reference: number | undefined,
  margin: number | undefined,
): IntervalPlot | undefined {
  if (comparison === undefined) return value && plotOfValue(value, reference);
  const limit = margin === undefined ? undefined : comparison.greaterIsBetter ? 0 - margin : margin;
  return plotOfChange(comparison, limit);
}

/** One scale for all: points and limits are on it, and intervals as far as they do not dwarf them. */
function shared(plots: readonly IntervalPlot[]): Interval {
  const points = domainOf(plots.map((plot) => ({ ...plot, interval: undefined })));
  const widths = plots.flatMap(({ interval }) => (interval ? [interval.high - interval.low] : [])).sort((a, b) => a - b);
  const room = 1.5 * Math.max(widths[Math.floor(widths.length / 2)] ?? 0, (points.high - points.low) / 3);
  const all = domainOf(plots);
  return { low: Math.max(all.low, points.low - room), high: Math.min(all.high, points.high + room) };
}

/** What the lines of one table share. */
interface Frame {
  domain: Interval;
  flips: boolean;
  names: SideNames;
}

function sliceLine({ slice, comparison, value, standing }: SliceRow, plot: IntervalPlot | undefined, frame: Frame): Html {
  const name = sliceName(slice);
  const look = lookOf(standing);
  const label = `${phraseToText(name)}: ${spoken({ comparison, value })}`;
  const mark = standing === "worse" ? "▼ worse" : standing === "better" ? "▲ better" : "";
  const title = html`${phrase(name)}${mark === "" ? nothing : html`<small class="${look}">${mark}</small>`}`;
  const drawn = intervalPlot(plot, look, label, frame.domain);
  return html`<tr class="${look}"><th scope="row">${title}</th>${cells(slice.rows, { comparison, value }, drawn, frame)}${flips(slice.flipped, frame)}</tr>`;
}

type Numbers = Pick<SliceRow, "comparison" | "value">;

function overall({ flipped }: MeasuredPair, rows: number, numbers: Numbers, frame: Frame): Html {
  const plot = numbers.comparison ? plotOfChange(numbers.comparison) : numbers.value && plotOfValue(numbers.value);
  const drawn = intervalPlot(plot, "open", `All rows: ${spoken(numbers)}`, frame.domain);
  return html`<tr class="whole"><th scope="row">All rows</th>${cells(numbers.comparison?.rows ?? rows, numbers, drawn, frame)}${flips(flipped, frame)}</tr>`;
}

function cells(rows: number, { comparison, value }: Numbers, plot: Html, { names }: Frame): Html {
  const count = html`<td class="n" data-label="Rows">${rows.toLocaleString("en-US")}</td>`;
  if (comparison === undefined) {
    const own = value && valueNumbers(value);
    const ends = own?.interval ? html`<small class="range">${own.interval.low} to ${own.interval.high}</small>` : nothing;
    return html`${count}<td class="n" data-label="Value">${own?.value ?? "—"}${ends}</td><td class="plot">${plot}</td>`;
  }
  const numbers = changeNumbers(comparison);
  return html`${count}<td class="n" data-label="${names.before}">${numbers.baseline}</td><td class="n" data-label="${names.now}">${numbers.candidate}</td><td class="plot">${plot}</td><td class="n" data-label="Change">${changeCell(numbers)}</td>`;
}

function flips(flipped: Slice["flipped"], frame: Frame): Html {
  if (!frame.flips) return nothing;
  return html`<td class="n" data-label="Rows worse / better">${flipped ? `${flipped.worse} / ${flipped.better}` : "—"}</td>`;
}

function spoken({ comparison, value }: Numbers): string {
  if (comparison === undefined) return value ? valueNumbers(value).value : "no value";
  const { change, interval } = changeNumbers(comparison);
  return `change ${change}${interval ? `, 95% interval ${interval.low} to ${interval.high}` : ""}`;
}
