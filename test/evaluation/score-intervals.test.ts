import { describe, expect, it } from "vitest";
import { compareTrainings } from "../../src/evaluation/compare-trainings.ts";
import { missingForValue } from "../../src/evaluation/guards.ts";
import { measureTrainings } from "../../src/evaluation/measure-trainings.ts";
import type { Estimated, Metric } from "../../src/evaluation/metric.ts";
import { findMetric } from "../../src/evaluation/metrics/index.ts";
import { meanScore } from "../../src/evaluation/metrics/mean-score.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import type { Task } from "../../src/spec/spec.ts";
import { standardDeviation } from "../../src/statistics/moments.ts";
import { normalQuantile, z95 } from "../../src/statistics/normal.ts";
import { createRandom, type Random } from "../../src/statistics/random.ts";

function metricOf(text: string, task: Task): Metric {
  const metric = findMetric(text, task);
  if (metric === undefined) throw new Error(`There is no ${text} of ${task}.`);
  return metric;
}

function binary(truth: ArrayLike<number>, scores: ArrayLike<number>): Rows {
  return {
    kind: "classification",
    task: "binary",
    count: truth.length,
    weights: undefined,
    labels: ["0", "1"],
    truth: Int32Array.from(truth),
    predicted: Int32Array.from(truth),
    positive: 1,
    classes: ["1"],
    probabilities: [Float64Array.from(scores)],
  };
}

function graded(scores: ArrayLike<number>, name = "grade"): Rows {
  return { kind: "scored", count: scores.length, weights: undefined, scores: new Map([[name, Float64Array.from(scores)]]) };
}

function numbered(truth: readonly number[], predicted: readonly number[]): Rows {
  return {
    kind: "regression",
    count: truth.length,
    weights: undefined,
    truth: Float64Array.from(truth),
    predicted: Float64Array.from(predicted),
  };
}

const normal = (random: Random) => normalQuantile((random.uniform() * 2 ** 32 + 0.5) / (2 ** 32 + 1));

/** Two models whose scores are normal and correlated, 1.5 apart between the classes. */
function drawPair(random: Random, rows: number, rate: number): [Rows, Rows] {
  const truth = Array.from({ length: rows }, () => (random.uniform() < rate ? 1 : 0));
  const shared = truth.map((flag) => 1.5 * flag + 0.9 * normal(random));
  const scores = () => shared.map((own) => own + Math.sqrt(1 - 0.81) * normal(random));
  return [binary(truth, scores()), binary(truth, scores())];
}

const noInterval = (estimated: Estimated) => ("noIntervalBecause" in estimated ? estimated.noIntervalBecause : undefined);
const intervalOf = (estimated: Estimated) => ("interval" in estimated ? estimated.interval : undefined);

function share(times: number, holds: (random: Random) => boolean): number {
  const random = createRandom(41);
  let count = 0;
  for (let i = 0; i < times; i++) if (holds(random)) count++;
  return count / times;
}

