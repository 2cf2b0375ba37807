import type { NumberedRows } from "../../src/evaluation/rows.ts";
import type { Random } from "../../src/statistics/random.ts";
import { createNormal } from "./random-normal.ts";

/** How the errors of both models spread: normal, or jointly Student's t with 3 degrees of freedom (one far row is far in both). */
export type Tails = "normal" | "t3";

export interface RegressionModels {
  rows: number;
  tails: Tails;
  /** Scale of each model's errors. */
  scales: readonly [baseline: number, candidate: number];
}

const shared = 0.7;
const target = { low: 50, high: 150 };

export function drawRegression({ rows, tails, scales }: RegressionModels, random: Random): [NumberedRows, NumberedRows] {
  const normal = createNormal(random);
  const truth = new Float64Array(rows);
  const predicted = [new Float64Array(rows), new Float64Array(rows)] as const;
  for (let row = 0; row < rows; row++) {
    const value = target.low + (target.high - target.low) * random.uniform();
    const common = Math.sqrt(shared) * normal();
    const stretch = tails === "normal" ? 1 : Math.sqrt(3 / (normal() ** 2 + normal() ** 2 + normal() ** 2));
    truth[row] = value;
    for (const side of [0, 1] as const)
      predicted[side][row] = value + scales[side] * stretch * (common + Math.sqrt(1 - shared) * normal());
  }
  const [baseline, candidate] = predicted;
  const of = (values: Float64Array): NumberedRows => ({
    kind: "regression",
    weights: undefined,
    count: rows,
    truth,
    predicted: values,
  });
  return [of(baseline), of(candidate)];
}

/** True values of a model's metrics. */
export function trueRegression(tails: Tails, scale: number): Record<string, number> {
  const variance = scale * scale * (tails === "normal" ? 1 : 3);
  // E|t₃| = 2√3/π; the third quartile of t₃ by its closed-form distribution function.
  const absolute = scale * (tails === "normal" ? Math.sqrt(2 / Math.PI) : (2 * Math.sqrt(3)) / Math.PI);
  return {
    mean_absolute_error: absolute,
    mean_squared_error: variance,
    root_mean_squared_error: Math.sqrt(variance),
    mean_absolute_percentage_error: (absolute * Math.log(target.high / target.low)) / (target.high - target.low),
    median_absolute_error: scale * (tails === "normal" ? 0.674489750196082 : 0.764892328404345),
    r2: 1 - variance / ((target.high - target.low) ** 2 / 12),
  };
}
