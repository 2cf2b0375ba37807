import { percentileInterval } from "../statistics/bootstrap.ts";
import { effectiveGroups, type Groups, groupInfluence } from "../statistics/groups.ts";
import type { Interval } from "../statistics/interval.ts";
import { degreesOfFreedom, standardDeviation } from "../statistics/moments.ts";
import { createRandom } from "../statistics/random.ts";
import type { Metric } from "./metric.ts";
import type { Rows } from "./rows.ts";

/** The trained models of one side on the same rows, one a seed. */
export type Trainings = readonly Rows[];

/** How a sum of the sides' metrics, each the mean of its trainings, would vary over other rows, or groups of rows, of the same kind. */
export interface RowNoise {
  method: string;
  /** @param shares of the sides in the sum, in their order; undefined where the metric is undefined in too many resamples */
  of(shares: readonly number[]): Noise | undefined;
}

export interface Noise {
  /** Standard error. */
  error: number;
  /** Of the error. */
  degreesOfFreedom: number | undefined;
  /** 95% interval of the sum, where it was resampled. */
  resampled: Interval | undefined;
}

const seed = 20_260_102;
const mostResamples = 2_000;
/** Enough for an interval of the bootstrap on tables where 2,000 would take minutes. */
const leastResamples = 400;
const affordableRows = 4e8;

/** By influence where the metric has one, else by resampling rows or groups; both honour weights. */
export function rowNoise(metric: Metric, sides: readonly Trainings[], groups: Groups | undefined): RowNoise {
  return metric.influence ? influenceNoise(metric.influence, sides, groups) : resampledNoise(metric, sides, groups);
}

function influenceNoise(
  influence: NonNullable<Metric["influence"]>,
  sides: readonly Trainings[],
  groups: Groups | undefined,
): RowNoise {
  const each = once(() =>
    sides.map((trainings) => {
      const average = sumOf(trainings.map((rows) => ({ values: influence(rows), share: 1 / trainings.length })));
      return groups ? groupInfluence(average, groups) : average;
    }),
  );
  const first = sides[0]?.[0];
  const mostDegrees = Math.max(1, effectiveGroups(first?.count ?? 0, groups, first?.weights) - 1);
  return {
    method: groups ? "delta method over groups" : "delta method",
    of(shares) {
      const sum = sumOf(each().map((values, side) => ({ values, share: shares[side] ?? 0 })));
      const error = standardDeviation(sum) / Math.sqrt(sum.length);
      return { error, degreesOfFreedom: Math.min(degreesOfFreedom(sum), mostDegrees), resampled: undefined };
    },
  };
}

function resampledNoise(metric: Metric, sides: readonly Trainings[], groups: Groups | undefined): RowNoise {
  const drawn = once(() => resample(metric, sides, groups));
  return {
    method: groups ? "percentile bootstrap of groups" : "percentile bootstrap",
    of(shares) {
      // A side without a share may be undefined.
      const parts = drawn().map((values, side) => ({ values, share: shares[side] ?? 0 }));
      const sum = sumOf(parts.filter(({ share }) => share !== 0));
      const resampled = percentileInterval(sum);
      const error = standardDeviation(sum.filter((value) => Number.isFinite(value)));
      return resampled && { error, degreesOfFreedom: undefined, resampled };
    },
  };
}

/** Each side's metric in resamples (Efron 1979) of rows, or of whole groups (Field and Welsh 2007): the same ones for all sides. */
function resample(metric: Metric, sides: readonly Trainings[], groups: Groups | undefined): Float64Array[] {
  const rows = sides[0]?.[0]?.count ?? 0;
  const models = sides.reduce((count, { length }) => count + length, 0);
  const affordable = Math.round(affordableRows / Math.max(1, rows * models));
  const resamples = Math.min(mostResamples, Math.max(leastResamples, affordable));
  const units = groups?.count ?? rows;
  const random = createRandom(seed);
  const counts = new Uint32Array(units);
  const drawn = sides.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    counts.fill(0);
    for (let i = 0; i < units; i++) {
      const unit = random.below(units);
      counts[unit] = (counts[unit] ?? 0) + 1;
    }
    for (const [side, trainings] of sides.entries())
      drawn[side]?.fill(
        meanMetric(metric, trainings, (row) => counts[groups?.of[row] ?? row] ?? 0),
        resample,
        resample + 1,
      );
  }
  return drawn;
}

function meanMetric(metric: Metric, trainings: Trainings, countOf: (row: number) => number): number {
  let total = 0;
  for (const rows of trainings) {
    const weights = new Float64Array(rows.count);
    for (let row = 0; row < weights.length; row++) weights[row] = countOf(row) * (rows.weights?.[row] ?? 1);
    const measured = metric.measure({ ...rows, weights });
    total += "value" in measured ? measured.value : Number.NaN;
  }
  return total / trainings.length;
}

function sumOf(parts: readonly { values: Float64Array; share: number }[]): Float64Array {
  const sum = new Float64Array(parts[0]?.values.length ?? 0);
  for (const { values, share } of parts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + share * (values[i] ?? 0);
  return sum;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