describe("recall at a false positive rate and precision at k", () => {
  // P(S > c | positive) where P(S > c | negative) is 0.1, and P(positive | S among the highest 20%), of scores 1.5 apart.
  const truths = { "recall_at_fpr=0.1": 0.58643, "precision_at_k=200": 0.59122 };

  for (const [text, truth] of Object.entries(truths)) {
    it(`${text} is covered by its interval, and no change by that of the change`, () => {
      const metric = metricOf(text, "binary");
      const covered = { value: 0, change: 0 };
      const random = createRandom(17);
      for (let i = 0; i < 400; i++) {
        const [baseline, candidate] = drawPair(random, 1_000, 0.2);
        const [value, change] = [metric.estimate(candidate), metric.estimateChange(baseline, candidate)].map(intervalOf);
        if (value && value.low <= truth && truth <= value.high) covered.value++;
        if (change && change.low <= 0 && 0 <= change.high) covered.change++;
      }
      // 93% less two Monte Carlo errors.
      expect(covered.value / 400).toBeGreaterThan(0.905);
      expect(covered.change / 400).toBeGreaterThan(0.905);
    });
  }

  it("name the events that they lack", () => {
    const [few] = drawPair(createRandom(3), 100, 0.3);
    expect(noInterval(metricOf("recall_at_fpr=0.01", "binary").estimate(few))).toMatch(
      /^needs 1000 negative rows, so that 10 may be false alarms, has \d+$/,
    );
    expect(noInterval(metricOf("precision_at_k=12", "binary").estimate(few))).toMatch(
      /^needs 10 (negative|positive) rows among the first 12, has \d+$/,
    );
  });

  it("say that fewer rows than k have no precision at k", () => {
    const measured = metricOf("precision_at_k=5", "binary").measure(binary([0, 1, 1], [0.1, 0.2, 0.3]));
    expect(measured).toEqual({ undefinedBecause: "it needs 5 rows, and there are 3" });
    const metric = metricOf("precision_at_k=1", "binary");
    expect(metric.measure({ ...binary([0, 1], [0.1, 0.2]), weights: Float64Array.of(0.5, 0.25) })).toEqual({
      undefinedBecause: "it needs rows whose weights add up to 1, and they add up to 0.75",
    });
  });

  it("hold for all the weight that there is, however it is rounded", () => {
    const random = createRandom(9);
    const raw = Float64Array.from({ length: 50 }, () => random.uniform());
    const total = raw.reduce((a, b) => a + b, 0);
    for (const k of [49, 50]) {
      const weights = raw.map((weight) => (weight / total) * 50);
      const truth = Array.from(raw, (_, row) => row % 2);
      const scores = Array.from(raw, () => random.uniform());
      const rows = { ...binary(truth, scores), weights };
      const metric = metricOf(`precision_at_k=${k}`, "binary");
      expect(metric.measure(rows)).toEqual({ value: expect.any(Number) });
      expect(metric.influence?.(rows).some(Number.isNaN)).toBe(false);
    }
  });

  it("take the same ranking for the same model, whatever the scores", () => {
    const [rows, other] = drawPair(createRandom(4), 500, 0.3);
    if (rows.kind !== "classification") throw new Error("Drawn as a classification.");
    const squeezed = {
      ...rows,
      probabilities: rows.probabilities.map((scores) => scores.map((score) => 1 / (1 + Math.exp(-score)))),
    };
    const coarse = { ...rows, probabilities: rows.probabilities.map((scores) => scores.map(Math.round)) };
    for (const text of ["recall_at_fpr=0.1", "precision_at_k=100"]) {
      expect(metricOf(text, "binary").isIdentical(rows, squeezed)).toBe(true);
      expect(metricOf(text, "binary").isIdentical(rows, coarse)).toBe(false);
      expect(metricOf(text, "binary").isIdentical(rows, other)).toBe(false);
    }
  });

  it("have no interval of a change that no row carries", () => {
    const [rows] = drawPair(createRandom(5), 1_000, 0.3);
    if (rows.kind !== "classification") throw new Error("Drawn as a classification.");
    // Only the lowest scores change places.
    const turned = {
      ...rows,
      probabilities: rows.probabilities.map((scores) => scores.map((score) => (score < -1 ? 1 / score - 1 : score))),
    };
    for (const text of ["recall_at_fpr=0.05", "precision_at_k=100"])
      expect(noInterval(metricOf(text, "binary").estimateChange(rows, turned))).toBe(
        "needs 10 rows that the models predict differently, has 0",
      );
  });
});

describe("the expected calibration error", () => {
  const metric = metricOf("expected_calibration_error", "binary");
  const draw = (random: Random, rows: number, slope: number) => {
    const logits = Array.from({ length: rows }, () => 1.5 * normal(random) - 0.5);
    const truth = logits.map((logit) => (random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));
    return binary(
      truth,
      logits.map((logit) => 1 / (1 + Math.exp(-slope * logit))),
    );
  };

  it("is covered by its bounds, of a calibrated model too, for which resampling never is", () => {
    // Of a calibrated model the error is 0; of twice the log odds it is that of three million rows.
    for (const [slope, truth] of [
      [1, 0],
      [2, 0.1006],
    ] as const)
      expect(
        share(200, (random) => {
          const interval = intervalOf(metric.estimate(draw(random, 800, slope)));
          return interval !== undefined && interval.low <= truth && truth <= interval.high;
        }),
      ).toBeGreaterThan(0.91);
  });

  it("has no interval from few events or of any but plain rows", () => {
    const rows = draw(createRandom(2), 200, 1);
    expect(noInterval(metric.estimate(binary(Array(50).fill(0), Array(50).fill(0.1))))).toBe("needs 10 positive rows, has 0");
    expect(metric.influence).toBeUndefined();
    const { interval, noIntervalBecause } = measureTrainings(metric.name, metric, [rows, rows], undefined);
    expect(interval).toBeUndefined();
    expect(noIntervalBecause).toMatch(/no interval is known/);
  });
});

