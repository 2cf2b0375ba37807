import { z } from "zod";
import type { ClassifiedRows } from "../../../src/monitoring/classified-rows.ts";
import { uniform } from "../../evaluation/goldens/generator.ts";

/** Predictions that make-nannyml-cbpe.py makes too, with the same values to the last bit. */
export const madePredictionsSchema = z.object({
  seed: z.int(),
  rows: z.tuple([z.int(), z.int()]),
  classes: z.int(),
  bend: z.number(),
  threshold: z.number(),
  steps: z.int(),
  shift: z.number(),
  missing: z.number(),
});
type MadePredictions = z.infer<typeof madePredictionsSchema>;

/** @param side 0: the reference, 1: the rows of now */
export function madePredictions(made: MadePredictions, side: 0 | 1): ClassifiedRows {
  const { seed, classes, bend, missing } = made;
  const rows = made.rows[side];
  const u = Array.from({ length: classes + 3 }, (_, stream) => uniform(64 * (2 * seed + side) + stream, rows));
  const at = (stream: number, row: number) => u[stream]?.[row] ?? Number.NaN;
  const bent = (p: number) => p + bend * p * (1 - p);
  const unlessGone = (p: number, row: number) => (at(classes + 1, row) < missing * side ? Number.NaN : p);
  const [predicted, truth] = [new Int32Array(rows), new Int32Array(rows)];
  if (classes === 2) {
    const shift = made.shift * side;
    const said = Float64Array.from({ length: rows }, (_, row) => {
      const before = made.steps === 0 ? at(0, row) * (0.5 + 0.5 * at(1, row)) : Math.floor(at(0, row) * made.steps) / made.steps;
      const likely = before * (1 - shift) + shift * at(1, row) * at(1, row);
      truth[row] = at(2, row) < likely ? 1 : 0;
      predicted[row] = bent(likely) >= made.threshold ? 1 : 0;
      return unlessGone(bent(likely), row);
    });
    return { probabilities: [said], predicted, truth };
  }
  const probabilities = Array.from({ length: classes }, () => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const likely = shares(Array.from({ length: classes }, (_, i) => at(i, row) * at(i, row) + 0.01));
    let upTo = 0;
    for (const [i, p] of likely.entries()) {
      if (i > 0 && at(classes, row) >= upTo) truth[row] = (truth[row] ?? 0) + 1;
      upTo += p;
    }
    const said = shares(likely.map(bent));
    predicted[row] = said.indexOf(Math.max(...said));
    for (const [i, p] of said.entries()) (probabilities[i] ?? new Float64Array())[row] = unlessGone(p, row);
  }
  return { probabilities, predicted, truth };
}

function shares(weights: readonly number[]): number[] {
  const total = weights.slice(1).reduce((sum, weight) => sum + weight, weights[0] ?? 0);
  return weights.map((weight) => weight / total);
}
