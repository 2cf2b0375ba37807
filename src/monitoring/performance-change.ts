import type { MetricResult } from "../evidence/evidence.ts";
import { factsOfMetric } from "../spec/metric-names.ts";
import { falseDiscoveryAdjusted } from "../statistics/false-discovery.ts";
import type { Interval } from "../statistics/interval.ts";
import { pValueOfNoChange } from "../statistics/significance.ts";

/** A metric of a window beside the reference's, on other rows. */
export interface PerformanceChange {
  change: number;
  /** 95%. */
  interval: Interval;
  pValue: number;
  /** After correction for all metrics of all windows. */
  adjusted: number;
  /** Further from the reference than what counts as none, and by more than chance. */
  verdict: "better" | "worse" | "same";
}

const level = 0.05;

/**
 * Which metrics of which windows are not the reference's: concept drift, or rows that are harder. The interval of the difference of
 * two independent values is put together from theirs (MOVER, Zou and Donner 2008); the p-values of all windows and metrics are
 * one family (Benjamini and Hochberg).
 * @param windows of each window its metrics, in the order of the reference's
 * @param tolerated changes up to it are none, by metric
 * @returns undefined where one of the two has no interval
 */
export function performanceChanges(
  reference: readonly MetricResult[],
  windows: readonly (readonly MetricResult[])[],
  tolerated: (metric: MetricResult) => number,
): (PerformanceChange | undefined)[][] {
  const found = windows.map((metrics) => metrics.map((now, i) => changeFrom(reference[i], now)));
  const family = found.flat().filter((change) => change !== undefined);
  const adjusted = falseDiscoveryAdjusted(family.map(({ pValue }) => pValue));
  const byChange = new Map(family.map((change, i) => [change, adjusted[i] ?? 1]));
  return found.map((changes) =>
    changes.map((change, i) => {
      const before = reference[i];
      if (change === undefined || before === undefined) return undefined;
      const corrected = byChange.get(change) ?? 1;
      const isOther = corrected <= level && Math.abs(change.change) > tolerated(before);
      const isBetter = change.change > 0 === (factsOfMetric(before.metric)?.greaterIsBetter ?? true);
      return { ...change, adjusted: corrected, verdict: !isOther ? "same" : isBetter ? "better" : "worse" };
    }),
  );
}

function changeFrom(
  before: MetricResult | undefined,
  now: MetricResult,
): Omit<PerformanceChange, "adjusted" | "verdict"> | undefined {
  if (before?.interval === undefined || now.interval === undefined || before.value === null || now.value === null)
    return undefined;
  const change = now.value - before.value;
  const interval = {
    low: change - Math.hypot(now.value - now.interval.low, before.interval.high - before.value),
    high: change + Math.hypot(now.interval.high - now.value, before.value - before.interval.low),
  };
  return { change, interval, pValue: pValueOfNoChange({ change, interval }) };
}
