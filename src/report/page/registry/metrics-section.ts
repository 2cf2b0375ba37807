import { phraseToText } from "../../../markdown/phrase.ts";
import type { ModelOverview, VersionOverview } from "../../../registry/overview.ts";
import { greaterIsBetter, metricTitle } from "../../metric-title.ts";
import { type Html, html, nothing, phrase } from "../html.ts";
import { type PlottedVersion, versionsPlot } from "./versions-plot.ts";

const maxMetrics = 12;
/** More would run into each other. */
const maxPoints = 60;

/** How the metrics went from version to version, of the evidence that releases have. */
export function metricsSection({ versions }: ModelOverview): Html {
  const evaluated = versions.flatMap((version) => (version.evaluated && version.active ? [version] : [])).slice(0, maxPoints);
  const names = [...new Set(evaluated.flatMap((version) => version.evaluated?.metrics.map(({ metric }) => metric) ?? []))];
  const plotted = names
    .map((metric) => ({ metric, points: pointsOf(metric, evaluated) }))
    .filter(({ points }) => points.length > 1);
  if (plotted.length === 0) return nothing;
  const task = evaluated[0]?.evaluated?.task;
  const figures = plotted.slice(0, maxMetrics).map(({ metric, points }) => {
    const title = metricTitle(metric, task);
    const better = task === "scored" ? undefined : greaterIsBetter(metric);
    const direction = better === undefined ? nothing : html`<small>${better ? "higher" : "lower"} is better</small>`;
    return html`<figure><figcaption>${phrase(title)}${direction}</figcaption>${versionsPlot(points, phraseToText(title))}</figure>`;
  });
  const more = plotted.length > maxMetrics ? html`<p class="muted">and ${plotted.length - maxMetrics} more</p>` : nothing;
  return html`<section class="block"><h3>Metrics over versions</h3><div class="charts">${figures}</div>${more}${key(plotted.flatMap(({ points }) => points))}</section>`;
}

/** Lowest version first. */
function pointsOf(metric: string, versions: readonly VersionOverview[]): readonly PlottedVersion[] {
  return versions.toReversed().flatMap(({ version, stages, evaluated }) => {
    const found = evaluated?.metrics.find((one) => one.metric === metric);
    if (!evaluated || !found || found.value === null) return [];
    const { value, interval } = found;
    return [{ version, value, interval, testSet: evaluated.testSet.digest, isInUse: stages.length > 0 }];
  });
}

function key(points: readonly PlottedVersion[]): Html {
  const moved = new Set(points.map(({ testSet }) => testSet)).size > 1;
  return html`<p class="key"><span><i class="k-point"></i>measured</span>${
    points.some(({ isInUse }) => isInUse) ? html`<span><i class="k-dot cand"></i>a stage points at it now</span>` : nothing
  }${points.some(({ interval }) => interval) ? html`<span><i class="k-ci"></i>95% interval</span>` : nothing}${
    moved ? html`<span><i class="k-moved"></i>the test set changed: values on both sides are not comparable</span>` : nothing
  }</p>`;
}
