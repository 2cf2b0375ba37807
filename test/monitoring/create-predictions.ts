import type { ModelTable } from "../../src/monitoring/model-table.ts";
import { createRandom } from "../../src/statistics/random.ts";

/** Predictions of a binary model whose probabilities are right. */
export function createPredictions(seed: number, rows: number): Extract<ModelTable, { kind: "classification" }> {
  const random = createRandom(seed);
  const scores = Float64Array.from({ length: rows }, () => random.uniform());
  const label = (is: boolean) => (is ? "1" : "0");
  return {
    kind: "classification",
    scores: [scores],
    predicted: Array.from(scores, (p) => label(p >= 0.5)),
    truth: Array.from(scores, (p) => label(random.uniform() < p)),
  };
}
