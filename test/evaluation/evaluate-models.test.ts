import { describe, expect, it } from "vitest";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { metricFor } from "../../src/evaluation/measure-trainings.ts";
import { joinRows } from "../../src/evaluation/rows.ts";
import { metricResultSchema } from "../../src/evidence/evidence.ts";
import type { Predictions } from "../../src/scoring/predictions.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createLabelled, createNumbered, createTarget } from "./create.ts";
import { comparisonsOf, grouped, labels, request, rows, widthOf } from "./create-sides.ts";

describe("evaluating two sides", () => {
  it("keeps to the methods of single models where rows are independent, unweighted and of one training", () => {
    const [theirs, ours] = joinRows({ ...request, weights: undefined }, [
      ...(request.baseline ?? []),
      ...(request.candidate ?? []),
    ]);
    if (!theirs || !ours) throw new Error("Two models.");
    const found = evaluateModels(request);
    for (const [i, name] of request.metrics.entries()) {
      const metric = metricFor(name, "binary");
      if ("undefinedBecause" in metric) throw new Error(metric.undefinedBecause);
      const { method, interval } = { interval: undefined, ...metric.estimateChange(theirs, ours) };
      if ((found.comparisons[i]?.change ?? 0) >= 0) expect(found.comparisons[i], name).toMatchObject({ method, interval });
      expect(found.candidate?.metrics[i], name).toMatchObject({
        interval: { interval: undefined, ...metric.estimate(ours) }.interval,
      });
    }
    expect(found.comparisons[0]).toMatchObject({ method: "Tango" });
    expect(found.comparisons.find(({ metric }) => metric === "roc_auc")?.degreesOfFreedom).toBeGreaterThan(10);
    for (const result of found.candidate?.metrics ?? []) metricResultSchema.parse(result);
  });

  it("is silent about a side that is not there", () => {
    const lone = evaluateModels({ ...request, baseline: undefined });
    expect(lone.baseline).toBeUndefined();
    expect(lone.comparisons).toEqual([]);
    expect(lone.flipped).toBeUndefined();
    expect(lone.candidate?.metrics).toHaveLength(5);
  });

  it("does not let the labels of one side touch the values of the other", () => {
    const strange = createLabelled(labels.map((label, row) => (row === 0 ? "maybe" : label)));
    const { candidate } = evaluateModels({ ...request, positive: undefined, baseline: [strange] });
    expect(candidate?.metrics.find(({ metric }) => metric === "f1")?.value).toBeGreaterThan(0.5);
  });
});

describe("relative changes", () => {
  it("divide by the baseline's size, with an interval a little unlike the change's", () => {
    for (const { metric, change, baseline, interval, relative } of comparisonsOf({}).values()) {
      expect(relative?.change, metric).toBeCloseTo((change ?? 0) / (baseline ?? 1), 12);
      expect(relative?.interval?.low, metric).toBeLessThan(relative?.change ?? 0);
      const width = widthOf(relative) / (widthOf({ interval }) / (baseline ?? 1));
      expect(width, metric).toBeGreaterThan(0.7);
      expect(width, metric).toBeLessThan(1.5);
    }
  });

  it("hold the true ratio in about 95 of 100 tables", () => {
    const draw = createRandom(77);
    const tables = 300;
    let held = 0;
    for (let table = 0; table < tables; table++) {
      const errors = (scale: number) => Array.from({ length: 200 }, () => scale * (draw.uniform() + draw.uniform() - 1));
      const { comparisons } = evaluateModels({
        ...request,
        task: "regression",
        truth: createTarget(new Array(200).fill(7)),
        positive: undefined,
        metrics: ["mean_absolute_error"],
        baseline: [createNumbered(errors(1).map((error) => error + 7))],
        candidate: [createNumbered(errors(0.8).map((error) => error + 7))],
      });
      const interval = comparisons[0]?.relative?.interval;
      if (interval && interval.low <= -0.2 && interval.high >= -0.2) held++;
    }
    expect(held / tables).toBeGreaterThan(0.912);
    expect(held / tables).toBeLessThan(0.988);
  });

  it("are left out where the baseline may as well be 0", () => {
    const target = Array.from({ length: 200 }, (_, row) => (row * 37) % 100);
    const noise = (seed: number) => {
      const draw = createRandom(seed);
      return createNumbered(target.map(() => 50 + 30 * draw.uniform()));
    };
    const given = { task: "regression" as const, truth: createTarget(target), positive: undefined, metrics: ["r2"] };
    const [comparison] = evaluateModels({ ...request, ...given, baseline: [noise(1)], candidate: [noise(2)] }).comparisons;
    expect(comparison?.change).not.toBeNull();
    if (Math.abs(comparison?.baseline ?? 1) < 0.1) expect(comparison?.relative).toBeUndefined();
  });
});

describe("scores a row", () => {
  const draw = createRandom(31);
  const ids = labels.map((_, row) => `row-${row}`);
  const digest = createNumbered([]).digest;
  const scored = (correct: number): Predictions & { kind: "scored" } => ({
    kind: "scored",
    ids,
    digest,
    scores: new Map([
      ["exact_match", Float64Array.from(ids, () => (draw.uniform() < correct ? 1 : 0))],
      ["seconds", Float64Array.from(ids, () => 2 - correct + draw.uniform())],
    ]),
    repeats: undefined,
  });
  const given = {
    ...request,
    task: "scored" as const,
    truth: { kind: "scored" as const, ids },
    positive: undefined,
    metrics: ["exact_match", "seconds"],
    lowerIsBetter: ["seconds"],
    baseline: [scored(0.6)],
    candidate: [scored(0.7)],
  };

  it("are compared by their means, each in its direction, and rows flip by the first", () => {
    const { comparisons, flipped } = evaluateModels(given);
    expect(comparisons.map(({ metric, greaterIsBetter, method }) => [metric, greaterIsBetter, method])).toEqual([
      ["exact_match", true, "Tango"],
      ["seconds", false, "paired t of the mean"],
    ]);
    const [{ change = 0 } = {}] = comparisons;
    expect(((flipped?.better ?? 0) - (flipped?.worse ?? 0)) / rows).toBeCloseTo(change ?? 0, 12);
    const slower = evaluateModels({ ...given, metrics: ["seconds"] });
    expect(slower.flipped?.better).toBeGreaterThan(slower.flipped?.worse ?? 0);
  });

  it("are all looked at where none is named", () => {
    expect(evaluateModels({ ...given, metrics: [] }).candidate?.metrics.map(({ metric }) => metric)).toEqual([
      "exact_match",
      "seconds",
    ]);
  });

  it("that are shares stay between 0 and 1 in groups too", () => {
    const design = grouped(Int32Array.from(ids, (_, row) => row % 61));
    const near = (wrong: number): Predictions => ({
      ...scored(1),
      scores: new Map([["exact_match", Float64Array.from(ids, (_, row) => ((row * 7 + wrong) % 40 === 0 ? 0 : 1))]]),
    });
    const found = evaluateModels({ ...given, design, baseline: [near(1)], candidate: [near(2)], metrics: ["exact_match"] });
    const interval = found.candidate?.metrics[0]?.interval;
    expect(interval?.high).toBeLessThan(1);
    expect(interval?.low).toBeGreaterThan(0.9);
  });
});
