import { metricFacts } from "../../spec/metric-names.ts";
import type { Metric } from "../metric.ts";
import { asNumbered } from "../rows.ts";
import { whereReadDiffers } from "./carriers.ts";
import { absoluteErrors, notNumbers, samePredictions } from "./numbers.ts";

const noInterval = {
  method: "none",
  noIntervalBecause: "the largest error is that of a single row, which says nothing of how it would vary over others",
};

/** The largest error; what its row weighs does not matter. */
export const maxError: Metric = {
  name: "max_error",
  ...metricFacts.max_error,
  isIdentical: samePredictions,
  measure(given) {
    const rows = asNumbered(given);
    if (rows.count === 0) return { undefinedBecause: "there are no rows" };
    const problem = notNumbers(rows);
    if (problem) return problem;
    const value = absoluteErrors(rows).reduce((most, error) => Math.max(most, error), 0);
    return Number.isFinite(value) ? { value } : { undefinedBecause: "the errors are too large to write down" };
  },
  events: () => [],
  obstacle: () => noInterval.noIntervalBecause,
  carries: whereReadDiffers((rows) => [asNumbered(rows).predicted]),
  estimate: () => noInterval,
  estimateChange: () => noInterval,
};
