import { alarmsOf, type LiveFindings } from "../gates/live-alarms.ts";

/** Whether anything of live data, or of the model in use, is over its limit. */
export function exceedsLimits(findings: LiveFindings): boolean {
  return alarmsOf(findings).length > 0;
}
