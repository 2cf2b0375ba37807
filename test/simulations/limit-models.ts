import type { Predictions, RowDesign, Truth } from "../../src/scoring/predictions.ts";
import type { Random } from "../../src/statistics/random.ts";
import { asDesign, asPredictions, asTruth, idsOf, simulatedDigest } from "./as-predictions.ts";
import { drawBinary, drawDesigned, trueBinary } from "./binary-models.ts";
import { drawRegression, type RegressionModels, trueRegression } from "./regression-models.ts";

/** How rows are drawn. */
export type LimitDesign = "plain" | "rare groups" | "weights of 0";

/** Two models on one test set, and what their metrics truly are. */
export interface Drawn {
  truth: Truth;
  design: RowDesign;
  baseline: Predictions;
  candidate: Predictions;
}

export type TrueValues = readonly [baseline: Record<string, number>, candidate: Record<string, number>];

/** Binary models of which the candidate is worse. */
export interface BinaryLimit {
  rows: number;
  rate: number;
  threshold: number;
  separations: readonly [baseline: number, candidate: number];
}

export function trueBinaryPair({ rate, threshold, separations: [baseline, candidate] }: BinaryLimit): TrueValues {
  return [trueBinary(rate, threshold, baseline), trueBinary(rate, threshold, candidate)];
}

export function drawBinaryLimit(models: BinaryLimit, design: LimitDesign, random: Random): Drawn {
  if (design === "plain") {
    const [baseline, candidate] = drawBinary(models, random);
    return {
      truth: asTruth(candidate),
      design: asDesign(undefined, undefined),
      baseline: asPredictions(baseline),
      candidate: asPredictions(candidate),
    };
  }
  const separations = models.separations.map((own) => [own]);
  const { sides, groups, weights } = drawDesigned(design, models, separations, random);
  const [baseline, candidate] = sides.map(([first]) => first);
  if (!baseline || !candidate) throw new Error("Two models were drawn and fewer came back.");
  return {
    truth: asTruth(candidate),
    design: asDesign(groups, weights),
    baseline: asPredictions(baseline),
    candidate: asPredictions(candidate),
  };
}

/** Errors are independent of the weights, of which a third is 0; of groups there is nothing rare here. */
export function drawRegressionLimit(models: RegressionModels, design: LimitDesign, random: Random): Drawn {
  const [baseline, candidate] = drawRegression(models, random);
  const ids = idsOf(models.rows);
  const said = (values: Float64Array): Predictions => ({ kind: "regression", ids, digest: simulatedDigest, values });
  return {
    truth: { kind: "regression", ids, values: candidate.truth },
    design: asDesign(undefined, design === "weights of 0" ? drawWeights(models.rows, random) : undefined),
    baseline: said(baseline.predicted),
    candidate: said(candidate.predicted),
  };
}

export function trueRegressionPair({ tails, scales: [baseline, candidate] }: RegressionModels): TrueValues {
  return [trueRegression(tails, baseline), trueRegression(tails, candidate)];
}

/** Rows with any of three labels: how often each is there, found where it is, and given where it is not. */
export interface MultilabelLimit {
  rows: number;
  rates: readonly number[];
  found: readonly [baseline: number, candidate: number];
  alarms: number;
}

const shareWithLabels = 0.1;
const rowsOfGroup = 10;

/** Half of the luck of a row's label both models share; of rare groups one in ten has all labels that there are. */
export function drawMultilabelLimit({ rows, rates, found, alarms }: MultilabelLimit, design: LimitDesign, random: Random): Drawn {
  const isGrouped = design === "rare groups";
  const groups = Math.ceil(rows / rowsOfGroup);
  const hasLabels = Array.from({ length: groups }, () => random.uniform() < shareWithLabels);
  const classes = rates.map((_, label) => `label-${label}`);
  const tables = [0, 1, 2].map(() => rates.map(() => new Uint8Array(rows)));
  for (let row = 0; row < rows; row++) {
    for (const [label, rate] of rates.entries()) {
      const drawnRate = isGrouped ? (hasLabels[Math.floor(row / rowsOfGroup)] ? rate / shareWithLabels : 0) : rate;
      const has = random.uniform() < drawnRate;
      const shared = random.uniform();
      const given = found.map((own) => (random.uniform() < 0.5 ? shared : random.uniform()) < (has ? own : alarms));
      for (const [i, flag] of [has, ...given].entries()) {
        const column = tables[i]?.[label];
        if (column) column[row] = flag ? 1 : 0;
      }
    }
  }
  const [truth = [], theirs = [], ours = []] = tables;
  const ids = idsOf(rows);
  const said = (indicators: Uint8Array[]): Predictions => {
    return { kind: "multilabel", ids, digest: simulatedDigest, classes, indicators, probabilities: [] };
  };
  const of = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / rowsOfGroup));
  return {
    truth: { kind: "multilabel", ids, classes, indicators: truth },
    design: asDesign(
      isGrouped ? { of, count: groups } : undefined,
      design === "weights of 0" ? drawWeights(rows, random) : undefined,
    ),
    baseline: said(theirs),
    candidate: said(ours),
  };
}

export function trueMultilabelPair({ rates, found, alarms }: MultilabelLimit): TrueValues {
  const values = (own: number) => ({
    recall_macro: own,
    hamming_loss: rates.reduce((sum, rate) => sum + rate * (1 - own) + (1 - rate) * alarms, 0) / rates.length,
  });
  return [values(found[0]), values(found[1])];
}

function drawWeights(rows: number, random: Random): Float64Array {
  return Float64Array.from({ length: rows }, () => (random.uniform() < 1 / 3 ? 0 : 0.25 + 1.5 * random.uniform()));
}
