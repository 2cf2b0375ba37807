import type { Monitored, MonitoredMetric, MonitoredWindow } from "./monitor-model.ts";

/** A window that is worse than the reference by its labels, or is estimated to be worse than the reference's windows usually are. */
export interface WorseMetric {
  window: string;
  metric: string;
  from: "labels" | "estimate";
}

export function worseMetrics({ windows }: Pick<Monitored, "windows">): WorseMetric[] {
  return windows.flatMap((window) =>
    window.metrics.flatMap((metric): WorseMetric[] => {
      const about = { window: window.name, metric: metric.metric };
      const verdict = metric.fromReference?.verdict ?? "same";
      if (verdict !== "same") return verdict === "worse" ? [{ ...about, from: "labels" }] : [];
      const estimate = decidingEstimate(window, metric);
      // Of few rows an estimate is far off by luck: all of its interval has to lie below.
      const isLow =
        estimate !== undefined && metric.estimated !== undefined && estimate.interval.high < metric.estimated.usual.low;
      return isLow ? [{ ...about, from: "estimate" }] : [];
    }),
  );
}

/** The estimate of what labels do not tell: of the whole window where they say nothing, else of the rows that have none. */
export function decidingEstimate(
  { rows, labelled }: Pick<MonitoredWindow, "rows" | "labelled">,
  { fromReference, estimated, ofUnlabelled }: MonitoredMetric,
): MonitoredMetric["ofUnlabelled"] {
  if (fromReference === undefined) return estimated;
  return labelled < rows ? ofUnlabelled : undefined;
}

/** By labels, or by an estimate: one beside which nothing is known of the reference says nothing. */
export function isJudged({ fromReference, estimated }: MonitoredMetric): boolean {
  const isEstimated = estimated !== undefined && Number.isFinite(estimated.interval.high) && Number.isFinite(estimated.usual.low);
  return fromReference !== undefined || isEstimated;
}

/** Whether anything at all can be said of the model. */
export function isModelJudged({ windows }: Pick<Monitored, "windows">): boolean {
  return windows.some(({ metrics }) => metrics.some(isJudged));
}
