import { describe, expect, it } from "vitest";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { metricResultSchema } from "../../src/evidence/evidence.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createLabelled, createNumbered, createTarget } from "./create.ts";
import { comparisonsOf, createScored, labels, request } from "./create-sides.ts";

describe("several trainings a side", () => {
  const side = (seeds: readonly number[], noise = 1) => seeds.map((seed) => createScored(seed, noise));

  it("count by their mean, with every training's value beside it", () => {
    const { candidate, comparisons } = evaluateModels({
      ...request,
      candidate: side([2, 12, 22]),
      baseline: side([3, 13, 23], 1.3),
    });
    for (const result of candidate?.metrics ?? []) {
      metricResultSchema.parse(result);
      expect(result.seeds).toHaveLength(3);
      expect(result.value).toBeCloseTo(
        (result.seeds ?? []).reduce((total, value) => total + value / 3, 0),
        12,
      );
      expect(result.interval).toBeDefined();
    }
    for (const { seedVariance, degreesOfFreedom, interval, change, metric } of comparisons) {
      expect(seedVariance, metric).toBe(true);
      expect(degreesOfFreedom, metric).toBeGreaterThan(3.9);
      expect(interval?.low).toBeLessThan(change ?? 0);
    }
  });

  it("speak of these models alone below three a side", () => {
    for (const [candidate, baseline] of [
      [side([2, 12]), side([3, 13])],
      [side([2, 12, 22]), side([3])],
    ] as const) {
      const found = comparisonsOf({ candidate, baseline });
      for (const { seedVariance, interval } of found.values()) {
        expect(seedVariance).toBeUndefined();
        expect(interval).toBeDefined();
      }
    }
  });

  it("are a change of exactly 0 where all are the same, in whatever order", () => {
    const [a, b, c] = [createScored(2), createScored(12), createScored(22)];
    for (const baseline of [
      [a, b, c],
      [c, a, b],
    ])
      for (const comparison of comparisonsOf({ candidate: [a, b, c], baseline }).values())
        expect(comparison).toMatchObject({ change: 0, interval: { low: 0, high: 0 }, identical: true });
    expect(comparisonsOf({ candidate: [a, a, b], baseline: [a, b, b] }).get("accuracy")?.identical).toBe(false);
    expect(comparisonsOf({ candidate: [a, a], baseline: [a, a, a] }).get("accuracy")?.identical).toBe(true);
  });

  it("withhold the range of a value whose errors have heavy tails, as a single one does", () => {
    const heavy = (seed: number) => {
      const draw = createRandom(seed);
      return createNumbered(labels.map(() => Math.tan(1.5 * (draw.uniform() - 0.5) * 2)));
    };
    const given = { task: "regression" as const, truth: createTarget(labels.map(() => 0)), positive: undefined };
    const { candidate } = evaluateModels({
      ...request,
      ...given,
      metrics: ["r2", "root_mean_squared_error"],
      candidate: [heavy(1), heavy(2)],
      baseline: undefined,
    });
    expect(candidate?.metrics[1]?.noIntervalBecause).toContain("lighter tails");
  });

  it("have no value where one of them has none, and say which", () => {
    const silent = createLabelled(createScored(12).labels);
    const { candidate } = evaluateModels({ ...request, candidate: [createScored(2), silent], metrics: ["roc_auc"] });
    expect(candidate?.metrics[0]).toMatchObject({
      value: null,
      undefinedBecause: "in training 2 the model gives no scores or probabilities",
    });
  });
});
