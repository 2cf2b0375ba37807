import type { MetricName } from "../../spec/metric-names.ts";
import { quantileOfSorted } from "../../statistics/moments.ts";
import type { Metric } from "../metric.ts";
import { asNumbered, type Rows } from "../rows.ts";
import { medianAbsoluteError, rSquared } from "./error-statistics.ts";
import { needLightTails } from "./light-tails.ts";
import { type LossMetric, lossMetric } from "./loss-metric.ts";
import { maxError } from "./max-error.ts";
import { notNumbers, samePredictions } from "./numbers.ts";

/** @param error prediction − truth */
type ErrorLoss = (error: number, truth: number, predicted: number) => number;

export const regressionMetrics: Metric[] = [
  errorLoss("mean_absolute_error", Math.abs),
  errorLoss("mean_squared_error", (error) => error * error, { obstacle: needLightTails }),
  errorLoss("root_mean_squared_error", (error) => error * error, { root: true, obstacle: needLightTails }),
  errorLoss("mean_absolute_percentage_error", (error, truth) => Math.abs(error) / Math.max(Math.abs(truth), Number.EPSILON), {
    obstacle: needTargetsAwayFromZero,
  }),
  errorLoss("smape", symmetricShare),
  medianAbsoluteError,
  maxError,
  rSquared,
];

/**
 * Loss of a predicted quantile: each unit below the target costs `alpha`, each above it 1 − `alpha` (Koenker and Bassett 1978).
 * @param alpha the quantile, 0 to 1
 */
export function pinballLoss(alpha: number): Metric {
  return errorLoss("mean_pinball_loss", (error) => (error <= 0 ? -alpha * error : (1 - alpha) * error));
}

/** A mean over rows of a loss of each. */
function errorLoss(name: MetricName, loss: ErrorLoss, rest: Partial<LossMetric> = {}): Metric {
  return lossMetric({
    name,
    ...rest,
    isIdentical: samePredictions,
    losses(given) {
      const rows = asNumbered(given);
      const problem = notNumbers(rows);
      if (problem) return problem;
      return rows.predicted.map((predicted, row) => {
        const truth = rows.truth[row] ?? 0;
        return loss(predicted - truth, truth, predicted);
      });
    },
  });
}

/** Twice the error as a share of the sizes of both: 0 to 2, and 0 where both are 0. */
function symmetricShare(error: number, truth: number, predicted: number): number {
  const size = Math.abs(truth) + Math.abs(predicted);
  return size === 0 ? 0 : (2 * Math.abs(error)) / size;
}

/** Near a target of 0 percentages are without bound, and their mean has no interval that can be trusted (measured: 26%, not 95%). */
function needTargetsAwayFromZero(rows: Rows): string | undefined {
  const { truth } = asNumbered(rows);
  const sizes = truth.map(Math.abs).sort();
  const signs = new Set(truth.map(Math.sign));
  const isAway = signs.size === 1 && !signs.has(0) && (sizes[0] ?? 0) >= 0.01 * quantileOfSorted(sizes, 0.5);
  return isAway ? undefined : "needs targets away from 0, where percentages are without bound";
}
