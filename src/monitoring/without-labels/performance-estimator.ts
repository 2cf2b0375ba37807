import { mean } from "../../statistics/moments.ts";
import { type ClassifiedRows, completeRows, viewsOf } from "../classified-rows.ts";
import { type EstimatedMetric, estimatedMetrics, expectedMetrics, type UnlabelledView } from "./expected-metrics.ts";
import { type Calibration, fitIsotonic } from "./isotonic.ts";
import { needsCalibration } from "./needs-calibration.ts";
import { realizedMetric } from "./realized-metrics.ts";
import { type SamplingError, samplingError } from "./sampling-error.ts";

/** A metric of rows whose labels are not known. Numbers that cannot be said are NaN. */
export interface EstimatedPerformance {
  metric: EstimatedMetric;
  estimate: number;
  samplingError: number;
  /** Three sampling errors to both sides, within 0 and 1. */
  interval: { low: number; high: number };
  /** Where the reference's own windows lie: three standard deviations around their mean, within 0 and 1. */
  usual: { low: number; high: number };
  /** The estimate lies beyond what is usual. */
  alert: boolean;
}

export interface PerformanceEstimator {
  /** Of each class whether its scores were no probabilities and are calibrated. */
  calibrated: readonly boolean[];
  estimate(rows: ClassifiedRows): EstimatedPerformance[];
}

const errors = 3;
const deviations = 3;

/**
 * Performance without labels, as NannyML 0.13's CBPE (confidence-based performance estimation): where a model's probabilities
 * are right, calibrated on the reference if need be, they say how often it is wrong. They do not see a change of what the rows
 * mean (concept drift): then the estimate is wrong, and only labels tell.
 * @param reference windows of rows with labels that the model was not trained on, in their order
 */
export function createPerformanceEstimator(
  reference: ClassifiedRows,
  windows: readonly ClassifiedRows[],
  metrics: readonly EstimatedMetric[] = estimatedMetrics,
): PerformanceEstimator {
  const known = completeRows(reference, true);
  const knownWindows = windows.map((rows) => completeRows(rows, true));
  const calibrations = viewsOf(known).map(({ scores, truth }): Calibration | undefined =>
    needsCalibration(scores, truth) ? fitIsotonic(scores, truth) : undefined,
  );
  const facts = metrics.map((metric) => ({
    metric,
    error: samplingError(metric, known),
    usual: usualRange(knownWindows.map((rows) => realizedMetric(metric, rows))),
  }));
  return {
    calibrated: calibrations.map((calibration) => calibration !== undefined),
    estimate(rows) {
      const said = completeRows(rows, false);
      const probabilities = calibratedProbabilities(said, calibrations);
      return facts.map((fact) => estimateOf(fact, said, probabilities));
    },
  };
}

function estimateOf(
  { metric, error, usual }: { metric: EstimatedMetric; error: SamplingError; usual: EstimatedPerformance["usual"] },
  rows: ClassifiedRows,
  probabilities: readonly Float64Array[],
): EstimatedPerformance {
  const estimate = expectedMetric(metric, rows, probabilities);
  const off = error(rows.predicted.length);
  const interval = { low: Math.max(0, estimate - errors * off), high: Math.min(1, estimate + errors * off) };
  return { metric, estimate, samplingError: off, interval, usual, alert: estimate < usual.low || estimate > usual.high };
}

function expectedMetric(metric: EstimatedMetric, rows: ClassifiedRows, probabilities: readonly Float64Array[]): number {
  if (rows.predicted.length === 0) return Number.NaN;
  if (metric === "accuracy") return mean(probabilityOfPredicted(rows, probabilities));
  const views = viewsOf(rows).map(
    ({ scores, predicted }, i): UnlabelledView => ({ scores, predicted, probability: probabilities[i] ?? scores }),
  );
  return views.reduce((total, view) => total + expectedMetrics[metric](view), 0) / views.length;
}

function probabilityOfPredicted({ predicted }: ClassifiedRows, probabilities: readonly Float64Array[]): Float64Array {
  const [positive] = probabilities;
  if (probabilities.length !== 1 || positive === undefined)
    return Float64Array.from(predicted, (label, row) => probabilities[label]?.[row] ?? Number.NaN);
  return positive.map((p, row) => (predicted[row] === 1 ? p : 1 - p));
}

/** Of several classes they add up to 1 again. */
function calibratedProbabilities(
  { probabilities }: ClassifiedRows,
  calibrations: readonly (Calibration | undefined)[],
): Float64Array[] {
  const calibrated = probabilities.map((scores, i) => calibrations[i]?.(scores) ?? scores);
  if (calibrated.length === 1) return calibrated;
  const [first = new Float64Array()] = calibrated;
  const totals = first.map((_, row) => calibrated.reduce((total, values) => total + (values[row] ?? 0), 0));
  return calibrated.map((values) =>
    values.map((value, row) => (totals[row] === 0 ? 1 / calibrated.length : value / (totals[row] ?? 1))),
  );
}

function usualRange(values: readonly number[]): EstimatedPerformance["usual"] {
  const known = Float64Array.from(values.filter((value) => !Number.isNaN(value)));
  const centre = mean(known);
  const off = deviations * Math.sqrt(mean(known.map((value) => (value - centre) ** 2)));
  return { low: Math.max(0, centre - off), high: Math.min(1, centre + off) };
}
