import { metricFacts } from "../../spec/metric-names.ts";
import { clip } from "../../statistics/interval.ts";
import { degreesOfFreedom } from "../../statistics/moments.ts";
import { z95 } from "../../statistics/normal.ts";
import { studentTQuantile } from "../../statistics/student-t.ts";
import { missingForValue, type Need } from "../guards.ts";
import type { Metric } from "../metric.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { binOf, calibrationBins, type Forecasts, forecastsOf } from "./calibration-bins.ts";
import { rowsNeed, whereReadDiffers } from "./carriers.ts";
import { clipChange } from "./estimating.ts";
import { sameScores } from "./probabilities.ts";

const { range } = metricFacts.expected_calibration_error;
const method = "bounds of the bins' noise";
/** Rows of which the forecast came true, and of which not. */
const leastEvents = 10;

/**
 * Mean distance of probability and share over bins of equal width, by their rows (Guo et al. 2017): of a binary task of the
 * positive class, of several classes of the most probable one.
 */
export function expectedCalibrationError(bins: number): Metric {
  const self: Metric = {
    name: "expected_calibration_error",
    ...metricFacts.expected_calibration_error,
    isIdentical: sameScores,
    measure(rows) {
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const found = forecastsOf(rows);
      return "undefinedBecause" in found ? found : { value: errorOf(found, bins, rows) };
    },
    events: (rows) => [rowsNeed(), ...needsOfForecasts(rows)],
    carries: whereReadDiffers((rows) => {
      const found = forecastsOf(rows);
      return "undefinedBecause" in found ? [] : [found.probabilities];
    }),
    // No influence: noise adds to every bin's distance, whether rows have weights or groups or are resampled.
    estimate(rows) {
      const { value, noise } = prepare(rows, bins);
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const interval = { low: value - above(noise), high: value + noise.below };
      return { method, interval: clip(interval, range) };
    },
    estimateChange(baseline, candidate) {
      const [theirs, ours] = [prepare(baseline, bins), prepare(candidate, bins)];
      const missing = missingForValue(self, [baseline], undefined) ?? missingForValue(self, [candidate], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const change = ours.value - theirs.value;
      const interval = { low: change - together(ours.noise, theirs.noise), high: change + together(theirs.noise, ours.noise) };
      return { method, interval: clipChange(interval, range) };
    },
  };
  return self;
}

function errorOf(forecasts: Forecasts, bins: number, rows: Rows): number {
  const filled = calibrationBins(forecasts, bins, rows);
  const total = filled.reduce((sum, bin) => sum + bin.rows, 0);
  return filled.reduce((sum, bin) => sum + (bin.rows / total) * Math.abs(bin.probability - bin.share), 0);
}

/**
 * How far the error E = Σ|G| of the bins' mean gaps G may lie off its estimate Σ|G + ε|, where ε is the bins' noise. With the true
 * signs s it is at least E + Σ s·ε, whose variance is at most the mean squared gap of a row over n; and at most E + Σ|ε|, a sum of
 * half-normal numbers.
 */
interface Noise {
  /** How far the estimate lies below the truth in at most 2.5%. */
  below: number;
  /** Mean, standard deviation and skewness of the most that it may lie above. */
  mean: number;
  deviation: number;
  skewness: number;
}

function prepare(rows: Rows, bins: number): { value: number; noise: Noise } {
  const forecasts = forecastsOf(rows);
  if ("undefinedBecause" in forecasts) throw new Error("A calibration error was asked for an interval where it is undefined.");
  return { value: errorOf(forecasts, bins, rows), noise: noiseOf(forecasts, bins) };
}

function noiseOf({ probabilities, came }: Forecasts, bins: number): Noise {
  const rows = probabilities.length;
  const gaps = probabilities.map((probability, row) => probability - (came[row] ?? 0));
  const [sums, squares] = [new Float64Array(bins), new Float64Array(bins)];
  for (let row = 0; row < rows; row++) {
    const [bin, gap] = [binOf(probabilities[row] ?? 0, bins), gaps[row] ?? 0];
    sums[bin] = (sums[bin] ?? 0) + gap;
    squares[bin] = (squares[bin] ?? 0) + gap * gap;
  }
  const variances = squares.map((square, bin) => Math.max(0, square - (sums[bin] ?? 0) ** 2 / rows) / rows / rows);
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  const deviations = variances.map(Math.sqrt);
  const t = studentTQuantile(0.975, degreesOfFreedom(gaps));
  return {
    below: (t * Math.sqrt(squares.reduce((sum, square) => sum + square, 0))) / rows,
    mean: Math.sqrt(2 / Math.PI) * deviations.reduce((sum, deviation) => sum + deviation, 0),
    deviation: Math.sqrt((1 - 2 / Math.PI) * total),
    skewness:
      total > 0 ? (skewnessOfHalfNormal * deviations.reduce((sum, deviation) => sum + deviation ** 3, 0)) / total ** 1.5 : 0,
  };
}

const skewnessOfHalfNormal = 0.9952717;

/** 97.5% quantile by Cornish and Fisher's expansion. */
function above({ mean, deviation, skewness }: Noise): number {
  return mean + deviation * (z95 + (skewness * (z95 * z95 - 1)) / 6);
}

/** The noise of one side above and that of the other below, as if they came together. */
function together(up: Noise, down: Noise): number {
  return above(up) + down.below;
}

function needsOfForecasts(rows: Rows): Need[] {
  const forecasts = forecastsOf(rows);
  if ("undefinedBecause" in forecasts) return [];
  const { came } = forecasts;
  const isBinary = asLabelled(rows).task === "binary";
  const [yes, no] = isBinary ? ["positive rows", "negative rows"] : ["rows of the most probable class", "rows of another class"];
  return [
    { least: leastEvents, of: yes, rows: (row) => (came[row] === 1 ? 1 : 0), sides: "each" },
    { least: leastEvents, of: no, rows: (row) => (came[row] === 1 ? 0 : 1), sides: "each" },
  ];
}
