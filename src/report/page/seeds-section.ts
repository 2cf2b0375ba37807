import type { MetricResult } from "../../evidence/evidence.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import type { Task } from "../../spec/spec.ts";
import { decimalsForRow, formatFixed } from "../format.ts";
import type { MeasuredPair, SideNames } from "../measured.ts";
import { metricTitle } from "../metric-title.ts";
import { type Html, html, nothing, phrase } from "./html.ts";

const maxMetrics = 24;
const width = 230;
const height = 38;
const room = 10;

interface SeedsRow {
  metric: string;
  baseline: Side;
  candidate: Side;
}

type Side = { mean: number | null; seeds: readonly number[] } | undefined;

/** Where a side was trained several times: each training as a dot, and their mean. */
export function seedsSection(
  { baseline, candidate, flipped }: MeasuredPair,
  task: Task | undefined,
  { before, now }: SideNames,
): Html {
  const rows = (candidate?.metrics ?? [])
    .map((own): SeedsRow => {
      const other = baseline?.metrics.find(({ metric }) => metric === own.metric);
      return { metric: own.metric, baseline: side(other), candidate: side(own) };
    })
    .filter((row) => [row.baseline, row.candidate].some((each) => (each?.seeds.length ?? 0) > 1))
    .slice(0, maxMetrics);
  if (rows.length === 0) return nothing;
  const lines = rows.map((row) => {
    const values = [row.baseline, row.candidate].flatMap((each) => each?.seeds ?? []);
    const decimals = decimalsForRow({ baseline: Math.max(...values), change: spread(values) });
    const title = metricTitle(row.metric, task);
    return html`<tr><th scope="row">${phrase(title)}</th><td class="n" data-label="${before}">${numbers(row.baseline, decimals)}</td><td class="n" data-label="${now}">${numbers(row.candidate, decimals)}</td><td class="plot">${plot(row, `${phraseToText(title)} of each training`)}</td></tr>`;
  });
  const hasPictures = [baseline, candidate].some((each) => Object.values(each?.pictures ?? {}).some((picture) => picture));
  const shown = [...(flipped ? ["Flipped rows"] : []), ...(hasPictures ? ["Pictures"] : [])].map((word, at) =>
    at === 0 ? word : word.toLowerCase(),
  );
  return html`<section class="block"><h3>Each training</h3><div class="scroll"><table class="gates"><thead><tr><th scope="col">Metric</th><th scope="col" class="n">${before}</th><th scope="col" class="n">${now}</th><th scope="col">Each training, and the mean</th></tr></thead><tbody>${lines}</tbody></table></div><p class="key"><span><i class="k-dot base"></i>a training: ${before}</span><span><i class="k-dot cand"></i>a training: ${now}</span><span><i class="k-mean"></i>mean</span></p>${shown.length === 0 ? nothing : html`<p class="muted">${shown.join(" and ")} are of the first training of each side.</p>`}</section>`;
}

function side(result: MetricResult | undefined): Side {
  if (result === undefined) return undefined;
  return { mean: result.value, seeds: result.seeds ?? (result.value === null ? [] : [result.value]) };
}

/** Typical distance between trainings, which sets the digits. */
function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / 2;
}

function numbers(side: Side, decimals: number): Html {
  if (side === undefined) return html`—`;
  const { mean, seeds } = side;
  const ends =
    seeds.length > 1
      ? html`<small class="range">${seeds.length} trainings, ${formatFixed(Math.min(...seeds), decimals)} to ${formatFixed(Math.max(...seeds), decimals)}</small>`
      : nothing;
  return html`${formatFixed(mean, decimals)}${ends}`;
}

function plot({ baseline, candidate }: SeedsRow, label: string): Html {
  const values = [baseline, candidate].flatMap((side) => [
    ...(side?.seeds ?? []),
    ...(typeof side?.mean === "number" ? [side.mean] : []),
  ]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (value: number) => (high === low ? width / 2 : room + ((value - low) / (high - low)) * (width - 2 * room)).toFixed(1);
  const draw = (side: Side, kind: string, y: number) =>
    side === undefined
      ? nothing
      : html`<line class="track" x1="0" x2="${width}" y1="${y}" y2="${y}"/>${side.seeds.map((value) => html`<circle class="seed ${kind}" cx="${x(value)}" cy="${y}" r="4"/>`)}${
          side.mean === null
            ? nothing
            : html`<line class="mean ${kind}" x1="${x(side.mean)}" x2="${x(side.mean)}" y1="${y - 8}" y2="${y + 8}"/>`
        }`;
  return html`<svg class="interval" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${draw(baseline, "base", 10)}${draw(candidate, "cand", 28)}</svg>`;
}
