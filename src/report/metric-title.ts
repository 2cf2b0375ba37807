import { factsOfMetric } from "../evaluation/metric-names.ts";

/** A metric's name for people; one that is not known keeps its own. */
export function metricTitle(metric: string): string {
  return factsOfMetric(metric)?.title ?? metric;
}

/** Undefined for a metric that is not known. */
export function greaterIsBetter(metric: string): boolean | undefined {
  return factsOfMetric(metric)?.greaterIsBetter;
}
