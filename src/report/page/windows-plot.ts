import type { MonitoredWindow } from "../../monitoring/monitor-model.ts";
import { formatNumber } from "../format.ts";
import { type Html, html, nothing } from "./html.ts";

const width = 320;
const height = 110;
const room = 8;

/** A metric from window to window: what labels say with its interval, the estimate without them, and what is usual. */
export function windowsPlot(windows: readonly MonitoredWindow[], metric: number, reference: number | null, label: string): Html {
  const found = windows.map(({ metrics }) => metrics[metric]);
  const usual = found.find((one) => one?.estimated !== undefined)?.estimated?.usual;
  const values = [
    ...found.flatMap((one) => [one?.value, one?.interval?.low, one?.interval?.high, one?.estimated?.estimate]),
    ...[reference, usual?.low, usual?.high],
  ].filter((value) => typeof value === "number" && Number.isFinite(value)) as number[];
  if (values.length === 0) return nothing;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number) => fixed(room + ((high - value) / (high - low || 1)) * (height - 2 * room));
  const x = (at: number) => room + ((at + 0.5) / windows.length) * (width - 2 * room);
  const band =
    usual === undefined
      ? nothing
      : html`<rect class="h-base" x="0" y="${y(usual.high)}" width="${width}" height="${fixed(Number(y(usual.low)) - Number(y(usual.high)))}"/>`;
  const line =
    reference === null ? nothing : html`<line class="zero" x1="0" x2="${width}" y1="${y(reference)}" y2="${y(reference)}"/>`;
  const marks = found.map((one, at) => {
    if (one === undefined || one.value === null) return nothing;
    const look = one.fromReference?.verdict === "worse" ? "fail" : "open";
    const interval =
      one.interval === undefined
        ? nothing
        : html`<line class="ci ${look}" x1="${fixed(x(at))}" x2="${fixed(x(at))}" y1="${y(one.interval.low)}" y2="${y(one.interval.high)}"/>`;
    return html`${interval}<circle class="pt ${look}" cx="${fixed(x(at))}" cy="${y(one.value)}" r="3.5"/>`;
  });
  const half = Math.min(14, (width - 2 * room) / windows.length / 2);
  const steps = found.flatMap((one, at) =>
    one?.estimated === undefined ? [] : [`M${fixed(x(at) - half)} ${y(one.estimated.estimate)}H${fixed(x(at) + half)}`],
  );
  const estimates = steps.length === 0 ? nothing : html`<path class="estimate" d="${steps.join("")}"/>`;
  const ends = html`<small class="ends"><span>${windows[0]?.name}</span><span>${windows.length > 1 ? windows.at(-1)?.name : ""}</span></small>`;
  return html`<svg class="windows" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}, from ${formatNumber(low)} to ${formatNumber(high)}">${band}${line}${estimates}${marks}</svg>${ends}<small>from ${formatNumber(low)} to ${formatNumber(high)}</small>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
