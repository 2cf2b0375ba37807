import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparisonSchema } from "../../src/evidence/evidence.ts";
import type { Predictions } from "../../src/scoring/predictions.ts";
import { createRandom } from "../../src/statistics/random.ts";
import {
  compareModels,
  createLabelled,
  createNumbered,
  createTarget,
  createTruth,
  evaluateModel,
  metricTexts,
} from "./create.ts";

const classes = ["0", "1"];

/** A noisy model of a binary truth, deterministic by seed. */
function createScored(truth: readonly string[], seed: number, noise = 1): Predictions & { kind: "classification" } {
  const random = createRandom(seed);
  const scores = Float64Array.from(truth, (label) => {
    const logit = (label === "1" ? 1 : -1) + noise * (random.uniform() + random.uniform() - 1) * 3;
    return 1 / (1 + Math.exp(-logit));
  });
  const labels = Array.from(scores, (score) => (score > 0.5 ? "1" : "0"));
  return createLabelled(labels, { classes, probabilities: [scores.map((score) => 1 - score), scores] });
}

function createLabels(rows: number, seed: number, rate = 0.4): string[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, () => (random.uniform() < rate ? "1" : "0"));
}

const labels = createLabels(400, 1);
const request = {
  task: "binary" as const,
  truth: createTruth(labels),
  baseline: createScored(labels, 2, 1.2),
  candidate: createScored(labels, 3),
  positive: "1",
  metrics: metricTexts("binary", 200),
};

describe("comparing two models on the same rows", () => {
  it("gives every binary metric a change with an interval around it", () => {
    const { comparisons, flipped } = compareModels(request);
    for (const comparison of comparisons) {
      comparisonSchema.parse(comparison);
      const { metric, change, interval, baseline, candidate } = comparison;
      expect(change, metric).toBe((candidate ?? 0) - (baseline ?? 0));
      expect(interval?.low, metric).toBeLessThan(change ?? 0);
      expect(interval?.high, metric).toBeGreaterThan(change ?? 0);
    }
    const accuracy = comparisons.find(({ metric }) => metric === "accuracy");
    expect(((flipped?.better ?? 0) - (flipped?.worse ?? 0)) / 400).toBeCloseTo(accuracy?.change ?? 0, 12);
    expect(methodsOf(comparisons)).toMatchObject({
      accuracy: "Tango",
      roc_auc: "DeLong",
      f1: "delta method",
      balanced_accuracy: "Tango, mean of classes",
      recall: "Tango",
      matthews_corrcoef: "percentile bootstrap",
      average_precision: "percentile bootstrap",
    });
  });

  it("negates the change and mirrors the interval when the models change places", () => {
    const forth = compareModels(request).comparisons;
    const back = compareModels({ ...request, baseline: request.candidate, candidate: request.baseline }).comparisons;
    for (const [i, { metric, change, interval }] of forth.entries()) {
      expect(back[i]?.change, metric).toBeCloseTo(-(change ?? 0), 12);
      expect(back[i]?.interval?.low, metric).toBeCloseTo(-(interval?.high ?? Number.NaN), 10);
      expect(back[i]?.interval?.high, metric).toBeCloseTo(-(interval?.low ?? Number.NaN), 10);
    }
  });

  it("says that identical predictions are a change of exactly 0, however few rows there are", () => {
    for (const rows of [4, 400]) {
      const few = [...labels.slice(0, rows - 2), "0", "1"];
      const model = createScored(few, 5);
      for (const comparison of compareModels({ ...request, truth: createTruth(few), baseline: model, candidate: model })
        .comparisons) {
        if (comparison.baseline === null) continue;
        expect(comparison).toMatchObject({ change: 0, interval: { low: 0, high: 0 }, identical: true });
      }
    }
  });

  it("reads only what the metric reads: other scores with the same labels change the AUC, not the accuracy", () => {
    const scores = request.baseline.probabilities.map((column, side) =>
      column.map((score) => (score + (side === 1 ? 1 : 0)) / 2),
    );
    const candidate = {
      ...request.baseline,
      probabilities: [scores[0]?.toReversed() ?? new Float64Array(), scores[1]?.toReversed() ?? new Float64Array()],
    };
    const { comparisons } = compareModels({ ...request, candidate, metrics: ["accuracy", "roc_auc"] });
    expect(comparisons.map(({ identical }) => identical)).toEqual([true, false]);
  });

  it("knows that a ranking is the same after a monotone transform of the scores", () => {
    const [, score = new Float64Array()] = request.candidate.probabilities;
    const moved = { ...request.candidate, classes: ["1"], probabilities: [score.map((value) => value ** 3)] };
    const { comparisons } = compareModels({ ...request, baseline: request.candidate, candidate: moved, metrics: ["roc_auc"] });
    expect(comparisons[0]).toMatchObject({ change: 0, interval: { low: 0, high: 0 }, identical: true });
  });

  it("does not depend on the order of the rows", () => {
    const analytic = ["accuracy", "f1", "roc_auc", "log_loss", "balanced_accuracy"];
    const { comparisons } = compareModels({ ...request, metrics: analytic });
    const turn = ({ probabilities, labels: texts, ...rest }: typeof request.baseline) => ({
      ...rest,
      labels: texts.toReversed(),
      probabilities: probabilities.map((column) => column.toReversed()),
    });
    const reversed = compareModels({
      ...request,
      truth: createTruth(labels.toReversed()),
      baseline: turn(request.baseline),
      candidate: turn(request.candidate),
      metrics: analytic,
    }).comparisons;
    for (const [i, { change, interval }] of comparisons.entries()) {
      expect(reversed[i]?.change).toBeCloseTo(change ?? Number.NaN, 12);
      expect(reversed[i]?.interval?.low).toBeCloseTo(interval?.low ?? Number.NaN, 10);
    }
  });

  it("compares three classes and numbers too", () => {
    const random = createRandom(9);
    const truth = Array.from({ length: 300 }, () => "abc"[random.below(3)] ?? "a");
    const create = (): Predictions => {
      const columns = [0, 1, 2].map(() => new Float64Array(300));
      const picked = truth.map((label, row) => {
        const weights = [0, 1, 2].map((k) => random.uniform() + (label === "abc"[k] ? 0.7 : 0));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const [k, column] of columns.entries()) column[row] = (weights[k] ?? 0) / total;
        return "abc"[weights.indexOf(Math.max(...weights))] ?? "a";
      });
      return createLabelled(picked, { classes: ["a", "b", "c"], probabilities: columns });
    };
    const three = { task: "multiclass" as const, truth: createTruth(truth), baseline: create(), candidate: create() };
    const target = Array.from({ length: 200 }, () => random.uniform() * 10);
    const guess = () => createNumbered(target.map((value) => value + random.uniform() - 0.4));
    const numbers = { task: "regression" as const, truth: createTarget(target), baseline: guess(), candidate: guess() };
    for (const each of [three, numbers]) {
      const { comparisons } = compareModels({ ...each, positive: undefined, metrics: metricTexts(each.task, 100) });
      for (const comparison of comparisons) {
        comparisonSchema.parse(comparison);
        if (comparison.metric === "max_error") continue;
        expect(comparison.interval?.low, JSON.stringify(comparison)).toBeLessThan(comparison.change ?? 0);
        expect(comparison.interval?.high, comparison.metric).toBeGreaterThan(comparison.change ?? 0);
      }
    }
  });
});

