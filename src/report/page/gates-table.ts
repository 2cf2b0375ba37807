import { phraseToText } from "../../markdown/phrase.ts";
import type { IntervalText } from "../change-numbers.ts";
import type { GateRow } from "../gate-row.ts";
import type { SideNames } from "../measured.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { intervalPlot } from "./interval-plot.ts";
import { plotKey } from "./plot-key.ts";
import { standingBadge } from "./status-badge.ts";

/** Passing gates past these are folded. */
const maxPassing = 40;

export function gatesTable(rows: readonly GateRow[], names: SideNames): Html {
  if (rows.length === 0) return html`<p class="muted">No gates are declared for this model.</p>`;
  const urgent = rows.filter(({ standing }) => standing !== "pass");
  const passing = rows.filter(({ standing }) => standing === "pass");
  const shown = [...urgent, ...passing.slice(0, maxPassing)];
  const rest = passing.slice(maxPassing);
  return html`${table(shown, names)}${plotKey(shown.map(({ plot }) => plot))}${
    rest.length === 0
      ? nothing
      : html`<details><summary>${rest.length} more passing gates</summary>${table(rest, names)}</details>`
  }`;
}

function table(rows: readonly GateRow[], names: SideNames): Html {
  const { before, now } = names;
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Gate</th><th scope="col" class="n">${before}</th><th scope="col" class="n">${now}</th><th scope="col">Change, with its 95% interval</th><th scope="col" class="n"><span class="hidden">Change in numbers</span></th><th scope="col">Needs</th><th scope="col">Result</th></tr></thead><tbody>${rows.map((row) => tableRow(row, names))}</tbody></table></div>`;
}

function tableRow(row: GateRow, { before, now }: SideNames): Html {
  const { title, direction, source, baseline, candidate, candidateInterval, needs, standing, note, plot } = row;
  return html`<tr class="${standing}"><th scope="row">${phrase(title)}${small(direction)}${small(source ?? "")}</th><td class="n" data-label="${before}">${baseline}</td><td class="n" data-label="${now}">${candidate}${range(candidateInterval)}</td><td class="plot">${intervalPlot(plot, standing, describe(row))}</td><td class="n" data-label="Change">${changeCell(row)}</td><td class="needs" data-label="Needs">${needs}</td><td>${standingBadge(standing)}<small>${phrase(note)}</small></td></tr>`;
}

/** The change in numbers, and what could have been seen. */
export function changeCell({
  change,
  interval,
  noIntervalBecause,
  couldShow,
}: Pick<GateRow, "change" | "interval" | "noIntervalBecause" | "couldShow">): Html {
  return html`${change}${range(interval)}${interval ? nothing : small(noIntervalBecause ?? "")}${couldShow === undefined ? nothing : html`<small class="range">could show ${couldShow}</small>`}`;
}

function range(interval: IntervalText | undefined): Html {
  return interval ? html`<small class="range">${interval.low} to ${interval.high}</small>` : nothing;
}

function small(text: string): Html {
  return text === "" ? nothing : html`<small>${text}</small>`;
}

function describe(row: GateRow): string {
  const { candidate, change, interval, candidateInterval, needs, plot } = row;
  const ofChange = plot?.quantity === "change";
  const value = ofChange ? `change ${change}` : candidate;
  const ends = ofChange ? interval : candidateInterval;
  return `${phraseToText(row.title)}: ${value}${ends ? `, 95% interval ${ends.low} to ${ends.high}` : ""}; needs ${needs}`;
}
