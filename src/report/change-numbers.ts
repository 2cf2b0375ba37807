import type { Comparison, MetricResult } from "../evidence/evidence.ts";
import { couldShow } from "./could-show.ts";
import { decimalsForRow, formatChange, formatFixed } from "./format.ts";

/** A metric of both models as texts. */
export interface ChangeNumbers {
  baseline: string;
  candidate: string;
  change: string;
  interval: IntervalText | undefined;
  noIntervalBecause: string | undefined;
  /** The smallest true change that nine of ten such comparisons would have shown: `±0.056`. */
  couldShow: string | undefined;
}

export interface IntervalText {
  low: string;
  high: string;
}

/** `limit`: what the ends of the interval must not look equal to when they are not. */
export function changeNumbers(comparison: Comparison | undefined, limit?: number): ChangeNumbers {
  const { baseline, candidate, change, noIntervalBecause, degreesOfFreedom } = comparison ?? {};
  // Of what is identical there is nothing to be unsure of.
  const interval = comparison?.identical ? undefined : comparison?.interval;
  const decimals = decimalsForRow({ baseline, candidate, change, interval, limit });
  return {
    baseline: formatFixed(baseline, decimals),
    candidate: formatFixed(candidate, decimals),
    change: formatChange(change, decimals),
    interval: interval && { low: formatEnd(interval.low, decimals), high: formatEnd(interval.high, decimals) },
    noIntervalBecause: comparison?.identical ? undefined : noIntervalBecause,
    couldShow: couldShow(interval, degreesOfFreedom),
  };
}

/** A metric of one model alone, with its interval. */
export function valueNumbers({ value, interval }: MetricResult): { value: string; interval: IntervalText | undefined } {
  const decimals = decimalsForRow({ candidate: value, interval });
  return {
    value: formatFixed(value, decimals),
    interval: interval && { low: formatFixed(interval.low, decimals), high: formatFixed(interval.high, decimals) },
  };
}

/** The change as a share of the baseline's value, in percent. */
export function relativeNumbers({ relative, degreesOfFreedom }: Comparison, limit: number): Partial<ChangeNumbers> {
  if (relative === undefined)
    return { change: "—", interval: undefined, couldShow: undefined, noIntervalBecause: "The baseline is 0 or too close to it." };
  const change = relative.change * 100;
  const interval = relative.interval && { low: relative.interval.low * 100, high: relative.interval.high * 100 };
  const decimals = decimalsForRow({ baseline: 100, change, interval, limit: limit * 100 });
  const percent = (text: string) => (text === "0" ? text : `${text}%`);
  return {
    change: percent(formatChange(change, decimals)),
    interval: interval && { low: percent(formatEnd(interval.low, decimals)), high: percent(formatEnd(interval.high, decimals)) },
    couldShow: couldShow(interval, degreesOfFreedom, "%"),
  };
}

/** The end of an interval may round to zero: its sign says nothing then. */
function formatEnd(value: number, decimals: number): string {
  if (value === 0) return "0";
  return Number(value.toFixed(decimals)) === 0 ? formatFixed(0, decimals) : formatChange(value, decimals);
}
