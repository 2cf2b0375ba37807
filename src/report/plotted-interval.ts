import type { Comparison, Interval, MetricResult } from "../evidence/evidence.ts";

/** What is drawn: a point with its interval, against a limit where there is one, in one unit. */
export interface IntervalPlot {
  quantity: "change" | "value";
  point: number;
  interval: Interval | undefined;
  limit: number | undefined;
  /** Which side of the limit is not allowed. */
  badSide: "below" | "above";
  /** No change (0), or the baseline's value for gates on the value itself. */
  reference: number | undefined;
}

/** A change without a rule. */
export function plotOfChange({ change, interval, greaterIsBetter }: Comparison, limit?: number): IntervalPlot | undefined {
  if (change === null) return undefined;
  return { quantity: "change", point: change, interval, limit, badSide: greaterIsBetter ? "below" : "above", reference: 0 };
}

/** A value by itself. */
export function plotOfValue({ value, interval }: MetricResult, reference?: number): IntervalPlot | undefined {
  if (value === null) return undefined;
  return { quantity: "value", point: value, interval, limit: undefined, badSide: "below", reference };
}
