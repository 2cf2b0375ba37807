import type { LabelledRows } from "../../src/evaluation/rows.ts";
import type { Groups } from "../../src/statistics/groups.ts";
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
  const truth = new Float64Array(rows);
  const common = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    truth[row] = random.uniform() < rate ? 1 : 0;
    common[row] = normal() * Math.sqrt(shared);
  }
  const own = Math.sqrt(1 - shared);
  return separations.map((side) =>
    side.map((separation) => {
      const latent = truth.map((flag, row) => separation * flag + (common[row] ?? 0) + own * normal());
      return toRows({ truth, latent, separation, rate, threshold });
    }),
  );
}

interface Latent {
  truth: Float64Array;
  latent: Float64Array;
  separation: number;
  rate: number;
  threshold: number;
  weights?: Float64Array | undefined;
}

function toRows({ truth, latent, separation, rate, threshold, weights }: Latent): LabelledRows {
  const odds = Math.log(rate / (1 - rate));
  return {
    kind: "classification",
    weights,
    task: "binary",
    count: truth.length,
    labels: ["0", "1"],
    truth: Int32Array.from(truth),
    predicted: Int32Array.from(latent, (value) => (value > threshold ? 1 : 0)),
    positive: 1,
    classes: ["1"],
    probabilities: [latent.map((value) => probability(value, separation, odds))],
  };
}

/** How far the rows of a table are from independent and equal. */
export type Design = "groups" | "weights" | "rare groups" | "weights of 0";

/** Of `rare groups` this share holds all positive rows. */
const shareWithPositives = 0.1;

/** Rows a group on average; their numbers spread as a geometric distribution does. */
const groupSize = 10;

/**
 * As `drawSeeds` on rows that are not independent, or not of equal weight. Groups share more than half of what the models have in
 * common, half of what each has of its own, and a base rate between half and three halves of the whole. Weights bring back the
 * base rate of a table in which positive rows were drawn twice as often, and vary by themselves besides. Of rare groups one in ten
 * holds all positive rows; of weights of 0 a third of the rows has one. The true values are those of `trueBinary` either way.
 */
export function drawDesigned(
  design: Design,
  { rows, rate, threshold }: Omit<BinaryModels, "separations">,
  separations: readonly (readonly number[])[],
  random: Random,
): { sides: LabelledRows[][]; groups: Groups | undefined; weights: Float64Array | undefined } {
  const normal = createNormal(random);
  const groups = design === "groups" || design === "rare groups" ? drawGroups(rows, random) : undefined;
  const noise = (ofRows: number, ofGroups: number) => {
    const shift = Float64Array.from({ length: groups?.count ?? 0 }, normal);
    return Float64Array.from({ length: rows }, (_, row) =>
      groups
        ? Math.sqrt(ofRows) * normal() + Math.sqrt(ofGroups) * (shift[groups.of[row] ?? 0] ?? 0)
        : Math.sqrt(ofRows + ofGroups) * normal(),
    );
  };
  const rateOfGroup = () =>
    design === "groups" ? rate * (0.5 + random.uniform()) : random.uniform() < shareWithPositives ? rate / shareWithPositives : 0;
  const groupRates = Float64Array.from({ length: groups?.count ?? 0 }, rateOfGroup);
  const drawnRate = (row: number) => (groups ? (groupRates[groups.of[row] ?? 0] ?? 0) : 2 * rate);
  const truth = Float64Array.from({ length: rows }, (_, row) => (random.uniform() < drawnRate(row) ? 1 : 0));
  const weightOf = (flag: number) => (flag === 1 ? 0.5 : (1 - rate) / (1 - 2 * rate)) * (0.25 + 1.5 * random.uniform());
  const isLeftOut = () => design === "weights of 0" && random.uniform() < 1 / 3;
  const weights = groups ? undefined : truth.map((flag) => (isLeftOut() ? 0 : weightOf(flag)));
  const common = noise(0.3, 0.4);
  const sides = separations.map((side) =>
    side.map((separation) => {
      const own = noise(0.15, 0.15);
      const latent = truth.map((flag, row) => separation * flag + (common[row] ?? 0) + (own[row] ?? 0));
      return toRows({ truth, latent, separation, rate, threshold, weights });
    }),
  );
  return { sides, groups, weights };
}

function drawGroups(rows: number, random: Random): Groups {
  const of = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; count++) {
    const size = 1 + Math.floor(-(groupSize - 1) * Math.log(1 - random.uniform()));
    for (const end = Math.min(rows, row + size); row < end; row++) of[row] = count;
  }
  return { of, count };
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
