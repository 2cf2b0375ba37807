import type { GateOutcome } from "../../gates/verdict.ts";
import type { GateRow, IntervalPlot } from "../gate-row.ts";
import { type Html, html, nothing } from "./html.ts";

const width = 230;
const height = 34;
const top = 4;
const bottom = height - 4;
const middle = height / 2;

/** The change (or value) as a point with its interval, on which side of the limit it lies, and what is not allowed shaded. */
export function intervalPlot(row: GateRow): Html {
  const { plot } = row;
  if (plot === undefined) return nothing;
  const x = scale(plot);
  const limit = x(plot.limit);
  const [from, to] = plot.badSide === "below" ? [0, limit] : [limit, width];
  const interval =
    plot.interval &&
    html`<line class="ci ${row.outcome}" x1="${fixed(x(plot.interval.low))}" x2="${fixed(x(plot.interval.high))}" y1="${middle}" y2="${middle}"/>`;
  return html`<svg class="interval" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${describe(row)}"><rect class="bad" x="${fixed(from)}" y="${top}" width="${fixed(to - from)}" height="${bottom - top}" rx="3"/>${
    plot.reference === undefined ? undefined : vertical("zero", x(plot.reference))
  }${vertical("limit", limit)}${interval}${point(row.outcome, x(plot.point))}</svg>`;
}

function vertical(kind: string, x: number): Html {
  return html`<line class="${kind}" x1="${fixed(x)}" x2="${fixed(x)}" y1="${top}" y2="${bottom}"/>`;
}

/** The outcome's shape differs too, for those who do not see its colour. */
function point(outcome: GateOutcome, x: number): Html {
  if (outcome === "pass") return html`<circle class="pt pass" cx="${fixed(x)}" cy="${middle}" r="4.5"/>`;
  if (outcome === "inconclusive") return html`<circle class="pt inconclusive" cx="${fixed(x)}" cy="${middle}" r="4"/>`;
  return html`<rect class="pt fail" x="${fixed(x - 4)}" y="${middle - 4}" width="8" height="8" transform="rotate(45 ${fixed(x)} ${middle})"/>`;
}

/** Everything that is drawn fits, with room at both sides. */
function scale({ point, interval, limit, reference }: IntervalPlot): (value: number) => number {
  const values = [
    point,
    limit,
    ...(reference === undefined ? [] : [reference]),
    ...(interval ? [interval.low, interval.high] : []),
  ];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(high) || 1;
  const room = 0.14;
  const start = low - span * room;
  const whole = span * (1 + 2 * room);
  return (value) => Math.min(width, Math.max(0, ((value - start) / whole) * width));
}

function describe({ title, candidate, change, interval, candidateInterval, needs, plot }: GateRow): string {
  const ofChange = plot?.quantity === "change";
  const value = ofChange ? `change ${change}` : candidate;
  const ends = ofChange ? interval : candidateInterval;
  return `${title}: ${value}${ends ? `, 95% interval ${ends.low} to ${ends.high}` : ""}; needs ${needs}`;
}

function fixed(x: number): string {
  return x.toFixed(1);
}
