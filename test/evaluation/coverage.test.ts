import { describe, expect, it } from "vitest";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import type { Predictions } from "../../src/scoring/predictions.ts";
import { normalCdf, normalQuantile } from "../../src/statistics/normal.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { asDesign, asPredictions, asTruth } from "../simulations/as-predictions.ts";
import { drawDesigned } from "../simulations/binary-models.ts";
import { compareModels, createLabelled, createTruth } from "./create.ts";

const tables = 300;
const rows = 400;
const random = createRandom(42);
const normal = () => normalQuantile(random.uniform() * (1 - 1e-9) + 5e-10);

/** Two models whose scores are the truth (±0.8) plus a noise of 1, half of its variance shared: both have the same true quality. */
function createTable() {
  const truth = Array.from({ length: rows }, () => (random.uniform() < 0.3 ? "1" : "0"));
  const shared = truth.map((label) => (label === "1" ? 0.8 : -0.8) + normal() * Math.SQRT1_2);
  const score = (): Predictions => {
    const scores = Float64Array.from(shared, (value) => value + normal() * Math.SQRT1_2);
    const labels = Array.from(scores, (value) => (value > 0 ? "1" : "0"));
    return createLabelled(labels, { classes: ["1"], probabilities: [scores.map((value) => normalCdf(value))] });
  };
  return { truth: createTruth(truth), baseline: score(), candidate: score() };
}

describe("95% intervals of the change", () => {
  it("cover no change, where there is none, in about 95 of 100 tables", () => {
    const metrics = ["accuracy", "f1", "roc_auc", "brier_score"];
    const covered = new Map(metrics.map((metric) => [metric, 0]));
    for (let table = 0; table < tables; table++) {
      for (const { metric, interval } of compareModels({ task: "binary", ...createTable(), positive: "1", metrics })
        .comparisons) {
        expect(interval, metric).toBeDefined();
        if (interval && interval.low <= 0 && interval.high >= 0) covered.set(metric, (covered.get(metric) ?? 0) + 1);
      }
    }
    // Three standard errors of a share of 95% in 300 tables are 3.8%.
    for (const [metric, count] of covered) {
      expect(count / tables, metric).toBeGreaterThan(0.912);
      expect(count / tables, metric).toBeLessThan(0.988);
    }
  });

  for (const design of ["groups", "weights"] as const)
    it(`cover no change about as often on rows with ${design}`, () => {
      const covered = new Map<string, number>();
      for (let table = 0; table < tables; table++) {
        const models = { rows: 1_000, rate: 0.2, threshold: 1.2 };
        const { sides, groups, weights } = drawDesigned(design, models, [[1.5], [1.5]], createRandom(table));
        const [baseline, candidate] = sides.map(([first]) => first);
        if (!baseline || !candidate) throw new Error("Two models were drawn and fewer came back.");
        const { comparisons } = evaluateModels({
          task: "binary",
          truth: asTruth(baseline),
          design: asDesign(groups, weights),
          positive: "1",
          metrics: ["accuracy", "f1", "roc_auc"],
          lowerIsBetter: [],
          candidate: [asPredictions(candidate)],
          baseline: [asPredictions(baseline)],
        });
        for (const { metric, interval } of comparisons) {
          expect(interval, metric).toBeDefined();
          if (interval && interval.low <= 0 && interval.high >= 0) covered.set(metric, (covered.get(metric) ?? 0) + 1);
        }
      }
      for (const [metric, count] of covered) {
        expect(count / tables, metric).toBeGreaterThan(0.912);
        expect(count / tables, metric).toBeLessThan(0.988);
      }
      expect(covered.size).toBe(3);
    });
});