describe("guards", () => {
  const because = (metric: string, given: Partial<typeof request>) =>
    compareModels({ ...request, ...given, metrics: [metric] }).comparisons[0]?.noIntervalBecause;

  it("names the events that are missing", () => {
    const rare = createLabels(400, 6, 0.02);
    const given = { truth: createTruth(rare), baseline: createScored(rare, 7, 1.5), candidate: createScored(rare, 8, 1.5) };
    expect(because("f1", given)).toMatch(/^needs 10 true positives on each side, has \d$/);
    expect(because("roc_auc", given)).toMatch(/^needs 30 rows of each class, has \d+ of "1"$/);
    expect(because("average_precision", given)).toMatch(/^needs 30 rows of each class/);
    expect(because("f1_macro", given)).toMatch(/^needs 10 true positives of class "1" on each side, has \d$/);
    expect(because("accuracy", given)).toBeUndefined();
  });

  it("wants ten rows on which the models differ", () => {
    const near = {
      ...request.baseline,
      labels: request.baseline.labels.map((label, row) => (row === 3 ? (label === "1" ? "0" : "1") : label)),
    };
    expect(because("f1", { candidate: near })).toBe("needs 10 rows that the models label differently, has 1");
    expect(because("matthews_corrcoef", { candidate: near })).toMatch(
      /^needs 10 rows that the models label differently.*, has [01]/,
    );
    expect(because("balanced_accuracy", { candidate: near })).toBeUndefined();
    expect(because("accuracy", { candidate: near })).toBeUndefined();
  });
});

describe("percentages", () => {
  it("have no interval where the target comes near 0", () => {
    const measure = (target: number[]) =>
      evaluateModel({
        task: "regression",
        truth: createTarget(target),
        predictions: createNumbered(target.map((value, row) => value + (row % 3))),
        positive: undefined,
        metrics: ["mean_absolute_percentage_error"],
      }).metrics[0];
    expect(measure(Array.from({ length: 50 }, (_, row) => row - 25))?.noIntervalBecause).toContain("away from 0");
    expect(measure(Array.from({ length: 50 }, (_, row) => row + 25))?.interval).toBeDefined();
  });
});

