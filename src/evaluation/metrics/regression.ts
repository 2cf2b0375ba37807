import { bootstrapRows } from "../../statistics/bootstrap.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { mean, quantileOfSorted, sum } from "../../statistics/moments.ts";
import { z95 } from "../../statistics/normal.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";
import { tailIndex } from "../../statistics/tail-index.ts";
import type { Estimated, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import { asNumbered, type NumberedRows, type Rows } from "../rows.ts";
import { bootstrapMethod, clipChange, countOf, deltaMethod, mostResampledCells, notStable, resampledOnly } from "./estimating.ts";
import { type LossMetric, leastDifferentRows, lossMetric, needRows } from "./loss-metric.ts";
import { sameNumbers } from "./probabilities.ts";

type Undefined = { undefinedBecause: string };

/** Loss of each row by its error, prediction − truth. */
function errorLoss(name: MetricName, loss: (error: number, truth: number) => number, rest: Partial<LossMetric> = {}) {
  return lossMetric({
    name,
    ...rest,
    isIdentical: samePredictions,
    losses: (given) => {
      const rows = asNumbered(given);
      return notNumbers(rows) ?? rows.predicted.map((value, row) => loss(value - (rows.truth[row] ?? 0), rows.truth[row] ?? 0));
    },
  });
}

export const regressionMetrics: Metric[] = [
  errorLoss("mean_absolute_error", Math.abs),
  errorLoss("mean_squared_error", (error) => error * error, { guardValue: needLightTails }),
  errorLoss("root_mean_squared_error", (error) => error * error, { root: true, guardValue: needLightTails }),
  errorLoss("mean_absolute_percentage_error", (error, truth) => Math.abs(error) / Math.max(Math.abs(truth), Number.EPSILON), {
    guard: needTargetsAwayFromZero,
  }),
  errorStatistic({
    name: "median_absolute_error",
    range: { low: 0, high: Number.POSITIVE_INFINITY },
    why: () => undefined,
    prepare: medianAbsoluteError,
  }),
  errorStatistic({
    name: "r2",
    range: { low: Number.NEGATIVE_INFINITY, high: 1 },
    why: ({ count, truth }) => {
      if (count < 2) return "it needs two rows";
      return truth.every((value) => value === truth[0]) ? "the target is the same in every row" : undefined;
    },
    prepare: rSquared,
    guardValue: needLightTails,
  }),
];

/** A statistic of the errors that is no mean: its value, how it falls out when rows are resampled, and each row's influence. */
interface Prepared {
  value: number;
  /** Left out where the delta method covers better at any number of rows. */
  resampled?: (weights: Uint8Array) => number;
  influence: () => Float64Array;
}

interface ErrorStatistic {
  name: MetricName;
  range: Interval;
  why: (rows: NumberedRows) => string | undefined;
  prepare: (rows: NumberedRows) => Prepared;
  /** Further needs of an interval of the value. */
  guardValue?: (rows: Rows) => string | undefined;
}

function errorStatistic({ name, range, why, prepare, guardValue }: ErrorStatistic): Metric {
  return {
    name,
    ...metricFacts[name],
    range,
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
    missingEvents: (models) => models.map(needRows).find((missing) => missing !== undefined),
    estimate(given): Estimated {
      const rows = asNumbered(given);
      const { value, resampled, influence } = prepare(rows);
      const resample = rows.count <= mostResampledCells ? resampled : undefined;
      const method = resample ? bootstrapMethod : deltaMethod;
      const missing = needRows(rows) ?? guardValue?.(rows);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const interval = resample ? bootstrapRows(rows.count, resample) : deltaInterval(value, influence()).interval;
      return interval ? { method, interval: clip(interval, range) } : { method, noIntervalBecause: notStable };
    },
    estimateChange(givenBaseline, givenCandidate): Estimated {
      const [baseline, candidate] = [asNumbered(givenBaseline), asNumbered(givenCandidate)];
      const [theirs, ours] = [prepare(baseline), prepare(candidate)];
      const [before, after] = candidate.count <= mostResampledCells ? [theirs.resampled, ours.resampled] : [];
      const method = before && after ? bootstrapMethod : deltaMethod;
      const missing = needRows(candidate) ?? needDifferent(baseline, candidate);
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
}

/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)². Where errors have far outliers a bootstrap of its change covers 87%, the delta method 95% to 98%. */
function rSquared({ count, truth, predicted }: NumberedRows): Prepared {
  const squares = truth.map((value, row) => (value - (predicted[row] ?? 0)) ** 2);
  const centre = mean(truth);
  const spreads = truth.map((value) => (value - centre) ** 2);
  const [error, spread] = [sum(squares), sum(spreads)];
  return {
    value: 1 - error / spread,
    influence: () => squares.map((square, row) => (((spreads[row] ?? 0) * error) / spread - square) / (spread / count)),
  };
}

function medianAbsoluteError({ count, truth, predicted }: NumberedRows): Prepared {
  const errors = truth.map((value, row) => Math.abs(value - (predicted[row] ?? 0)));
  const order = sortedOrder(errors);
  const sorted = Float64Array.from(order, (row) => errors[row] ?? 0);
  const value = quantileOfSorted(sorted, 0.5);
  return {
    value,
    resampled(weights) {
      let seen = 0;
      let lower = Number.NaN;
      for (let i = 0; i < count; i++) {
        seen += weights[order[i] ?? 0] ?? 0;
        if (Number.isNaN(lower) && 2 * seen >= count) lower = sorted[i] ?? 0;
        if (2 * seen > count) return (lower + (sorted[i] ?? 0)) / 2;
      }
      return Number.NaN;
    },
    influence() {
      // Woodruff 1952: the density at the median from the order statistics one standard error to either side.
      const reach = z95 / (2 * Math.sqrt(count));
      const slope = (quantileOfSorted(sorted, 0.5 + reach) - quantileOfSorted(sorted, 0.5 - reach)) / (2 * reach);
      return errors.map((error) => (error > value ? slope / 2 : error < value ? -slope / 2 : 0));
    },
  };
}

/** Near a target of 0 percentages are without bound, and their mean has no interval that can be trusted (measured: 26%, not 95%). */
function needTargetsAwayFromZero(rows: Rows): string | undefined {
  const { truth } = asNumbered(rows);
  const sizes = truth.map(Math.abs).sort();
  const signs = new Set(truth.map(Math.sign));
  const isAway = signs.size === 1 && !signs.has(0) && (sizes[0] ?? 0) >= 0.01 * quantileOfSorted(sizes, 0.5);
  return isAway ? undefined : "needs targets away from 0, where percentages are without bound";
}

/**
 * Where single errors are far larger than the rest, squares have no variance to speak of, and no interval of their mean covers
 * what it says: of errors with 3 degrees of freedom 71% to 81%, not 95%. A paired change is safe, since both models share them.
 */
function needLightTails(rows: Rows): string | undefined {
  const { truth, predicted } = asNumbered(rows);
  const index = tailIndex(truth.map((value, row) => Math.abs(value - (predicted[row] ?? 0))));
  return index < 4 ? `needs errors with lighter tails: their tail index is ${index.toFixed(1)}, and squares need 4` : undefined;
}

function samePredictions(baseline: Rows, candidate: Rows): boolean {
  return sameNumbers(asNumbered(baseline).predicted, asNumbered(candidate).predicted);
}

function needDifferent(baseline: NumberedRows, candidate: NumberedRows): string | undefined {
  const has = candidate.predicted.reduce((count, value, row) => count + (value === baseline.predicted[row] ? 0 : 1), 0);
  return has < leastDifferentRows
    ? `needs ${leastDifferentRows} rows that the models predict differently, has ${has}`
    : undefined;
}

function notNumbers({ truth, predicted }: NumberedRows): Undefined | undefined {
  const notFinite = (values: Float64Array) => values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (notFinite(truth) > 0)
    return { undefinedBecause: `the target of ${countOf(notFinite(truth), "row")} is not a finite number` };
  const bad = notFinite(predicted);
  return bad > 0 ? { undefinedBecause: `the prediction of ${countOf(bad, "row")} is not a finite number` } : undefined;
}
