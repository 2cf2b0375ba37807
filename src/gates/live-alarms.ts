import { isTogetherDrifted, type Together } from "../drift/together.ts";
import { type DriftResult, hasDrifted } from "../evidence/data-evidence.ts";
import type { MonitoredTables } from "../monitoring/monitored-tables.ts";
import { isJudged, type WorseMetric } from "../monitoring/worse-windows.ts";
import { isOverDriftLimit } from "./data-gates.ts";

/** What was seen of live data, and of the model in use where that was looked at. */
export interface LiveFindings {
  result: Pick<DriftResult, "drifted" | "columns">;
  /** So many columns may have drifted. */
  maxDrifted: number;
  /** All columns together, where that was asked for. */
  together?: Together | undefined;
  /** The model in use, where its predictions were given. */
  monitored?: MonitoredTables | undefined;
}

/** What is looked at beside columns, among the names of columns: no table has one of these. */
const togetherName = "\0all columns together";
const performanceName = ({ metric, from }: Pick<WorseMetric, "metric" | "from">) => `\0${metric} by ${from}`;

/** What is over its limit, by name: columns, where more drifted than may, and what is looked at beside them. */
export function alarmsOf({ result, maxDrifted, together, monitored }: LiveFindings): string[] {
  return [
    ...(isOverDriftLimit(result, maxDrifted) ? result.columns.filter(hasDrifted).map(({ name }) => name) : []),
    ...(isTogetherDrifted(together) ? [togetherName] : []),
    ...new Set(monitored?.worse.map(performanceName)),
  ];
}

/**
 * Alarms of which nothing is known this time, by name: those by labels where no window is judged by its labels, as an estimate does
 * not see that the same rows come to mean something else; those by estimate where no window is judged at all.
 */
export function unjudgedAlarms({ monitored }: Pick<LiveFindings, "monitored">): string[] {
  if (monitored === undefined) return [];
  return monitored.reference.metrics.flatMap(({ metric }) => {
    const now = monitored.windows.flatMap(({ metrics }) => metrics.filter((one) => one.metric === metric));
    return [
      ...(now.some(({ fromReference }) => fromReference !== undefined) ? [] : [performanceName({ metric, from: "labels" })]),
      ...(now.some(isJudged) ? [] : [performanceName({ metric, from: "estimate" })]),
    ];
  });
}
