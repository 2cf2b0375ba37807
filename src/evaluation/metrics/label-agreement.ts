import { type ClassCounts, total } from "./class-counts.ts";
import { classesOfTruth, type LabelStatistic, noRows, oneClassOnly } from "./label-statistics.ts";

/**
 * Right rows beyond those of chance, Σ correct · n − Σ truth · predicted: what both statistics here are made of. The gradient of
 * Σ truth · predicted is the other of the two.
 */
function beyondChance({ rows, truth, predicted, correct }: ClassCounts) {
  let chance = 0;
  for (let label = 0; label < truth.length; label++) chance += (truth[label] ?? 0) * (predicted[label] ?? 0);
  const right = total(correct);
  return { right, chance, excess: right * rows - chance };
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Correlation of truth and prediction (Matthews 1975; for more classes Gorodkin 2004). */
export const matthewsCorrelation: LabelStatistic = {
  value(counts) {
    const { rows, truth, predicted } = counts;
    const spread = (rows * rows - squares(truth)) * (rows * rows - squares(predicted));
    return spread > 0 ? beyondChance(counts).excess / Math.sqrt(spread) : Number.NaN;
  },
  gradient(counts) {
    const { rows, truth, predicted } = counts;
    const { right, excess } = beyondChance(counts);
    const [ofTruth, ofPredicted] = [rows * rows - squares(truth), rows * rows - squares(predicted)];
    const root = Math.sqrt(ofTruth * ofPredicted);
    const value = excess / root;
    return {
      rows: right / root - value * rows * (1 / ofTruth + 1 / ofPredicted),
      truth: truth.map((own, label) => (value * own) / ofTruth - (predicted[label] ?? 0) / root),
      predicted: predicted.map((own, label) => (value * own) / ofPredicted - (truth[label] ?? 0) / root),
      correct: new Float64Array(truth.length).fill(rows / root),
    };
  },
  undefinedBecause: (counts, _, name) =>
    classesOfTruth(counts).length < 2 ? oneClassOnly(counts, name) : "the model gives every row the same label",
};

/** Agreement beyond chance over the most that there can be, without weights of classes (Cohen 1960). */
export const cohenKappa: LabelStatistic = {
  value(counts) {
    const { chance, excess } = beyondChance(counts);
    const most = counts.rows * counts.rows - chance;
    return most > 0 ? excess / most : Number.NaN;
  },
  gradient(counts) {
    const { rows, truth, predicted } = counts;
    const { right, chance, excess } = beyondChance(counts);
    const most = rows * rows - chance;
    const value = excess / most;
    const ofChance = (value - 1) / most;
    return {
      rows: (right - 2 * rows * value) / most,
      truth: predicted.map((count) => ofChance * count),
      predicted: truth.map((count) => ofChance * count),
      correct: new Float64Array(truth.length).fill(rows / most),
    };
  },
  undefinedBecause: (counts, _, name) =>
    counts.rows === 0 ? noRows() : `${oneClassOnly(counts, name)} and is predicted so, where chance agrees as well`,
};
