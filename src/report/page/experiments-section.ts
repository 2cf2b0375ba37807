import type { Evidence } from "../../evidence/evidence.ts";
import { eachSeed, experimentsTable } from "../experiments.ts";
import { type Html, html, nothing, phrase } from "./html.ts";

/** The experiments that a run was chosen from. */
export function experimentsSection(evidence: Evidence | undefined): Html {
  const experiments = evidence && experimentsTable(evidence);
  if (!experiments) return nothing;
  const { parameters, seeds: trained, measure, rows, rule, warning } = experiments;
  const head = parameters.map((name) => html`<th scope="col" class="n"><code>${name}</code></th>`);
  const lines = rows.map(({ number, values, result, seeds, status, chosen }) => {
    // Beside the number, where it is seen on a narrow screen too.
    const badge = chosen ? html` <span class="badge pass">✓ chosen</span>` : nothing;
    return html`<tr><th scope="row">${number}${badge}</th>${values.map((value) => html`<td class="n">${value}</td>`)}<td class="n">${result}</td><td class="n">${seeds.join(" · ")}</td><td>${phrase(status)}</td></tr>`;
  });
  return html`<section class="block"><h3>Experiments</h3><div class="scroll"><table><thead><tr><th scope="col"><span class="hidden">Experiment</span></th>${head}<th scope="col" class="n"><code>${measure}</code></th><th scope="col" class="n">${eachSeed(trained)}</th><th scope="col"><span class="hidden">Outcome</span></th></tr></thead><tbody>${lines}</tbody></table></div><p class="muted">${phrase(rule)}</p>${warning === undefined ? nothing : html`<div class="note"><p>${phrase(warning)}</p></div>`}</section>`;
}
