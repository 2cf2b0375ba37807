import { symmetric, type TInterval } from "./interval.ts";
import { mean } from "./moments.ts";
import { z95 } from "./normal.ts";
import { studentTQuantile } from "./student-t.ts";

export interface SeedIntervalRequest {
  /** The metric of each trained model on the same test rows, one a seed; three or more a side. */
  baseline: Float64Array;
  candidate: Float64Array;
  /** Standard error over the test rows of the difference of the two sides' mean metrics, paired by row. */
  rowError: number;
  /** Of `rowError`; undefined: it is known well. */
  rowDegreesOfFreedom?: number | undefined;
}

/** Fewer seeds a side say next to nothing about their variance. */
export const leastSeeds = 3;

/**
 * 95% interval of the change that another training with other seeds would show too: d ± t·√(s²/K₁ + s²/K₂ + SE²), with the
 * pooled variance s² between seeds and the paired error SE over rows. t has Satterthwaite's degrees of freedom (1946): those of
 * the seeds, K₁ + K₂ − 2, as far as the seeds make up the variance, and the more the rows do.
 * @returns undefined below three seeds a side
 */
export function seedInterval({ baseline, candidate, ...rows }: SeedIntervalRequest): TInterval | undefined {
  if (Math.min(baseline.length, candidate.length) < leastSeeds) return undefined;
  const variance = seedVariance([baseline, candidate]) * (1 / baseline.length + 1 / candidate.length);
  return combine(mean(candidate) - mean(baseline), variance, baseline.length + candidate.length - 2, rows);
}

/** As `seedInterval` for the mean of one side's seeds. */
export function seedMeanInterval(
  values: Float64Array,
  rows: Pick<SeedIntervalRequest, "rowError" | "rowDegreesOfFreedom">,
): TInterval | undefined {
  if (values.length < leastSeeds) return undefined;
  return combine(mean(values), seedVariance([values]) / values.length, values.length - 1, rows);
}

/** Variance between the seeds of a side, pooled over the sides. */
export function seedVariance(sides: readonly Float64Array[]): number {
  const squares = sides.reduce((total, values) => total + squaresAroundMean(values), 0);
  return squares / sides.reduce((df, { length }) => df + length - 1, 0);
}

function combine(
  estimate: number,
  ofSeeds: number,
  seedsDf: number,
  { rowError, rowDegreesOfFreedom = Number.POSITIVE_INFINITY }: Pick<SeedIntervalRequest, "rowError" | "rowDegreesOfFreedom">,
): TInterval {
  const ofRows = rowError * rowError;
  const variance = ofSeeds + ofRows;
  const df = variance ** 2 / (ofSeeds ** 2 / seedsDf + ofRows ** 2 / rowDegreesOfFreedom);
  if (!Number.isFinite(df)) return { interval: symmetric(estimate, z95 * Math.sqrt(variance)), degreesOfFreedom: undefined };
  return { interval: symmetric(estimate, studentTQuantile(0.975, df) * Math.sqrt(variance)), degreesOfFreedom: df };
}

function squaresAroundMean(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((total, value) => total + (value - centre) ** 2, 0);
}
