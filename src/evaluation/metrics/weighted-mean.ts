import { mean, sum } from "../../statistics/moments.ts";
import type { Rows } from "../rows.ts";

/** Mean of one number a row, by the rows' weights where they have some: NumPy's `average`. */
export function weightedMean(values: Float64Array, { weights }: Rows): number {
  return weights === undefined ? mean(values) : sum(weigh(values, weights)) / sum(weights);
}

/** Influence of each row on that mean. It adds up to 0. */
export function influenceOnMean(values: Float64Array, rows: Rows): Float64Array {
  const centre = weightedMean(values, rows);
  const shares = sharesOf(rows);
  return values.map((value, row) => (value - centre) * (shares?.[row] ?? 1));
}

/** The weights with a mean of 1; undefined where rows have none. */
export function sharesOf({ weights }: Rows): Float64Array | undefined {
  if (weights === undefined) return undefined;
  const scale = weights.length / sum(weights);
  return weights.map((weight) => weight * scale);
}

function weigh(values: Float64Array, weights: Float64Array): Float64Array {
  // A row without weight counts nothing, however large its number.
  return values.map((value, row) => (weights[row] === 0 ? 0 : value * (weights[row] ?? 0)));
}

/** Rows that count: all but those without weight. */
export function countedRows({ count, weights }: Rows): number {
  return weights === undefined ? count : weights.reduce((counted, weight) => counted + (weight > 0 ? 1 : 0), 0);
}

/** Whether a row counts. */
export function isCounted({ weights }: Rows, row: number): boolean {
  return weights === undefined || (weights[row] ?? 0) > 0;
}
