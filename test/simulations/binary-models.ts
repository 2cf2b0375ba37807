import type { LabelledRows } from "../../src/evaluation/rows.ts";
import { normalCdf } from "../../src/statistics/normal.ts";
import type { Random } from "../../src/statistics/random.ts";
import { createNormal } from "./random-normal.ts";

/**
 * Two binary models whose true quality is known. The latent score of a row is its class times the model's separation plus
 * standard normal noise, `shared` of whose variance both models have in common; a row is called positive above `threshold`,
 * and the score given is the probability of the positive class.
 */
export interface BinaryModels {
  rows: number;
  /** Share of positive rows. */
  rate: number;
  threshold: number;
  separations: readonly [baseline: number, candidate: number];
}

const shared = 0.7;

/** A model that is worth having at either base rate: AUC 0.86 and F1 0.51; AUC 0.96 and F1 0.56. */
export const modelsAt = new Map([
  [0.2, { separation: 1.5, better: 1.6, threshold: 1.2 }],
  [0.02, { separation: 2.5, better: 2.65, threshold: 2.4 }],
]);

export function drawBinary(models: BinaryModels, random: Random): [LabelledRows, LabelledRows] {
  const [baseline, candidate] = drawSeeds(models, [[models.separations[0]], [models.separations[1]]], random);
  if (!baseline?.[0] || !candidate?.[0]) throw new Error("Two models were drawn and fewer came back.");
  return [baseline[0], candidate[0]];
}

/** As `drawBinary` for several trained models a side, each with its own separation. */
export function drawSeeds(
  { rows, rate, threshold }: Omit<BinaryModels, "separations">,
  separations: readonly (readonly number[])[],
  random: Random,
): LabelledRows[][] {
  const normal = createNormal(random);
  const truth = new Int32Array(rows);
  const common = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    truth[row] = random.uniform() < rate ? 1 : 0;
    common[row] = normal() * Math.sqrt(shared);
  }
  const own = Math.sqrt(1 - shared);
  const odds = Math.log(rate / (1 - rate));
  return separations.map((side) =>
    side.map((separation): LabelledRows => {
      const predicted = new Int32Array(rows);
      const scores = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        const latent = separation * (truth[row] ?? 0) + (common[row] ?? 0) + own * normal();
        predicted[row] = latent > threshold ? 1 : 0;
        scores[row] = probability(latent, separation, odds);
      }
      return {
        kind: "classification",
        weights: undefined,
        task: "binary",
        count: rows,
        labels: ["0", "1"],
        truth,
        predicted,
        positive: 1,
        missing: 0,
        classes: ["1"],
        probabilities: [scores],
      };
    }),
  );
}

function probability(latent: number, separation: number, odds: number): number {
  return 1 / (1 + Math.exp(separation * separation * 0.5 - separation * latent - odds));
}

/** True values of a model's metrics, in closed form or by Simpson's rule. */
export function trueBinary(rate: number, threshold: number, separation: number): Record<string, number> {
  const hits = normalCdf(separation - threshold);
  const alarms = normalCdf(-threshold);
  const predicted = rate * hits + (1 - rate) * alarms;
  const odds = Math.log(rate / (1 - rate));
  const expected = (loss: (probability: number) => number, centre: number) =>
    simpson((z) => density(z) * loss(probability(centre + z, separation, odds)));
  const average = (loss: (ownProbability: number) => number) =>
    rate * expected(loss, separation) + (1 - rate) * expected((p) => loss(1 - p), 0);
  const above = (z: number) => rate * normalCdf(-z) + (1 - rate) * normalCdf(-z - separation);
  return {
    accuracy: rate * hits + (1 - rate) * (1 - alarms),
    balanced_accuracy: (hits + 1 - alarms) / 2,
    precision: (rate * hits) / predicted,
    recall: hits,
    f1: (2 * rate * hits) / (rate + predicted),
    matthews_corrcoef: ((hits - alarms) * rate * (1 - rate)) / Math.sqrt(rate * (1 - rate) * predicted * (1 - predicted)),
    roc_auc: normalCdf(separation / Math.SQRT2),
    average_precision: simpson((z) => (density(z) * rate * normalCdf(-z)) / above(z)),
    log_loss: average((own) => -Math.log(own)),
    brier_score: average((own) => (1 - own) ** 2),
  };
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Over ±8.5 standard deviations. */
function simpson(of: (z: number) => number): number {
  const steps = 2_000;
  const width = 17 / steps;
  let total = 0;
  for (let i = 0; i <= steps; i++) total += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * of(-8.5 + i * width);
  return (total * width) / 3;
}
