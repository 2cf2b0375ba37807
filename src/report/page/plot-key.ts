import type { IntervalPlot } from "../plotted-interval.ts";
import { type Html, html, nothing } from "./html.ts";

/** What the marks of interval plots mean. */
export function plotKey(all: readonly (IntervalPlot | undefined)[]): Html {
  const plots = all.filter((plot) => plot !== undefined);
  if (plots.length === 0) return nothing;
  const references = plots.some(({ quantity, reference }) => quantity === "value" && reference !== undefined);
  const changes = plots.some(({ quantity }) => quantity === "change");
  const words = [...(changes ? ["no change"] : []), ...(references ? [changes ? "the baseline’s value" : "all rows"] : [])];
  const reference = words.length === 0 ? nothing : html`<span><i class="k-zero"></i>${words.join(", or ")}</span>`;
  const limit = plots.some((plot) => plot.limit !== undefined)
    ? html`<span><i class="k-limit"></i>limit; shaded: not allowed</span>`
    : nothing;
  return html`<p class="key"><span><i class="k-point"></i>measured</span><span><i class="k-ci"></i>95% interval</span>${reference}${limit}</p>`;
}
