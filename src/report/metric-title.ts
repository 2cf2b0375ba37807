/** A metric's name for people; one that is not known keeps its own. */
export function metricTitle(metric: string): string {
  return metric;
}
