import type { Comparison, Interval, MetricResult } from "../evidence/evidence.ts";
import { decimalsForRow, formatChange, formatFixed, formatNumber } from "../report/format.ts";

/** Baseline, candidate, change and its interval, with digits that agree. */
export function comparisonCells(comparison: Comparison): readonly [string, string, string, string] {
  const { baseline, candidate, change, interval } = comparison;
  const decimals = decimalsForRow(comparison);
  return [
    formatFixed(baseline, decimals),
    formatFixed(candidate, decimals),
    formatChange(change, decimals),
    interval ? intervalText(interval, decimals) : (comparison.noIntervalBecause ?? ""),
  ];
}

/** A value of one model and its interval. */
export function valueCells({ value, interval, noIntervalBecause, undefinedBecause }: MetricResult): readonly [string, string] {
  return [
    formatNumber(value),
    interval ? `${formatNumber(interval.low)} to ${formatNumber(interval.high)}` : (undefinedBecause ?? noIntervalBecause ?? ""),
  ];
}

function intervalText({ low, high }: Interval, decimals: number): string {
  return `${formatChange(low, decimals)} to ${formatChange(high, decimals)}`;
}
