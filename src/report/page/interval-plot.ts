import type { Interval } from "../../evidence/evidence.ts";
import type { GateStanding } from "../gate-standing.ts";
import type { IntervalPlot } from "../plotted-interval.ts";
import { type Html, html, nothing } from "./html.ts";

const width = 230;
const height = 34;
const top = 4;
const bottom = height - 4;
const middle = height / 2;

/** `open`: a change that no rule judges and no interval shows. */
export type PlotLook = GateStanding | "open";

/**
 * The change (or value) as a point with its interval, on which side of the limit it lies, and what is not allowed shaded.
 * `track`: the domain itself is drawn.
 */
export function intervalPlot(
  plot: IntervalPlot | undefined,
  look: PlotLook,
  label: string,
  domain?: Interval,
  track = false,
): Html {
  if (plot === undefined) return nothing;
  const x = scale(domain ?? domainOf([plot]));
  const { interval, limit, reference } = plot;
  return html`<svg class="interval" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${[
    domain && track
      ? html`<line class="track" x1="${fixed(x(domain.low))}" x2="${fixed(x(domain.high))}" y1="${middle}" y2="${middle}"/>`
      : nothing,
    limit === undefined ? nothing : forbidden(x(limit), plot.badSide),
    reference === undefined ? nothing : vertical("zero", x(reference)),
    limit === undefined ? nothing : vertical("limit", x(limit)),
    interval === undefined
      ? nothing
      : html`<line class="ci ${look}" x1="${fixed(x(interval.low))}" x2="${fixed(x(interval.high))}" y1="${middle}" y2="${middle}"/>`,
    point(look, x(plot.point)),
  ]}</svg>`;
}

function forbidden(limit: number, badSide: IntervalPlot["badSide"]): Html {
  const [from, to] = badSide === "below" ? [0, limit] : [limit, width];
  return html`<rect class="bad" x="${fixed(from)}" y="${top}" width="${fixed(to - from)}" height="${bottom - top}" rx="3"/>`;
}

function vertical(kind: string, x: number): Html {
  return html`<line class="${kind}" x1="${fixed(x)}" x2="${fixed(x)}" y1="${top}" y2="${bottom}"/>`;
}

/** The outcome's shape differs too, for those who do not see its colour. */
function point(look: PlotLook, x: number): Html {
  if (look === "pass" || look === "open") return html`<circle class="pt ${look}" cx="${fixed(x)}" cy="${middle}" r="4.5"/>`;
  if (look === "inconclusive") return html`<circle class="pt inconclusive" cx="${fixed(x)}" cy="${middle}" r="4"/>`;
  return html`<rect class="pt ${look}" x="${fixed(x - 4)}" y="${middle - 4}" width="8" height="8" transform="rotate(45 ${fixed(x)} ${middle})"/>`;
}

/** Everything that is drawn fits. */
export function domainOf(plots: readonly IntervalPlot[]): Interval {
  const values = plots.flatMap(({ point: own, limit, reference, interval }) =>
    [own, limit, reference, interval?.low, interval?.high].filter((value) => value !== undefined),
  );
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** With room at both sides; what lies outside of the domain is drawn at its edge. */
function scale({ low, high }: Interval): (value: number) => number {
  const span = high - low || Math.abs(high) || 1;
  const room = 0.14;
  const start = low - span * room;
  const whole = span * (1 + 2 * room);
  return (value) => Math.min(width, Math.max(0, ((value - start) / whole) * width));
}

function fixed(x: number): string {
  return x.toFixed(1);
}
