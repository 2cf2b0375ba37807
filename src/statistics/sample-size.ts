import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";
import { seedVariance } from "./seed-interval.ts";
import { standardError } from "./significance.ts";
import { studentTQuantile } from "./student-t.ts";

export interface RowsNeededRequest {
  /** How far the true change lies on the passing side of the limit, in the metric's units: of no-worse-than 0.01 and no true change 0.01. */
  distance: number;
  /** Standard deviation over rows, or groups, of the paired difference of influences. */
  deviation: number;
  /** Share of test sets on which the limit is to be decided. */
  power?: number | undefined;
}

const usualPower = 0.9;
const most = 1e12;

/**
 * The fewest rows, or groups, with which a limit is decided with that power: the smallest n with (t₀.₉₇₅ + t_power)·σ/√n ≤ distance,
 * t with n − 1 degrees of freedom. An approximation: the noncentral t is taken for a shifted t, and metrics' guards may ask for more.
 * @returns undefined where no number of rows decides: the change lies at the limit or on its other side
 */
export function rowsNeeded({ distance, deviation, power = usualPower }: RowsNeededRequest): number | undefined {
  const isEnough = (rows: number) => {
    const t = studentTQuantile(0.975, rows - 1) + studentTQuantile(power, rows - 1);
    return (t * deviation) / Math.sqrt(rows) <= distance;
  };
  if (!(distance > 0) || !(deviation >= 0) || !isEnough(most)) return undefined;
  return smallest(2, most, isEnough);
}

/**
 * σ of the change of a mean of 0/1 scores, such as accuracy: √(p − d²) with the share p of rows on which the models disagree in
 * being right and the true change d (McNemar's table).
 */
export function deviationOfDisagreement(disagreement: number, change = 0): number {
  return Math.sqrt(Math.max(0, disagreement - change * change));
}

/** σ from a pilot: the standard error behind its interval, times the root of its rows or groups. */
export function deviationOfPilot(
  estimated: { interval: Interval; degreesOfFreedom?: number | undefined },
  units: number,
): number {
  return standardError(estimated) * Math.sqrt(units);
}

/** One of two sides that were trained several times. */
export interface TrainedSide {
  trainings: number;
  /** The metric of each training, where it is known. */
  values: readonly number[] | undefined;
}

/** Where the noise of a change comes from: both in the metric's units. */
export interface ChangeErrors {
  /** Standard deviation of the metric from seed to seed. */
  seedDeviation: number;
  /** Standard error of the change over rows, for these trainings. */
  rowError: number;
}

/**
 * Takes the interval of a change over several trainings a side apart: s from the values of the trainings, pooled over the sides
 * that have two or more, and SE² over rows as what s²(1/K₁ + 1/K₂) leaves of the whole.
 * @returns undefined where no side's values are known
 */
export function errorsOfChange(
  estimated: { interval: Interval; degreesOfFreedom?: number | undefined },
  [baseline, candidate]: readonly [TrainedSide, TrainedSide],
): ChangeErrors | undefined {
  const known = [baseline, candidate].flatMap(({ values = [] }) => (values.length > 1 ? [Float64Array.from(values)] : []));
  if (known.length === 0) return undefined;
  const variance = seedVariance(known);
  const ofSeeds = variance * (1 / baseline.trainings + 1 / candidate.trainings);
  return {
    seedDeviation: Math.sqrt(variance),
    rowError: Math.sqrt(Math.max(0, standardError(estimated) ** 2 - ofSeeds)),
  };
}

export interface SeedsNeededRequest {
  /** As of `rowsNeeded`. */
  distance: number;
  /** Standard deviation of the metric from seed to seed. */
  seedDeviation: number;
  /** Standard error over the test rows of the change, paired by row. */
  rowError: number;
  power?: number | undefined;
}

const fewestSeeds = 3;
const mostSeeds = 10_000;

/**
 * The fewest trainings a side with which a limit is decided with that power: the smallest K with
 * (t₀.₉₇₅ + t_power)·√(2s²/K + SE²) ≤ distance, t with Satterthwaite's degrees of freedom, as `seedInterval` has it.
 * @returns undefined where no number of seeds decides: the rows alone leave too much noise, or the change is past the limit
 */
export function seedsNeeded({ distance, seedDeviation, rowError, power = usualPower }: SeedsNeededRequest): number | undefined {
  const isEnough = (seeds: number) => {
    const ofSeeds = (2 * seedDeviation ** 2) / seeds;
    const variance = ofSeeds + rowError ** 2;
    const df = ((2 * seeds - 2) * variance ** 2) / ofSeeds ** 2;
    const quantile = (p: number) => (Number.isFinite(df) ? studentTQuantile(p, df) : normalQuantile(p));
    return (quantile(0.975) + quantile(power)) * Math.sqrt(variance) <= distance;
  };
  if (!(distance > 0) || !isEnough(mostSeeds)) return undefined;
  return smallest(fewestSeeds, mostSeeds, isEnough);
}

/** The smallest whole number from `low` to `high` that is enough, where `high` is. */
function smallest(low: number, high: number, isEnough: (count: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isEnough(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
