import { evaluationOf, evidenceOf } from "../model-status.ts";
import type { ModelReport } from "../report.ts";
import { historyCharts, maxCurves, precisionRecallCharts, residualCharts, rocCharts, type TitledChart } from "./charts.ts";
import { type Html, html, nothing } from "./html.ts";
import { drawCharts } from "./vega.ts";

/** Curves, residuals and training history, as far as the evidence has them. */
export async function pictureSections(model: ModelReport, now: string): Promise<Html> {
  const evaluation = evaluationOf(model, "current");
  const pair = { baseline: evaluation?.baseline?.pictures, candidate: evaluation?.candidate?.pictures };
  const compare = [
    { class: "k-base", word: "baseline" },
    { class: "k-cand", word: now === "This PR" ? "this PR" : "this commit" },
  ];
  const history = historyCharts(evidenceOf(model));
  const groups = [
    { charts: rocCharts(pair), key: compare },
    { charts: precisionRecallCharts(pair), key: compare },
    { charts: residualCharts(pair), key: compare },
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
  for (const { charts, key } of groups) (charts.length === 1 ? narrow : wide).push(await section(charts, key));
  // One chart by itself leaves room for another beside it.
  return html`${narrow.length === 0 ? nothing : html`<div class="cols">${narrow}</div>`}${wide}`;
}

async function section(all: readonly TitledChart[], key: readonly { class: string; word: string }[]): Promise<Html> {
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
  return html`<section class="block"><h3>${first.group}</h3><div class="charts">${figures}</div>${rest}<p class="key">${keys}</p></section>`;
}
