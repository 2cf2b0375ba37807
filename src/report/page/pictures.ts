import type { Evidence } from "../../evidence/evidence.ts";
import type { MeasuredPair, SideNames } from "../measured.ts";
import {
  calibrationCharts,
  historyCharts,
  maxCurves,
  precisionRecallCharts,
  residualCharts,
  rocCharts,
  type TitledChart,
} from "./charts.ts";
import { type Html, html, nothing } from "./html.ts";
import { drawCharts } from "./vega.ts";

/** Curves and residuals of both models, and the candidate's training history, as far as they are there. */
export async function pictureSections(
  pair: MeasuredPair | undefined,
  evidence: Evidence | undefined,
  { before, now }: SideNames,
): Promise<Html> {
  const pictures = { baseline: pair?.baseline?.pictures, candidate: pair?.candidate?.pictures };
  const compare = [...(pair?.baseline ? [{ class: "k-base", word: before }] : []), { class: "k-cand", word: now }];
  const history = historyCharts(evidence);
  const groups = [
    { charts: rocCharts(pictures), key: compare },
    { charts: precisionRecallCharts(pictures), key: compare },
    { charts: calibrationCharts(pictures), key: compare, said: calibrationSaid },
    { charts: residualCharts(pictures), key: compare },
    {
      charts: history,
      key: [
        { class: "k-cand", word: "training rows" },
        ...(history.some(({ heldOut }) => heldOut) ? [{ class: "k-held", word: "held-out rows" }] : []),
      ],
    },
  ];
  const narrow: Html[] = [];
  const wide: Html[] = [];
  for (const { charts, key, said } of groups) (charts.length === 1 ? narrow : wide).push(await section(charts, key, said));
  // One chart by itself leaves room for another beside it.
  return html`${narrow.length === 0 ? nothing : html`<div class="cols">${narrow}</div>`}${wide}`;
}

const calibrationSaid =
  "On the dotted line a probability means what it says: of the rows given 0.3, three in ten are of the class.";

async function section(
  all: readonly TitledChart[],
  key: readonly { class: string; word: string }[],
  said: string | undefined,
): Promise<Html> {
  const [first] = all;
  if (first === undefined) return nothing;
  const charts = all.slice(0, maxCurves);
  const drawn = await drawCharts(charts);
  const figures = charts.map(({ title }, index) => {
    const caption = title === "" ? nothing : html`<figcaption>${title}</figcaption>`;
    return html`<figure>${caption}${drawn[index] ?? nothing}</figure>`;
  });
  const rest =
    all.length > charts.length ? html`<p class="muted">${all.length - charts.length} more classes are not drawn.</p>` : nothing;
  const keys = key.map((entry) => html`<span><i class="${entry.class}"></i>${entry.word}</span>`);
  return html`<section class="block"><h3>${first.group}</h3>${said === undefined ? nothing : html`<p class="muted">${said}</p>`}<div class="charts">${figures}</div>${rest}<p class="key">${keys}</p></section>`;
}
