import type { Together } from "../../drift/together.ts";
import { formatFixed, formatNumber } from "../format.ts";
import { plotOfValue } from "../plotted-interval.ts";
import { togetherPhrase } from "../together.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { intervalPlot } from "./interval-plot.ts";

/** How far a classifier's AUC can be: 0.5 tells nothing, 1 everything. */
const domain = { low: 0.5, high: 1 };

/** All columns together: how well a classifier tells both tables apart, and by which columns. */
export function togetherSection(together: Together | undefined): Html {
  if (together === undefined) return nothing;
  const said = html`<p>${phrase(togetherPhrase(together))}</p>`;
  if (typeof together === "string") return html`<section class="block"><h3>All columns together</h3>${said}</section>`;
  const { auc, limit, drifted, noise, columns } = together;
  const look = drifted ? "fail" : "pass";
  const found = plotOfValue({ metric: "roc_auc", value: auc });
  const plot = intervalPlot(
    found && { ...found, limit, badSide: "above" },
    look,
    `AUC ${formatNumber(auc)}, limit ${limit}`,
    domain,
    true,
  );
  const badge = html`<span class="badge ${look}">${drifted ? "▲ drifted" : "✓ stable"}</span>`;
  const whole = html`<tr class="${look}"><th scope="row">all columns</th><td class="plot">${plot}</td><td class="n" data-label="AUC">${formatNumber(auc)}</td><td class="n" data-label="Noise up to">${formatNumber(noise)}</td><td>${badge}</td></tr>`;
  const telling = columns.map(
    ({ name, loss }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td class="plot"></td><td class="n" data-label="AUC without it">${formatNumber(auc - loss)}</td><td></td><td><small>−${formatFixed(loss, 3)} without its values</small></td></tr>`,
  );
  return html`<section class="block"><h3>All columns together</h3>${said}<div class="scroll"><table class="gates"><thead><tr><th scope="col">Columns</th><th scope="col">How well both tables are told apart</th><th scope="col" class="n">AUC</th><th scope="col" class="n">Noise up to</th><th scope="col">Result</th></tr></thead><tbody>${[whole, ...telling]}</tbody></table></div></section>`;
}
