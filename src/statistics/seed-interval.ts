import { type Interval, symmetric } from "./interval.ts";
import { mean } from "./moments.ts";
import { studentTQuantile } from "./student-t.ts";

export interface SeedIntervalRequest {
  /** The metric of each trained model on the same test rows, one a seed; three or more a side. */
  baseline: Float64Array;
  candidate: Float64Array;
  /** Standard error over the test rows of the difference of the two sides' mean metrics, paired by row. */
  rowError: number;
}

/** Fewer seeds a side say next to nothing about their variance. */
const leastSeeds = 3;

/**
 * 95% interval of the change that another training with other seeds would show too: d ± t·√(s²/K₁ + s²/K₂ + SE²), with the
 * pooled variance s² between seeds and the paired error SE over rows. t has Satterthwaite's degrees of freedom (1946): those of
 * the seeds, K₁ + K₂ − 2, as far as the seeds make up the variance, and the more the rows do.
 * @returns undefined below three seeds a side
 */
export function seedInterval({ baseline, candidate, rowError }: SeedIntervalRequest): Interval | undefined {
  if (Math.min(baseline.length, candidate.length) < leastSeeds) return undefined;
  const seedsDf = baseline.length + candidate.length - 2;
  const pooled = (squaresAroundMean(baseline) + squaresAroundMean(candidate)) / seedsDf;
  const ofSeeds = pooled * (1 / baseline.length + 1 / candidate.length);
  const variance = ofSeeds + rowError * rowError;
  const change = mean(candidate) - mean(baseline);
  if (variance === 0) return symmetric(change, 0);
  return symmetric(change, studentTQuantile(0.975, (seedsDf * variance ** 2) / ofSeeds ** 2) * Math.sqrt(variance));
}

function squaresAroundMean(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((total, value) => total + (value - centre) ** 2, 0);
}
