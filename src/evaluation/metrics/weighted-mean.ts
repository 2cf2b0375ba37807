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
  return values.map((value, row) => value * (weights[row] ?? 0));
}
