import { type EvaluateModelsRequest, evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { comparisonSchema } from "../../src/evidence/evidence.ts";
import { type Predictions, plainRows, type RowDesign } from "../../src/scoring/predictions.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createLabelled, createTruth } from "./create.ts";

export const rows = 600;
export const classes = ["0", "1"];
const random = createRandom(5);
export const labels = Array.from({ length: rows }, () => (random.uniform() < 0.4 ? "1" : "0"));

export function createScored(
  seed: number,
  noise = 1,
  truth: readonly string[] = labels,
): Predictions & { kind: "classification" } {
  const draw = createRandom(seed);
  const scores = Float64Array.from(truth, (label) => {
    const logit = (label === "1" ? 1 : -1) + noise * (draw.uniform() + draw.uniform() - 1) * 3;
    return 1 / (1 + Math.exp(-logit));
  });
  const predicted = Array.from(scores, (score) => (score > 0.5 ? "1" : "0"));
  return createLabelled(predicted, { classes, probabilities: [scores.map((score) => 1 - score), scores] });
}

export const request: EvaluateModelsRequest = {
  task: "binary",
  truth: createTruth(labels),
  design: plainRows,
  positive: "1",
  metrics: ["accuracy", "f1", "roc_auc", "balanced_accuracy", "log_loss"],
  lowerIsBetter: [],
  candidate: [createScored(2)],
  baseline: [createScored(3, 1.3)],
};

export function comparisonsOf(given: Partial<EvaluateModelsRequest>) {
  const { comparisons } = evaluateModels({ ...request, ...given });
  for (const comparison of comparisons) comparisonSchema.parse(comparison);
  return new Map(comparisons.map((comparison) => [comparison.metric, comparison]));
}

export function widthOf(comparison: { interval?: { low: number; high: number } | undefined } | undefined): number {
  return (comparison?.interval?.high ?? Number.NaN) - (comparison?.interval?.low ?? Number.NaN);
}

export function grouped(of: Int32Array): RowDesign {
  return { ...plainRows, group: { column: "user", of, groups: Math.max(...of) + 1 } };
}