describe("the largest error", () => {
  it("has a value and no interval, and says why", () => {
    const metric = metricOf("max_error", "regression");
    const rows = numbered(
      Array(40).fill(1),
      Array.from({ length: 40 }, (_, row) => row),
    );
    expect(metric.measure(rows)).toEqual({ value: 38 });
    expect(noInterval(metric.estimate(rows))).toMatch(/single row/);
    expect(missingForValue(metric, [rows], undefined)).toMatch(/single row/);
  });
});

describe("the influence on the ROC-AUC", () => {
  it("leaves DeLong's standard error", () => {
    const metric = metricOf("roc_auc", "binary");
    const [baseline, candidate] = drawPair(createRandom(8), 4_000, 0.3);
    const [before, after] = [metric.influence?.(baseline), metric.influence?.(candidate)];
    const apart = after?.map((value, row) => value - (before?.[row] ?? 0)) ?? new Float64Array();
    const interval = intervalOf(metric.estimateChange(baseline, candidate));
    const width = ((interval?.high ?? 0) - (interval?.low ?? 0)) / 2;
    expect((z95 * standardDeviation(apart)) / Math.sqrt(4_000) / width).toBeCloseTo(1, 2);
  });
});

describe("the mean of a score", () => {
  const metric = meanScore("grade", true);
  const random = createRandom(6);
  const flags = (rows: number, rate: number) => Array.from({ length: rows }, () => (random.uniform() < rate ? 1 : 0));

  it("of zeros and ones has Wilson's interval, and its change Tango's, from few rows on", () => {
    const [theirs, ours] = [graded(flags(20, 0.5)), graded(flags(20, 0.7))];
    expect(metric.estimate(ours)).toMatchObject({ method: "Wilson" });
    expect(metric.estimateChange(theirs, ours)).toMatchObject({ method: "Tango" });
    expect(missingForValue(metric, [graded([...flags(95, 1), 0, 0, 0])], undefined)).toBe(
      "needs 10 rows with a score of 0, has 3",
    );
  });

  it("of other scores has those of t, with degrees of freedom", () => {
    const grades = (shift: number) => graded(Array.from({ length: 80 }, () => random.uniform() + shift));
    const [theirs, ours] = [grades(0), grades(0.1)];
    expect(metric.estimate(ours)).toMatchObject({ method: "t of the mean", degreesOfFreedom: expect.any(Number) });
    expect(metric.estimateChange(theirs, ours)).toMatchObject({
      method: "paired t of the mean",
      degreesOfFreedom: expect.any(Number),
    });
  });

  it("has no interval where rows are few or show no noise", () => {
    const same = graded(Array(50).fill(0.5));
    expect(noInterval(metric.estimate(graded([0.5, 0.6, 0.7])))).toBe("needs 30 rows, has 3");
    expect(measureTrainings("grade", metric, [same], undefined).noIntervalBecause).toMatch(/show no noise/);
    const steady = graded(Array.from({ length: 50 }, (_, row) => (row % 7) + 0.001));
    const before = graded(Array.from({ length: 50 }, (_, row) => row % 7));
    for (const trainings of [1, 3]) {
      const sides = [before, steady].map((rows) => Array<Rows>(trainings).fill(rows));
      const { interval, relative, noIntervalBecause } = compareTrainings(
        "grade",
        metric,
        sides[0] ?? [],
        sides[1] ?? [],
        undefined,
      );
      expect(noIntervalBecause).toMatch(/show no noise/);
      expect({ interval, relative: relative?.interval }).toEqual({});
    }
    const one = graded([...Array(49).fill(0.5), 0.9]);
    expect(noInterval(metric.estimateChange(same, one))).toBe("needs 10 rows that the models predict differently, has 1");
  });

  it("is undefined without the score, without rows and of what is no number", () => {
    expect(metric.measure(graded([1], "other"))).toEqual({ undefinedBecause: 'the model gives no score "grade"' });
    expect(metric.measure(graded([]))).toEqual({ undefinedBecause: "there are no rows" });
    expect(metric.measure(graded([1, Number.NaN]))).toEqual({ undefinedBecause: "the score of 1 row is not a finite number" });
    expect(metric.isIdentical(graded([1], "other"), graded([1]))).toBe(false);
    expect(metric.isIdentical(graded([1, 0.5]), graded([1, 0.5]))).toBe(true);
  });
});
