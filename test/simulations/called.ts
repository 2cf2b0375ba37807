import type { Comparison } from "../../src/evidence/evidence.ts";
import { headlineOf } from "../../src/gates/headline.ts";
import type { Tally } from "./simulation.ts";

/** Which metrics are called different, whether any of them is, and whether the headline says so after Holm's correction. */
export function tallyComparisons(comparisons: readonly Comparison[]): Tally {
  const counts: Tally = {};
  for (const { metric, interval } of comparisons) {
    const isCalled = interval !== undefined && (interval.low > 0 || interval.high < 0);
    counts[`${metric}|${interval === undefined ? "unknown" : isCalled ? "called" : "not called"}`] = 1;
    if (isCalled) counts["any|called"] = 1;
  }
  const headline = headlineOf(comparisons, undefined);
  const claims = headline && headline.better.length + headline.worse.length > 0;
  counts[`headline|${headline === undefined ? "unknown" : claims ? "called" : "not called"}`] = 1;
  return counts;
}
