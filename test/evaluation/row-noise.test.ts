import { describe, expect, it } from "vitest";
import { metricFor } from "../../src/evaluation/measure-trainings.ts";
import type { Metric } from "../../src/evaluation/metric.ts";
import { rowNoise, type Trainings } from "../../src/evaluation/row-noise.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import { mean, standardDeviation } from "../../src/statistics/moments.ts";
import { createRandom } from "../../src/statistics/random.ts";

const count = 400;
const random = createRandom(8);
const truth = Float64Array.from({ length: count }, () => random.uniform());
const group = Int32Array.from({ length: count }, (_, row) => row % 80);
const effects = Float64Array.from({ length: 80 }, () => random.uniform());

function draw(weights: Float64Array | undefined): Rows {
  const predicted = truth.map((value, row) => value + random.uniform() + (effects[group[row] ?? 0] ?? 0));
  return { kind: "regression", count, weights, truth, predicted };
}

function absoluteError(): Metric {
  const metric = metricFor("mean_absolute_error", "regression");
  if ("undefinedBecause" in metric) throw new Error(metric.undefinedBecause);
  return metric;
}

/** Standard error by resampling rows, or whole groups, with their weights (Efron 1979). */
function resampledError(metric: Metric, sides: readonly Trainings[], of: Int32Array | undefined, shares: readonly number[]) {
  const units = of ? 80 : count;
  const drawn = Float64Array.from({ length: 1_500 }, () => {
    const times = new Float64Array(units);
    for (let i = 0; i < units; i++) {
      const unit = random.below(units);
      times[unit] = (times[unit] ?? 0) + 1;
    }
    const metricOf = (rows: Rows) => {
      const weights = Float64Array.from(
        { length: count },
        (_, row) => (times[of?.[row] ?? row] ?? 0) * (rows.weights?.[row] ?? 1),
      );
      const measured = metric.measure({ ...rows, weights });
      return "value" in measured ? measured.value : Number.NaN;
    };
    return sides.reduce((sum, trainings, side) => sum + (shares[side] ?? 0) * mean(Float64Array.from(trainings, metricOf)), 0);
  });
  return standardDeviation(drawn);
}

describe("noise over rows", () => {
  const weights = Float64Array.from({ length: count }, () => 0.2 + random.uniform());
  const designs = [
    { name: "rows", weights: undefined, groups: undefined },
    { name: "weighted rows", weights, groups: undefined },
    { name: "groups", weights: undefined, groups: { of: group, count: 80 } },
    { name: "groups of weighted rows", weights, groups: { of: group, count: 80 } },
  ];
  for (const design of designs)
    it(`of ${design.name} is the same by influence as by resampling, of two trainings a side too`, () => {
      const one = [[draw(design.weights)], [draw(design.weights)]];
      const two = one.map(([first]) => [...(first ? [first] : []), draw(design.weights)]);
      for (const sides of [one, two]) {
        const noise = rowNoise(absoluteError(), sides, design.groups);
        for (const shares of [
          [-1, 1],
          [0, 1],
          [-0.5, 2],
        ]) {
          const slow = resampledError(absoluteError(), sides, design.groups?.of, shares);
          expect((noise?.of(shares).error ?? 0) / slow).toBeGreaterThan(0.92);
          expect((noise?.of(shares).error ?? 0) / slow).toBeLessThan(1.08);
        }
      }
    });

  it("is not known of a metric without influence", () => {
    const { influence: _, ...without } = absoluteError();
    expect(rowNoise(without as Metric, [[draw(undefined)]], undefined)).toBeUndefined();
  });
});
