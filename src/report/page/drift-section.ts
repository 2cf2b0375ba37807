import type { DriftResult, DriftTest, Histogram } from "../../evidence/data-evidence.ts";
import { type DriftRow, driftCaution, driftRows, driftSummary } from "../drift.ts";
import { formatFixed, formatLimit, formatNumber, plural } from "../format.ts";
import type { SideNames } from "../measured.ts";
import { histogramPlot } from "./histograms.ts";
import { type Html, html, nothing, phrase, trusted } from "./html.ts";

/** Columns with a picture; of very wide tables the rest is told by its number. */
const maxRows = 300;
const maxLabels = 12;

/** A table of the training data, column by column, the most drifted first. */
export function driftSection(result: DriftResult, table: string | undefined, names: SideNames, title = "Drift"): Html {
  const rows = driftRows(result);
  const drifted = rows.filter(({ hasDrifted }) => hasDrifted);
  const others = rows.filter(({ hasDrifted }) => !hasDrifted).slice(0, Math.max(0, maxRows - drifted.length));
  const caution = driftCaution(result).map((sentence) => html`${phrase(sentence)} `);
  const more = rows.length - Math.min(drifted.length, maxRows) - others.length;
  const folded =
    others.length === 0
      ? nothing
      : html`<details${trusted(drifted.length === 0 ? " open" : "")}><summary>${plural(others.length, "column")} without drift</summary>${driftTable(others, names)}</details>`;
  const rest = more > 0 ? html`<p class="muted">${plural(more, "more column")} not listed.</p>` : nothing;
  return html`<section class="block drift"><h3>${title}</h3><p>${phrase(driftSummary(result, table))}. <span class="muted">${caution}</span></p>${drifted.length === 0 ? nothing : driftTable(drifted.slice(0, maxRows), names)}${folded}${rest}${key(names)}</section>`;
}

function driftTable(rows: readonly DriftRow[], { before, now }: SideNames): Html {
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Column</th><th scope="col">${before} and ${now}</th><th scope="col" class="n">Distance</th><th scope="col" class="n">Noise up to</th><th scope="col">Result</th></tr></thead><tbody>${rows.map((row) => line(row, { before, now }))}</tbody></table></div>`;
}

function line(row: DriftRow, names: SideNames): Html {
  const { column, hasDrifted } = row;
  const look = hasDrifted ? "fail" : "pass";
  const label = `${column.name}: ${names.before} ${row.reference}, ${names.now} ${row.current}`;
  const picture = html`${histogramPlot(column.histogram, label)}${range(column.histogram)}`;
  const missing =
    row.test?.of !== "missing" && column.missing && (column.missing.reference > 0 || column.missing.current > 0)
      ? html`<small>missing ${percent(column.missing.reference)} → ${percent(column.missing.current)}</small>`
      : nothing;
  const badge = html`<span class="badge ${look}">${standing(row)}</span>`;
  return html`<tr class="${look}"><th scope="row"><code>${column.name}</code><small>${column.type ?? ""}</small></th><td class="plot">${picture}</td><td class="n" data-label="Distance">${row.distance}</td><td class="n" data-label="Noise up to">${row.noise ?? "—"}</td><td>${badge}<small>${row.note}</small>${missing}${tests(column.tests)}</td></tr>`;
}

function standing({ column, hasDrifted }: DriftRow): string {
  if (column.state === "not-compared") return "not compared";
  return hasDrifted ? `▲ ${column.state === "added" ? "new" : column.state === "removed" ? "gone" : "drifted"}` : "✓ stable";
}

/** What lies at the ends of the picture, or which categories it has from left to right. */
function range(histogram: Histogram | undefined): Html {
  if (histogram?.edges) {
    const [low, high] = [histogram.edges[0], histogram.edges.at(-1)];
    return low === undefined
      ? nothing
      : html`<small class="ends"><span>${formatNumber(low)}</span><span>${formatNumber(high)}</span></small>`;
  }
  if (!histogram?.labels) return nothing;
  const shown = histogram.labels.slice(0, maxLabels);
  const more = histogram.labels.length - shown.length;
  const rest = more > 0 ? html` and ${String(more)} more` : nothing;
  return html`<small>${shown.join(" · ")}${rest}</small>`;
}

function tests(all: readonly DriftTest[]): Html {
  if (all.length < 2) return nothing;
  const lines = all.map(
    ({ of, measure, value, limit, pValue, adjusted }) =>
      html`<dt>${of}</dt><dd>${measure} ${formatFixed(value, 4)}, limit ${formatLimit(limit)}${pValue === undefined ? "" : `, p ${formatNumber(pValue)}`}${adjusted === undefined ? "" : `, corrected ${formatNumber(adjusted)}`}</dd>`,
  );
  return html`<details class="tests"><summary>All comparisons</summary><dl>${lines}</dl></details>`;
}

function percent(share: number): string {
  return `${formatFixed(share * 100, 1)}%`;
}

function key({ before, now }: SideNames): Html {
  return html`<p class="key"><span><i class="k-fill"></i>${before}, share of rows</span><span><i class="k-cand"></i>${now}</span><span>of numbers the outermost bars hold all that lies beyond</span></p>`;
}
