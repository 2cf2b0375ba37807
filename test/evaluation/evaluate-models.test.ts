import { describe, expect, it } from "vitest";
import { type EvaluateModelsRequest, evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { metricFor } from "../../src/evaluation/measure-trainings.ts";
import { joinRows } from "../../src/evaluation/rows.ts";
import { comparisonSchema, flippedSchema, metricResultSchema, sliceSchema } from "../../src/evidence/evidence.ts";
import { type Predictions, plainRows, type RowDesign } from "../../src/scoring/predictions.ts";
import { effectiveGroups, groupInfluence } from "../../src/statistics/groups.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createLabelled, createNumbered, createTarget, createTruth } from "./create.ts";

const rows = 600;
const classes = ["0", "1"];
const random = createRandom(5);
const labels = Array.from({ length: rows }, () => (random.uniform() < 0.4 ? "1" : "0"));

function createScored(seed: number, noise = 1, truth: readonly string[] = labels): Predictions & { kind: "classification" } {
  const draw = createRandom(seed);
  const scores = Float64Array.from(truth, (label) => {
    const logit = (label === "1" ? 1 : -1) + noise * (draw.uniform() + draw.uniform() - 1) * 3;
    return 1 / (1 + Math.exp(-logit));
  });
  const predicted = Array.from(scores, (score) => (score > 0.5 ? "1" : "0"));
  return createLabelled(predicted, { classes, probabilities: [scores.map((score) => 1 - score), scores] });
}

const request: EvaluateModelsRequest = {
  task: "binary",
  truth: createTruth(labels),
  design: plainRows,
  positive: "1",
  metrics: ["accuracy", "f1", "roc_auc", "balanced_accuracy", "log_loss"],
  lowerIsBetter: [],
  candidate: [createScored(2)],
  baseline: [createScored(3, 1.3)],
};

function comparisonsOf(given: Partial<EvaluateModelsRequest>) {
  const { comparisons } = evaluateModels({ ...request, ...given });
  for (const comparison of comparisons) comparisonSchema.parse(comparison);
  return new Map(comparisons.map((comparison) => [comparison.metric, comparison]));
}

function widthOf(comparison: { interval?: { low: number; high: number } | undefined } | undefined): number {
  return (comparison?.interval?.high ?? Number.NaN) - (comparison?.interval?.low ?? Number.NaN);
}

function grouped(of: Int32Array): RowDesign {
  return { ...plainRows, group: { column: "user", of, groups: Math.max(...of) + 1 } };
}

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

describe("rows in groups", () => {
  it("are as good as fewer rows: each row twice is no more than once", () => {
    const twice = <T>(values: readonly T[]) => [...values, ...values];
    const double = ({ labels: texts, probabilities }: Predictions & { kind: "classification" }) =>
      createLabelled(twice(texts), { classes, probabilities: probabilities.map((own) => Float64Array.from(twice([...own]))) });
    const [theirs, ours] = [createScored(3, 1.3), createScored(2)];
    const given = { truth: createTruth(twice(labels)), baseline: [double(theirs)], candidate: [double(ours)] };
    const of = Int32Array.from({ length: 2 * rows }, (_, row) => row % rows);
    const [once, copied, naive] = [comparisonsOf({}), comparisonsOf({ ...given, design: grouped(of) }), comparisonsOf(given)];
    for (const metric of request.metrics) {
      expect(copied.get(metric)?.change, metric).toBeCloseTo(once.get(metric)?.change ?? Number.NaN, 12);
      expect(widthOf(copied.get(metric)) / widthOf(once.get(metric)), metric).toBeCloseTo(1, 1);
      expect(widthOf(naive.get(metric)) / widthOf(once.get(metric)), metric).toBeLessThan(0.8);
    }
    expect(copied.get("accuracy")?.method).toBe("delta method over groups");
  });

  it("want thirty groups, and ten in which the models differ", () => {
    const few = comparisonsOf({ design: grouped(Int32Array.from(labels, (_, row) => row % 12)) });
    for (const { noIntervalBecause } of few.values()) expect(noIntervalBecause).toBe("needs 30 groups of rows, has 12");
    const [baseline] = [createScored(3, 1.3)];
    const near = {
      ...baseline,
      labels: baseline.labels.map((label, row) => (row % 300 === 0 ? (label === "1" ? "0" : "1") : label)),
    };
    const design = grouped(Int32Array.from(labels, (_, row) => row % 100));
    const found = comparisonsOf({ baseline: [baseline], candidate: [near], design, metrics: ["accuracy"] });
    expect(found.get("accuracy")?.noIntervalBecause).toBe("needs 10 groups that the models label differently, has 1");
  });

  it("are said in the evidence", () => {
    const design = grouped(Int32Array.from(labels, (_, row) => row % 50));
    expect(evaluateModels({ ...request, design }).group).toEqual({ column: "user", groups: 50 });
  });

  it("of one row each leave the rows' influence as it is", () => {
    const influence = Float64Array.of(3, 1, 2);
    const alone = groupInfluence(influence, { of: Int32Array.of(2, 0, 1), count: 3 });
    expect([...alone]).toEqual([-1, 0, 1]);
  });

  it("count for less than they are where a few are much larger than the rest", () => {
    const groups = { of: Int32Array.from({ length: 100 }, (_, row) => Math.max(0, row - 90)), count: 10 };
    expect(effectiveGroups(100, groups, undefined)).toBeCloseTo(100 ** 2 / (91 ** 2 + 9), 12);
    expect(effectiveGroups(100, undefined, undefined)).toBe(100);
    expect(effectiveGroups(2, undefined, Float64Array.of(3, 1))).toBeCloseTo(1.6, 12);
  });
});

describe("weights", () => {
  it.each([1e-300, 1e300])("count by their shares, also as huge or tiny as %s", (scale) => {
    const weights = Float64Array.from(labels, (_, row) => 1 + (row % 3));
    const usual = comparisonsOf({ design: { ...plainRows, weights } });
    const scaled = comparisonsOf({ design: { ...plainRows, weights: weights.map((weight) => weight * scale) } });
    for (const [metric, { candidate, interval }] of usual) {
      expect(scaled.get(metric)?.candidate).toBeCloseTo(candidate ?? Number.NaN, 10);
      expect(scaled.get(metric)?.interval?.low).toBeCloseTo(interval?.low ?? Number.NaN, 8);
    }
  });

  it("of which one outweighs all the rest leave no interval, and say why", () => {
    const weights = Float64Array.from(labels, (_, row) => (row === 0 ? 8_000 : 1));
    for (const { interval, noIntervalBecause } of comparisonsOf({ design: { ...plainRows, weights } }).values()) {
      expect(interval).toBeUndefined();
      expect(noIntervalBecause).toMatch(/^needs 30 rows of like weight, has as much as 1\./);
    }
  });

  it("that are all the same change nothing but the method", () => {
    const [plain, weighted] = [
      comparisonsOf({}),
      comparisonsOf({ design: { ...plainRows, weights: new Float64Array(rows).fill(3) } }),
    ];
    for (const metric of request.metrics) {
      expect(weighted.get(metric)?.change, metric).toBeCloseTo(plain.get(metric)?.change ?? Number.NaN, 12);
      expect(widthOf(weighted.get(metric)) / widthOf(plain.get(metric)), metric).toBeCloseTo(1, 1);
    }
  });

  it("of 0 leave rows out", () => {
    const weights = Float64Array.from(labels, (_, row) => (row < 400 ? 1 : 0));
    const weighted = comparisonsOf({ design: { ...plainRows, weights } });
    const cut = (model: Predictions & { kind: "classification" }) =>
      createLabelled(model.labels.slice(0, 400), { classes, probabilities: model.probabilities.map((own) => own.slice(0, 400)) });
    const [theirs, ours] = [cut(createScored(3, 1.3)), cut(createScored(2))];
    const left = comparisonsOf({ truth: createTruth(labels.slice(0, 400)), baseline: [theirs], candidate: [ours] });
    for (const metric of request.metrics) {
      expect(weighted.get(metric)?.change, metric).toBeCloseTo(left.get(metric)?.change ?? Number.NaN, 12);
      expect(widthOf(weighted.get(metric)) / widthOf(left.get(metric)), metric).toBeCloseTo(1, 1);
    }
  });
});

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

describe("slices", () => {
  const of = (test: (row: number) => boolean) => Int32Array.from(labels.keys()).filter(test);
  const design: RowDesign = {
    ...plainRows,
    slices: [
      {
        column: "region",
        minRows: 50,
        values: [
          { value: "north", rows: of((row) => row < 350) },
          { value: "south", rows: of((row) => row >= 350 && row < 580) },
          { value: "", rows: of((row) => row >= 580) },
        ],
      },
      { column: "device", minRows: 10, values: [{ value: "phone", rows: of((row) => row % 2 === 0) }] },
    ],
  };

  it("say of each value what the same rows say alone", () => {
    const { slices = [], slicesMissing, slicesLeftOut } = evaluateModels({ ...request, design });
    for (const slice of slices) sliceSchema.parse(slice);
    expect(slices.map(({ value }) => value)).toEqual(["north", "phone", "south", ""]);
    const south = slices[2];
    const cut = ({ labels: texts, probabilities }: Predictions & { kind: "classification" }) =>
      createLabelled(texts.slice(350, 580), { classes, probabilities: probabilities.map((own) => own.slice(350, 580)) });
    const alone = evaluateModels({
      ...request,
      truth: createTruth(labels.slice(350, 580)),
      baseline: [cut(createScored(3, 1.3))],
      candidate: [cut(createScored(2))],
    });
    expect(south?.metrics).toEqual(alone.candidate?.metrics);
    expect(south?.comparisons).toEqual(alone.comparisons);
    expect(south?.flipped).toEqual({ better: alone.flipped?.better, worse: alone.flipped?.worse });
    expect([slicesMissing, slicesLeftOut]).toEqual([undefined, undefined]);
  });

  it("that are too small are listed and not judged", () => {
    const small = evaluateModels({ ...request, design }).slices?.at(-1);
    expect(small).toEqual({ column: "region", value: "", rows: 20, tooSmall: true, metrics: [], comparisons: [] });
  });

  it("end at 200, and how many more could be judged is data", () => {
    const values = Array.from({ length: 230 }, (_, i) => ({ value: `v${i}`, rows: of((row) => row % 230 === i) }));
    const many = evaluateModels({
      ...request,
      design: { ...plainRows, slices: [{ column: "id", minRows: 2, values }] },
    });
    expect(many.slices).toHaveLength(200);
    expect(many.slicesMissing).toEqual(["id: 30 values with the fewest rows, of 230; 30 values of 2 rows or more among them"]);
    expect(many.slicesLeftOut).toEqual([{ column: "id", values: 30, judgeable: 30 }]);
  });

  it("take their rows' groups and weights along", () => {
    const weights = Float64Array.from(labels, (_, row) => 1 + (row % 3));
    const group = { column: "user", of: Int32Array.from(labels, (_, row) => 299 - Math.floor(row / 2)), groups: 300 };
    const found = evaluateModels({ ...request, design: { ...design, weights, group } }).slices?.[2];
    expect(found?.comparisons[0]?.method).toBe("delta method over groups");
    expect(found?.comparisons[0]?.interval).toBeDefined();
    const zero = Float64Array.from(labels, (_, row) => (row < 350 ? 1 : 0));
    const { slices, slicesMissing } = evaluateModels({ ...request, design: { ...design, weights: zero } });
    expect(slices?.map(({ value }) => value)).toEqual(["north", "phone"]);
    expect(slicesMissing?.[0]).toBe("region: 2 values whose rows all weigh 0");
  });
});

describe("rows that flipped", () => {
  it("are counted both ways, with the first ids of each", () => {
    const truth = createTruth(["1", "1", "0", "0", "1"]);
    const { flipped } = evaluateModels({
      ...request,
      truth,
      baseline: [createLabelled(["1", "0", "0", "1", "0"])],
      candidate: [createLabelled(["0", "1", "0", "0", "0"])],
      metrics: ["accuracy"],
    });
    expect(flippedSchema.parse(flipped)).toEqual({
      better: 2,
      worse: 1,
      betterIds: ["row-1", "row-3"],
      worseIds: ["row-0"],
    });
  });

  it("name at most twenty ids", () => {
    const wrong = createLabelled(labels.map((label) => (label === "1" ? "0" : "1")));
    const { flipped } = evaluateModels({
      ...request,
      candidate: [wrong],
      baseline: [createLabelled(labels)],
      metrics: ["accuracy"],
    });
    expect(flipped).toMatchObject({ better: 0, worse: rows });
    expect(flipped?.worseIds).toHaveLength(20);
  });

  it("are none of numbers", () => {
    const given = { task: "regression" as const, truth: createTarget([1, 2, 3]), positive: undefined, metrics: [] };
    const found = evaluateModels({
      ...request,
      ...given,
      baseline: [createNumbered([1, 2, 3])],
      candidate: [createNumbered([3, 2, 1])],
    });
    expect(found.flipped).toBeUndefined();
  });

  it("of many labels a row ask for all of them", () => {
    const flags = (...rowsOf: number[][]) => [0, 1].map((label) => Uint8Array.from(rowsOf, (own) => own[label] ?? 0));
    const ids = ["x", "y", "z"];
    const make = (indicators: Uint8Array[]): Predictions => ({
      kind: "multilabel",
      ids,
      digest: createNumbered([]).digest,
      classes: ["a", "b"],
      indicators,
      probabilities: [],
    });
    const { flipped } = evaluateModels({
      ...request,
      task: "multilabel",
      truth: { kind: "multilabel", ids, classes: ["a", "b"], indicators: flags([1, 0], [0, 1], [1, 1]) },
      positive: undefined,
      metrics: [],
      baseline: [make(flags([1, 1], [0, 1], [0, 0]))],
      candidate: [make(flags([1, 0], [1, 1], [1, 0]))],
    });
    expect(flipped).toEqual({ better: 1, worse: 1, betterIds: ["x"], worseIds: ["y"] });
  });
});

describe("what an interval needs", () => {
  const truth = labels.map((_, row) => (row < 40 ? "1" : "0"));
  const alarms = (from: number) => truth.map((label, row) => (label === "1" || (row >= from && row < from + 60) ? "1" : "0"));
  const both = {
    truth: createTruth(truth),
    positive: "1",
    baseline: [createLabelled(alarms(100))],
    candidate: [createLabelled(alarms(130))],
  };

  it("is counted among the rows that the metric reads: rows of the other class tell nothing of recall", () => {
    const plain = comparisonsOf({ ...both, metrics: ["recall"] }).get("recall");
    expect(plain).toMatchObject({ change: 0, identical: false, method: "Tango" });
    expect(plain?.interval?.low).toBeLessThan(-0.05);
    const weights = new Float64Array(rows).fill(2);
    const weighted = comparisonsOf({ ...both, metrics: ["recall"], design: { ...plainRows, weights } }).get("recall");
    expect(weighted?.noIntervalBecause).toBe("needs 10 rows that the models label differently, has 0");
  });

  it("is counted in groups, which hold some of each kind of events", () => {
    // Twenty rows a group: the forty positive ones are in two.
    const design = grouped(Int32Array.from(labels, (_, row) => Math.floor(row / 20)));
    const found = comparisonsOf({ ...both, design, metrics: ["recall", "f1"] });
    for (const { noIntervalBecause } of found.values())
      expect(noIntervalBecause).toBe("needs 10 groups with true positives on each side, has 2");
  });

  it("does not count rows of weight 0, which are no rows", () => {
    const weights = Float64Array.from(truth, (label, row) => (label === "1" && row >= 8 ? 0 : 1));
    const found = evaluateModels({ ...request, ...both, design: { ...plainRows, weights }, metrics: ["f1"] });
    expect(found.comparisons[0]).toMatchObject({
      rows: rows - 32,
      noIntervalBecause: "needs 10 true positives on each side, has 8",
    });
    expect(found.candidate?.metrics[0]?.noIntervalBecause).toBe("needs 10 true positives, has 8");
  });

  it("is the mean over a side's trainings, so that one odd seed does not meet it for all", () => {
    const none = truth.map(() => "0");
    const candidate = [createLabelled(alarms(130)), createLabelled(none.with(0, "1")), createLabelled(none.with(1, "1"))];
    const found = comparisonsOf({ ...both, candidate, baseline: [...both.baseline, ...both.baseline], metrics: ["f1"] });
    expect(found.get("f1")?.noIntervalBecause).toBeUndefined();
    const odd = [createLabelled(none.with(0, "1")), createLabelled(none.with(1, "1")), ...candidate.slice(1)];
    const fewer = comparisonsOf({ ...both, candidate: odd, metrics: ["f1"] });
    expect(fewer.get("f1")?.noIntervalBecause).toBe("needs 10 true positives on each side, has 1");
  });

  it("is no variance of seeds where a side's trainings are all equal, which the evidence says", () => {
    const seeds = [both.candidate, both.candidate, both.candidate].flat();
    const given = { ...request, ...both, metrics: ["accuracy"], baseline: [2, 12, 22].map((seed) => createScored(seed)) };
    const found = evaluateModels({ ...given, candidate: seeds });
    expect(found.seedsEqual).toEqual(["candidate"]);
    expect(found.comparisons[0]?.seedVariance).toBeUndefined();
    expect(found.comparisons[0]?.interval).toBeDefined();
  });

  it("is more than a ranking without errors", () => {
    const score = (seed: number) =>
      Float64Array.from(truth, (label, row) => (label === "1" ? 0.9 : 0.1) + 0.05 * Math.sin(row * seed));
    const perfect = [5, 7].map((seed) => createLabelled(truth, { classes: ["1"], probabilities: [score(seed)] }));
    const [theirs, ours] = perfect;
    if (!theirs || !ours) throw new Error("Two models.");
    const given = { ...both, baseline: [theirs], candidate: [ours], metrics: ["roc_auc"] };
    expect(comparisonsOf(given).get("roc_auc")?.interval?.low).toBeLessThan(-0.01);
    const weighted = comparisonsOf({ ...given, design: { ...plainRows, weights: new Float64Array(rows).fill(2) } });
    expect(weighted.get("roc_auc")?.noIntervalBecause).toBe("needs 1 row's worth of ranking errors, has 0");
  });
});
