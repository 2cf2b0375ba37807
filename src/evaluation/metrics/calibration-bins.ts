import type { LabelledRows, Rows } from "../rows.ts";
import { asLabelled } from "../rows.ts";
import { classProbabilities, isLabel } from "./probabilities.ts";

/** Rows by their probability, in bins of equal width. */
export interface CalibrationBin {
  /** Rows, or their weight. */
  rows: number;
  /** Mean probability. */
  probability: number;
  /** Share of the rows that are what the probability is of. */
  share: number;
}

/** Probabilities with what came true of them, 1 or 0. */
export interface Forecasts {
  probabilities: Float64Array;
  came: Uint8Array;
}

/**
 * Bins of equal width over 0 to 1, each with its upper bound in it and the first with 0 too (Guo et al. 2017), lowest first.
 * Bins without rows are left out.
 */
export function calibrationBins({ probabilities, came }: Forecasts, bins: number, { weights }: Rows): CalibrationBin[] {
  const [rows, sums, trues] = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)];
  for (let row = 0; row < probabilities.length; row++) {
    const probability = probabilities[row] ?? 0;
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    const bin = binOf(probability, bins);
    rows[bin] = (rows[bin] ?? 0) + weight;
    sums[bin] = (sums[bin] ?? 0) + weight * probability;
    if (came[row] === 1) trues[bin] = (trues[bin] ?? 0) + weight;
  }
  return [...rows.keys()].flatMap((bin) => {
    const [total = 0, sum = 0, count = 0] = [rows[bin], sums[bin], trues[bin]];
    return total > 0 ? [{ rows: total, probability: sum / total, share: count / total }] : [];
  });
}

export function binOf(probability: number, bins: number): number {
  const bin = Math.ceil(probability * bins) - 1;
  // A product that rounds up is not above its bound.
  return Math.max(0, probability <= bin / bins ? bin - 1 : bin);
}

/** Of a binary task the probability of the positive class; of several classes that of the most probable one, and whether it is true. */
export function forecastsOf(given: Rows): Forecasts | { undefinedBecause: string } {
  const rows = asLabelled(given);
  const found = classProbabilities(rows);
  if ("undefinedBecause" in found) return found;
  if (rows.task === "binary") {
    if (typeof rows.positive !== "number") return rows.positive;
    const probabilities = found.byLabel.get(rows.positive);
    if (probabilities) return { probabilities, came: isLabel(rows, rows.positive) };
    return { undefinedBecause: "there is no probability of the positive class" };
  }
  return mostProbable(rows, found.byLabel, found.all);
}

/** Of classes that tie the first counts. */
function mostProbable(
  { truth, count }: LabelledRows,
  byLabel: ReadonlyMap<number, Float64Array>,
  all: readonly Float64Array[],
): Forecasts {
  const labels = all.map((column) => [...byLabel].find(([, scores]) => scores === column)?.[0] ?? -1);
  const probabilities = new Float64Array(count);
  const came = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    let best = 0;
    for (let column = 1; column < all.length; column++) if ((all[column]?.[row] ?? 0) > (all[best]?.[row] ?? 0)) best = column;
    probabilities[row] = all[best]?.[row] ?? 0;
    came[row] = labels[best] === truth[row] ? 1 : 0;
  }
  return { probabilities, came };
}
