import type { Histogram } from "../../evidence/data-evidence.ts";
import { sharesOf } from "../drift.ts";
import { type Html, html, nothing } from "./html.ts";

const width = 230;
const height = 56;
const floor = height - 1;

/** Both sides over the same bins, as shares of their rows: the reference filled, the current one as an outline. */
export function histogramPlot(histogram: Histogram | undefined, label: string): Html {
  if (histogram === undefined || histogram.reference.length === 0) return nothing;
  const [reference, current] = [sharesOf(histogram.reference), sharesOf(histogram.current)];
  const most = Math.max(...reference, ...current);
  if (!(most > 0)) return nothing;
  const steps = (shares: readonly number[]) =>
    outline(
      shares.map((share) => share / most),
      histogram.edges === undefined,
    );
  return html`<svg class="histogram" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}"><path class="h-base" d="${steps(reference)}"/><path class="h-cand" d="${steps(current)}"/></svg>`;
}

/** @param apart categories stand for themselves, bins of numbers touch */
function outline(heights: readonly number[], apart: boolean): string {
  const bin = width / heights.length;
  const gap = apart ? Math.min(2, bin / 5) : 0;
  const parts = heights.map((share, index) => {
    const [left, right, y] = [index * bin + gap, (index + 1) * bin - gap, floor - share * (floor - 2)].map((x) => x.toFixed(1));
    return apart ? `M${left} ${floor}V${y}H${right}V${floor}` : `${index === 0 ? `M${left} ${floor}` : ""}V${y}H${right}`;
  });
  return `${parts.join("")}${apart ? "" : `V${floor}`}`;
}
