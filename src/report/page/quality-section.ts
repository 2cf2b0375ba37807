import type { TableQuality } from "../../evidence/quality-evidence.ts";
import { plural } from "../format.ts";
import { type FaultRow, faultRows, qualityCaution, qualitySummary } from "../quality.ts";
import { type Html, html, nothing, phrase } from "./html.ts";

/** A table's faults; of very many the rest is told by its number. */
const maxRows = 200;
const maxExamples = 20;

/** What is wrong with a table, what the change brings first. @param isNamed the page is not about this table alone */
export function qualitySection(found: TableQuality, isNamed = true): Html {
  const rows = faultRows(found, maxExamples);
  const brought = rows.filter(({ isNew }) => isNew).slice(0, maxRows);
  const before = rows.filter(({ isNew }) => !isNew).slice(0, maxRows - brought.length);
  const more = rows.length + found.leftOut - brought.length - before.length;
  const caution = qualityCaution(found.faults).map((sentence) => html`${phrase(sentence)} `);
  const folded =
    before.length === 0
      ? nothing
      : html`<details><summary>${plural(before.length, "fault")} as before</summary>${faultTable(before)}</details>`;
  const rest = more > 0 ? html`<p class="muted">${plural(more, "more fault")} not listed.</p>` : nothing;
  return html`<section class="block quality"><h3>Quality</h3><p>${phrase(qualitySummary(found, isNamed))}. <span class="muted">${caution}</span></p>${brought.length === 0 ? nothing : faultTable(brought)}${folded}${rest}</section>`;
}

function faultTable(rows: readonly FaultRow[]): Html {
  return html`<div class="scroll"><table class="gates"><thead><tr><th scope="col">Check</th><th scope="col">Found</th><th scope="col">Rows</th><th scope="col">Result</th></tr></thead><tbody>${rows.map(line)}</tbody></table></div>`;
}

function line({ fault, isNew, standing, found, rows }: FaultRow): Html {
  const look = isNew ? (fault.severity === "error" ? "fail" : "inconclusive") : "pass";
  const badge = isNew
    ? html`<span class="badge ${look}">${`▲ ${standing}`}</span>`
    : html`<span class="muted">${standing}</span>`;
  return html`<tr class="${look}"><th scope="row"><code>${fault.check}</code></th><td class="found">${found}</td><td class="rows" data-label="Rows">${rows === "" ? "—" : rows}</td><td>${badge}</td></tr>`;
}