describe("undefined metrics", () => {
  const undefinedBecause = (metric: string, given: object) =>
    evaluateModel({
      task: "binary",
      truth: request.truth,
      predictions: request.candidate,
      positive: "1",
      metrics: [metric],
      ...given,
    }).metrics[0]?.undefinedBecause;

  it("says why, and never 0", () => {
    const none = createLabelled(request.candidate.labels);
    const holes = createLabelled(request.candidate.labels, {
      classes: ["1"],
      probabilities: [new Float64Array(400).fill(Number.NaN, 0, 2).fill(0.5, 2)],
    });
    const logits = createLabelled(request.candidate.labels, { classes: ["1"], probabilities: [new Float64Array(400).fill(3)] });
    expect(undefinedBecause("roc_auc", { predictions: none })).toBe("the model gives no scores or probabilities");
    expect(undefinedBecause("roc_auc", { predictions: holes })).toBe("the score of 2 rows is not a finite number");
    expect(undefinedBecause("log_loss", { predictions: logits })).toContain("outside 0 to 1");
    expect(undefinedBecause("roc_auc", { truth: createTruth(labels.map(() => "0")) })).toBe(
      'every row of the test set is of class "0"',
    );
    expect(undefinedBecause("recall", { truth: createTruth(labels.map(() => "0")) })).toBe(
      'no row of the test set is of class "1"',
    );
    expect(undefinedBecause("precision", { predictions: createLabelled(labels.map(() => "0")) })).toBe(
      'class "1" is never predicted',
    );
    expect(
      undefinedBecause("f1", { predictions: createLabelled(labels.map((label, row) => (row ? label : "maybe"))) }),
    ).toContain("3 labels");
    expect(undefinedBecause("r2", {})).toBe("it is no metric of binary tasks");
    expect(undefinedBecause("acuracy", {})).toBe("Assay has no metric of this name");
  });

  it("asks which label is positive where the labels do not tell", () => {
    const named = (texts: readonly string[]) => texts.map((label) => (label === "1" ? "fraud" : "fine"));
    const given = {
      truth: createTruth(named(labels)),
      predictions: createLabelled(named(request.candidate.labels)),
      positive: undefined,
    };
    expect(undefinedBecause("f1", given)).toContain("declare evaluate.positive");
    expect(undefinedBecause("accuracy", given)).toBeUndefined();
    expect(undefinedBecause("f1", { positive: undefined })).toBeUndefined();
  });

  it("leaves a change undefined where a prediction is not a number, the same or not", () => {
    const target = createTarget([1, 2, 3]);
    const broken = createNumbered([1, Number.NaN, 3]);
    const { comparisons } = compareModels({
      task: "regression",
      truth: target,
      baseline: broken,
      candidate: broken,
      positive: undefined,
      metrics: ["r2"],
    });
    expect(comparisons[0]).toMatchObject({
      change: null,
      candidate: null,
      noIntervalBecause: "undefined for the candidate: the prediction of 1 row is not a finite number",
    });
  });

  it("refuses predictions of other rows", () => {
    const short = createLabelled(["1"]);
    expect(() => evaluateModel({ ...request, predictions: short })).toThrow(
      "The test set has 400 rows and the predictions have 1",
    );
    const other = { ...request.candidate, ids: request.candidate.ids.with(2, "stranger") };
    expect(() => evaluateModel({ ...request, predictions: other })).toThrow(
      'Row 3 of the test set has id "row-2", of the predictions "stranger"',
    );
  });
});

describe("pictures", () => {
  it("keeps curves short, rising and whole", () => {
    const many = createLabels(5_000, 4);
    const { pictures } = evaluateModel({ ...request, truth: createTruth(many), predictions: createScored(many, 3) });
    const [roc] = pictures.roc ?? [];
    expect(roc?.points.length).toBeLessThanOrEqual(200);
    expect(roc?.points.length).toBeGreaterThan(100);
    expect([roc?.points[0], roc?.points.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(pictures.precisionRecall?.[0]?.points.at(-1)?.[0]).toBe(1);
    expect(pictures.confusion?.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(5_000);
  });

  it("counts every residual once", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 100 }), (values) => {
        const target = createTarget(values.map(() => 0));
        const { pictures } = evaluateModel({
          task: "regression",
          truth: target,
          predictions: createNumbered(values),
          positive: undefined,
          metrics: [],
        });
        expect(pictures.residuals?.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(pictures.residuals?.edges.length).toBe((pictures.residuals?.counts.length ?? 0) + 1);
      }),
    );
  });
});

function methodsOf(comparisons: readonly { metric: string; method: string }[]): Record<string, string> {
  return Object.fromEntries(comparisons.map(({ metric, method }) => [metric, method]));
}
