import { describe, expect, it } from "vitest";
import { metricFor } from "../../src/evaluation/measure-trainings.ts";
import type { Metric } from "../../src/evaluation/metric.ts";
import { rowNoise } from "../../src/evaluation/row-noise.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
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

describe("noise over rows", () => {
  const weights = Float64Array.from({ length: count }, () => 0.2 + random.uniform());
  const { influence: _, ...without } = absoluteError();
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
        const [byInfluence, resampled] = [absoluteError(), without].map((metric) => rowNoise(metric, sides, design.groups));
        for (const shares of [
          [-1, 1],
          [0, 1],
          [-0.5, 2],
        ]) {
          const [fast, slow] = [byInfluence?.of(shares), resampled?.of(shares)];
          expect((fast?.error ?? 0) / (slow?.error ?? 0)).toBeGreaterThan(0.93);
          expect((fast?.error ?? 0) / (slow?.error ?? 0)).toBeLessThan(1.07);
          const width = (slow?.resampled?.high ?? 0) - (slow?.resampled?.low ?? 0);
          expect(width / (slow?.error ?? 0) / 2).toBeCloseTo(1.96, 0);
        }
      }
    });

  it("is not known where resamples leave the metric undefined", () => {
    const metric: Metric = { ...without, measure: () => ({ undefinedBecause: "it never is" }) };
    expect(rowNoise(metric, [[draw(undefined)]], undefined).of([1])).toBeUndefined();
  });
});
