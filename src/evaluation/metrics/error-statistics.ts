import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { bootstrapRows } from "../../statistics/bootstrap.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip } from "../../statistics/interval.ts";
import { sum } from "../../statistics/moments.ts";
import { z95 } from "../../statistics/normal.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";
import { missingForChange, missingForValue } from "../guards.ts";
import type { Estimated, Metric } from "../metric.ts";
import { asNumbered, type NumberedRows } from "../rows.ts";
import { rowsNeed, whereReadDiffers } from "./carriers.ts";
import { bootstrapMethod, clipChange, deltaMethod, mostResampledCells, notStable, resampledOnly } from "./estimating.ts";
import { needLightTails } from "./light-tails.ts";
import { absoluteErrors, notNumbers, samePredictions } from "./numbers.ts";
import { sharesOf, weightedMean } from "./weighted-mean.ts";

/** A statistic of the errors that is no mean: its value, how it falls out when rows are resampled, and each row's influence. */
interface Prepared {
  value: number;
  /** Left out where the delta method covers better at any number of rows. */
  resampled?: (weights: Uint8Array) => number;
  influence: () => Float64Array;
}

interface ErrorStatistic {
  name: MetricName;
  why: (rows: NumberedRows) => string | undefined;
  prepare: (rows: NumberedRows) => Prepared;
  obstacle?: NonNullable<Metric["obstacle"]>;
}

export const medianAbsoluteError = errorStatistic({
  name: "median_absolute_error",
  why: () => undefined,
  prepare: prepareMedian,
});

export const rSquared = errorStatistic({
  name: "r2",
  why(rows) {
    if (rows.count < 2) return "it needs two rows";
    return rows.truth.every((value) => value === rows.truth[0]) ? "the target is the same in every row" : undefined;
  },
  prepare: prepareRSquared,
  obstacle: needLightTails,
});

function errorStatistic({ name, why, prepare, obstacle = () => undefined }: ErrorStatistic): Metric {
  const { range } = metricFacts[name];
  const self: Metric = {
    name,
    ...metricFacts[name],
    isIdentical: samePredictions,
    measure(given) {
      const rows = asNumbered(given);
      if (rows.count === 0) return { undefinedBecause: "there are no rows" };
      const reason = why(rows);
      const problem = notNumbers(rows) ?? (reason === undefined ? undefined : { undefinedBecause: reason });
      if (problem) return problem;
      const { value } = prepare(rows);
      return Number.isFinite(value) ? { value } : { undefinedBecause: "the errors are too large to add up" };
    },
    influence: (rows) => prepare(asNumbered(rows)).influence(),
    events: () => [rowsNeed()],
    obstacle,
    carries: whereReadDiffers((rows) => [asNumbered(rows).predicted]),
    estimate(given): Estimated {
      const rows = asNumbered(given);
      const { value, resampled, influence } = prepare(rows);
      const resample = rows.count <= mostResampledCells ? resampled : undefined;
      const method = resample ? bootstrapMethod : deltaMethod;
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { interval, degreesOfFreedom } = resample
        ? resampledOnly(bootstrapRows(rows.count, resample))
        : deltaInterval(value, influence());
      return interval ? { method, interval: clip(interval, range), degreesOfFreedom } : { method, noIntervalBecause: notStable };
    },
    estimateChange(givenBaseline, givenCandidate): Estimated {
      const [baseline, candidate] = [asNumbered(givenBaseline), asNumbered(givenCandidate)];
      const [theirs, ours] = [prepare(baseline), prepare(candidate)];
      const [before, after] = candidate.count <= mostResampledCells ? [theirs.resampled, ours.resampled] : [];
      const method = before && after ? bootstrapMethod : deltaMethod;
      const missing = missingForChange(self, [baseline], [candidate], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { interval, degreesOfFreedom } =
        before && after
          ? resampledOnly(bootstrapRows(candidate.count, (weights) => after(weights) - before(weights)))
          : deltaInterval(ours.value - theirs.value, differences(ours.influence(), theirs.influence()));
      return interval
        ? { method, interval: clipChange(interval, range), degreesOfFreedom }
        : { method, noIntervalBecause: notStable };
    },
  };
  return self;
}

/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)². Where errors have far outliers a bootstrap of its change covers 87%, the delta method 95% to 98%. */
function prepareRSquared(rows: NumberedRows): Prepared {
  const { truth, predicted } = rows;
  const shares = sharesOf(rows);
  const weigh = (value: number, row: number) => value * (shares?.[row] ?? 1);
  const centre = weightedMean(truth, rows);
  const squares = truth.map((value, row) => weigh((value - (predicted[row] ?? 0)) ** 2, row));
  const spreads = truth.map((value, row) => weigh((value - centre) ** 2, row));
  const [error, spread] = [sum(squares), sum(spreads)];
  return {
    value: 1 - error / spread,
    influence: () => squares.map((square, row) => (((spreads[row] ?? 0) * error) / spread - square) / (spread / rows.count)),
  };
}

/** Where half of the weight lies below, the middle to the next error: scikit-learn 1.9's weighted percentile. */
function prepareMedian(rows: NumberedRows): Prepared {
  const errors = absoluteErrors(rows);
  const order = sortedOrder(errors);
  const shares = sharesOf(rows);
  const value = quantileAt(0.5, errors, order, shares);
  return {
    value,
    resampled: (weights) => quantileAt(0.5, errors, order, weights),
    influence() {
      // Woodruff 1952: the density at the median from the quantiles one standard error to either side.
      const squares = shares ? sum(shares.map((share) => share * share)) : rows.count;
      const reach = Math.min(0.5, (z95 / 2) * (Math.sqrt(squares) / rows.count));
      const [low, high] = [0.5 - reach, 0.5 + reach].map((at) => quantileAt(at, errors, order, shares));
      const slope = ((high ?? value) - (low ?? value)) / (2 * reach);
      const sides = errors.map((error) => Math.sign(error - value) / 2);
      const centre = weightedMean(sides, rows);
      return sides.map((side, row) => slope * (side - centre) * (shares?.[row] ?? 1));
    },
  };
}

/** The value up to which that share of the weight lies; the middle to the next one where it is met exactly. */
function quantileAt(share: number, values: Float64Array, order: Uint32Array, weights: ArrayLike<number> | undefined): number {
  const total = weights ? sumOf(weights) : order.length;
  const wanted = share * total;
  let seen = 0;
  let met = Number.NaN;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0;
    const weight = weights ? (weights[row] ?? 0) : 1;
    if (weight === 0) continue;
    const value = values[row] ?? Number.NaN;
    if (!Number.isNaN(met)) return (met + value) / 2;
    seen += weight;
    if (seen - wanted > rounding * total) return value;
    if (seen - wanted >= -rounding * total) met = value;
  }
  return met;
}

/** Sums of weights miss what they should add up to by less than this share. */
const rounding = 1e-12;

function sumOf(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] ?? 0;
  return total;
}
