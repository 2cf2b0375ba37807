import { describe, expect, it } from "vitest";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { type Predictions, plainRows } from "../../src/scoring/predictions.ts";
import { effectiveGroups, groupInfluence } from "../../src/statistics/groups.ts";
import { createLabelled, createTruth } from "./create.ts";
import { classes, comparisonsOf, createScored, grouped, labels, request, rows, widthOf } from "./create-sides.ts";

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
