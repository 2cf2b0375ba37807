import { asNumbered, type NumberedRows, type Rows } from "../rows.ts";
import { countOf } from "./estimating.ts";
import { sameNumbers } from "./probabilities.ts";

/** Why no error can be taken, where that is so. */
export function notNumbers({ truth, predicted }: NumberedRows): { undefinedBecause: string } | undefined {
  const notFinite = (values: Float64Array) => values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (notFinite(truth) > 0)
    return { undefinedBecause: `the target of ${countOf(notFinite(truth), "row")} is not a finite number` };
  const bad = notFinite(predicted);
  return bad > 0 ? { undefinedBecause: `the prediction of ${countOf(bad, "row")} is not a finite number` } : undefined;
}

export function samePredictions(baseline: Rows, candidate: Rows): boolean {
  return sameNumbers(asNumbered(baseline).predicted, asNumbered(candidate).predicted);
}

/** |prediction − truth| of each row. */
export function absoluteErrors({ truth, predicted }: NumberedRows): Float64Array {
  return truth.map((value, row) => Math.abs(value - (predicted[row] ?? 0)));
}
