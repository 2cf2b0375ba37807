import type { Metric } from "../metric.ts";
import { metricFacts } from "../metric-names.ts";
import { asNumbered } from "../rows.ts";
import { absoluteErrors, notNumbers, samePredictions } from "./numbers.ts";
import { isCounted } from "./weighted-mean.ts";

const noInterval = {
  method: "none",
  noIntervalBecause: "the largest error is that of a single row, which says nothing of how it would vary over others",
};

/** The largest error, of rows that have a weight; how large the weight is does not matter. */
export const maxError: Metric = {
  name: "max_error",
  ...metricFacts.max_error,
  range: { low: 0, high: Number.POSITIVE_INFINITY },
  isIdentical: samePredictions,
  measure(given) {
    const rows = asNumbered(given);
    if (rows.count === 0) return { undefinedBecause: "there are no rows" };
    const problem = notNumbers(rows);
    if (problem) return problem;
    const value = absoluteErrors(rows).reduce((most, error, row) => (isCounted(rows, row) ? Math.max(most, error) : most), 0);
    return Number.isFinite(value) ? { value } : { undefinedBecause: "the errors are too large to write down" };
  },
  missingEvents: () => noInterval.noIntervalBecause,
  estimate: () => noInterval,
  estimateChange: () => noInterval,
};
