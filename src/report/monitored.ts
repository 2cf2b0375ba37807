import type { MonitoredMetric, MonitoredWindow } from "../monitoring/monitor-model.ts";
import type { MonitoredTables } from "../monitoring/monitored-tables.ts";
import { decidingEstimate, isJudged, isModelJudged } from "../monitoring/worse-windows.ts";
import { formatChange, formatFixed, formatNumber, plural } from "./format.ts";

/** What a window shows: `worse: accuracy −0.120`. */
export interface WindowResult {
  worse: readonly string[];
  better: readonly string[];
  isJudged: boolean;
}

export function windowResult(window: MonitoredWindow, { worse }: MonitoredTables): WindowResult {
  const { name, metrics } = window;
  const changeOf = (metric: string) => metrics.find((one) => one.metric === metric)?.fromReference?.change;
  const byEstimate = (name: string) => {
    const metric = metrics.find((one) => one.metric === name);
    const estimate = metric && decidingEstimate(window, metric);
    return estimate === undefined || estimate === metric?.estimated
      ? "by estimate"
      : `by estimate: ${formatNumber(estimate.estimate)} of the rows without labels`;
  };
  return {
    worse: worse
      .filter((found) => found.window === name)
      .map(({ metric, from }) =>
        from === "labels" ? `${metric} ${formatChange(changeOf(metric), 3)}` : `${metric} ${byEstimate(metric)}`,
      ),
    better: metrics
      .filter(({ fromReference }) => fromReference?.verdict === "better")
      .map(({ metric, fromReference }) => `${metric} ${formatChange(fromReference?.change, 3)}`),
    isJudged: metrics.some(isJudged),
  };
}

/** `0.825 ±0.003`, and `est. 0.827`; undefined where it is not known. */
export function metricOfWindow({
  value,
  interval,
  estimated,
}: MonitoredMetric): Record<"truth" | "estimate", string | undefined> {
  const half = interval === undefined ? "" : ` ±${((interval.high - interval.low) / 2).toPrecision(2)}`;
  return {
    truth: value === null ? undefined : `${formatNumber(value)}${half}`,
    estimate: estimated && `est. ${formatNumber(estimated.estimate)}`,
  };
}

/** `0.825 ±0.003, est. 0.827`. */
export function metricInWords(metric: MonitoredMetric): string {
  const { truth, estimate } = metricOfWindow(metric);
  return [truth, estimate].filter((part) => part !== undefined).join(", ") || "—";
}

/** `The model is worse in 2 of 10 windows, the last of them June: accuracy, f1.` */
export function monitoredSummary({ windows, worse }: MonitoredTables): string {
  const bad = windows.filter(({ name }) => worse.some(({ window }) => window === name));
  const last = bad.at(-1);
  if (last === undefined) return isModelJudged({ windows }) ? `no worse in ${judgedOf(windows)}` : notJudged;
  const found = worse.filter(({ window }) => window === last.name);
  const by = found.every(({ from }) => from === "estimate") ? "estimated to be worse" : "worse";
  return `${by} in ${bad.length} of ${plural(windows.length, "window")}, last in ${last.name}: ${found.map(({ metric }) => metric).join(", ")}`;
}

export const notJudged = "not judged: no window has labels enough, or scores to estimate from";

function judgedOf(windows: readonly MonitoredWindow[]): string {
  const judged = windows.filter(({ metrics }) => metrics.some(isJudged)).length;
  if (judged < windows.length)
    return `${formatFixed(judged, 0)} of ${plural(windows.length, "window")}; the others are not judged`;
  return windows.length === 1 ? "its window" : `any of ${formatFixed(windows.length, 0)} windows`;
}

/** What is to be known of numbers that are there: the estimate, and where errors changed. */
export function monitoredNotes({ windows, calibrated, errorChanges }: MonitoredTables): string[] {
  const hasEstimates = windows.some(({ metrics }) => metrics.some(({ estimated }) => estimated !== undefined));
  const how = calibrated.some((is) => is) ? "scores calibrated on the reference" : "from the scores as they are";
  return [
    ...(hasEstimates
      ? [`est.: without labels, ${how}. It does not see that the same rows come to mean something else; only labels tell.`]
      : []),
    ...errorChanges.map(
      ({ since, before, after }) =>
        `Mean error from about row ${formatFixed(since + 1, 0)} on (ADWIN): ${formatNumber(before)} → ${formatNumber(after)}`,
    ),
  ];
}
