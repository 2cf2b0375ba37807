import type { GateResult } from "../../gates/verdict.ts";
import { type GateRow, gateRow, type IntervalText } from "../gate-row.ts";
import type { ModelReport, Report } from "../report.ts";
import { type Html, html, nothing } from "./html.ts";
import { intervalPlot } from "./interval-plot.ts";
import { statusBadge } from "./status-badge.ts";

/** Passing gates past these are folded. */
const maxPassing = 40;

export function gatesTable(report: Report, model: ModelReport, gates: readonly GateResult[]): Html {
  if (gates.length === 0) return html`<p class="muted">No gates are declared for this model.</p>`;
  const rows = gates.map((gate) => gateRow(model, gate));
  const urgent = rows.filter(({ outcome }) => outcome !== "pass");
  const passing = rows.filter(({ outcome }) => outcome === "pass");
  const shown = [...urgent, ...passing.slice(0, maxPassing)];
  const rest = passing.slice(maxPassing);
  return html`${table(report, shown)}${key(shown)}${
    rest.length === 0
      ? nothing
      : html`<details><summary>${rest.length} more passing gates</summary>${table(report, rest)}</details>`
  }`;
}

function table({ event }: Report, rows: readonly GateRow[]): Html {
  const now = event === "pull_request" ? "This PR" : "This commit";
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Gate</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">${now}</th><th scope="col">Change, with its 95% interval</th><th scope="col" class="n"><span class="hidden">Change in numbers</span></th><th scope="col">Needs</th><th scope="col">Result</th></tr></thead><tbody>${rows.map((row) => tableRow(row, now))}</tbody></table></div>`;
}

function tableRow(row: GateRow, now: string): Html {
  const { title, direction, baseline, candidate, candidateInterval, change, interval, noIntervalBecause, needs, outcome, note } =
    row;
  return html`<tr class="${outcome}"><th scope="row">${title}${small(direction)}</th><td class="n" data-label="Baseline">${baseline}</td><td class="n" data-label="${now}">${candidate}${range(candidateInterval)}</td><td class="plot">${intervalPlot(row)}</td><td class="n" data-label="Change">${change}${range(interval)}${interval ? nothing : small(noIntervalBecause ?? "")}</td><td class="needs" data-label="Needs">${needs}</td><td>${statusBadge(outcome)}${small(note)}</td></tr>`;
}

function range(interval: IntervalText | undefined): Html {
  return interval ? html`<small class="range">${interval.low} to ${interval.high}</small>` : nothing;
}

function small(text: string): Html {
  return text === "" ? nothing : html`<small>${text}</small>`;
}

function key(rows: readonly GateRow[]): Html {
  if (!rows.some(({ plot }) => plot)) return nothing;
  const reference = rows.some(({ plot }) => plot?.quantity === "value") ? "no change, or the baseline’s value" : "no change";
  return html`<p class="key"><span><i class="k-point"></i>measured</span><span><i class="k-ci"></i>95% interval</span><span><i class="k-zero"></i>${reference}</span><span><i class="k-limit"></i>limit; shaded: not allowed</span></p>`;
}
